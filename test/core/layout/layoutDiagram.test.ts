import assert from 'node:assert/strict';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { isOrthogonal } from '../../../src/core/layout/curves.ts';
import type { DiagramLayout } from '../../../src/core/layout/layout.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { metrics, rowCentre, tableSize } from '../../../src/core/layout/metrics.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';

const oneModule = (model: DiagramModel): DiagramModel => ({
  ...model,
  tables: model.tables.map((table) => ({ ...table, module: 'all' })),
  modules: [{ id: 'all', label: 'all', tables: model.tables.map(({ id }) => id) }],
});

const empty: DiagramModel = { project: '', title: 'empty', tables: [], edges: [], modules: [], enums: [] };

const shapes: readonly (readonly [string, DiagramModel])[] = [
  ['no table', empty],
  ['one table', generateDiagram({ tables: 1 })],
  ['30 tables in modules', generateDiagram({ tables: 30, tablesPerModule: 6 })],
  ['30 tables in one module', oneModule(generateDiagram({ tables: 30 }))],
  ['30 tables without keys', { ...generateDiagram({ tables: 30, tablesPerModule: 4 }), edges: [] }],
  ['30 tables in cycles', inCycles(generateDiagram({ tables: 30, tablesPerModule: 10 }))],
  ['150 tables in modules', generateDiagram({ tables: 150 })],
  ['150 tables in one module', oneModule(generateDiagram({ tables: 150 }))],
];

/** Each shape is laid out once for all tests that look at it. */
const layouts = new Map<DiagramModel, Promise<DiagramLayout>>();

function layoutOf(model: DiagramModel): Promise<DiagramLayout> {
  const known = layouts.get(model) ?? layoutDiagram(model);
  layouts.set(model, known);
  return known;
}

describe('layout of a diagram', () => {
  for (const [name, model] of shapes)
    it(`places ${name} without overlaps, lines at the rows they join`, async () => {
      checkLayout(model, await layoutOf(model));
    });

  for (const [name, model] of shapes)
    it(`places ${name} quickly, by the same rules`, () => {
      checkLayout(model, placeQuickly(model));
    });

  it('routes the lines of small diagrams around the tables', async () => {
    for (const [, model] of shapes.filter(([, { tables }]) => tables.length <= 60)) {
      const layout = await layoutOf(model);
      assert.equal(layoutQuality(model, layout).throughTables, 0);
      for (const { id, points } of layout.edges) assert.ok(isOrthogonal(points), id);
    }
  });

  it('routes the lines of large diagrams as well, those between modules along the gutters', async () => {
    for (const [name, model] of shapes.filter(([, { tables }]) => tables.length > 60)) {
      const layout = await layoutOf(model);
      assert.deepEqual(
        layout.edges.filter(({ points }) => !isOrthogonal(points)).map(({ id }) => id),
        [],
        name,
      );
      assert.equal(layoutQuality(model, layout).throughTables, 0, name);
    }
  });

  for (const arrangement of ['down', 'compact'] as const)
    it(`arranges tables ${arrangement} by the same rules, with lines around them`, async () => {
      const some = shapes.filter(([name]) => /one table|30 tables in modules|150 tables in modules/.test(name));
      for (const [name, model] of some) {
        const layout = await layoutDiagram(model, { arrangement });
        checkLayout(model, layout);
        assert.equal(layoutQuality(model, layout).throughTables, 0, name);
        const curves = layout.edges.filter(({ points }) => !isOrthogonal(points)).length;
        assert.ok(curves <= layout.edges.length / 50, `${curves} curves in ${name}`);
      }
    }).timeout(60_000);

  it('places referenced tables above those that reference them when arranged from top to bottom', async () => {
    const model = oneModule(generateDiagram({ tables: 12, tablesPerModule: 12 }));
    const { tables } = await layoutDiagram(model, { arrangement: 'down' });
    const top = new Map(tables.map(({ id, y }) => [id, y]));
    const downwards = model.edges.filter(({ from, to }) => (top.get(to.table) ?? 0) < (top.get(from.table) ?? 0));
    assert.ok(downwards.length > model.edges.length * 0.6, `${downwards.length} of ${model.edges.length}`);
  });

  it('lays out a table that a folded join table joins with itself', async () => {
    const [table] = generateDiagram({ tables: 1 }).tables;
    assert.ok(table);
    const end = { table: table.id, columns: ['id'], cardinality: 'many' as const };
    const model: DiagramModel = {
      ...empty,
      tables: [table],
      modules: [{ id: table.module, label: '', tables: [table.id] }],
      edges: [
        { id: 'e', from: end, to: end, label: '', enforced: true, onDelete: null, through: 'friends', at: table.at },
      ],
    };
    for (const arrangement of ['right', 'compact'] as const) {
      const [route] = (await layoutDiagram(model, { arrangement })).edges;
      assert.ok((route?.points.length ?? 0) >= 2);
    }
  });

  it('gives modules of large diagrams a head that their name is legible in when everything is in sight', async () => {
    const model = generateDiagram({ tables: 150 });
    const layout = await layoutOf(shapes.find(([name]) => name === '150 tables in modules')?.[1] ?? model);
    const { fit } = layoutQuality(model, layout);
    for (const frame of layout.modules) {
      const inside = layout.tables.filter(
        ({ x, y }) => x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height,
      );
      const head = Math.min(...inside.map(({ y }) => y)) - frame.y;
      assert.ok(head * fit >= 10, `${head * fit} px of ${frame.id}`);
    }
  });

  it('leads no line along the head of a module, where its name stands', async () => {
    const [, model] = shapes.find(([name]) => name === '150 tables in modules') ?? [];
    assert.ok(model);
    const layout = await layoutOf(model);
    const homes = new Map(model.tables.map(({ id, module }) => [id, module]));
    const between = model.edges.filter(({ from, to }) => homes.get(from.table) !== homes.get(to.table));
    assert.ok(between.length > 0);
    assert.ok(layout.edges.every(({ points }) => points.every(({ x, y }) => x >= 0 && y >= 0)));
    for (const frame of layout.modules) {
      const head = Math.min(...layout.tables.filter(({ id }) => homes.get(id) === frame.id).map(({ y }) => y));
      for (const { id, points } of layout.edges)
        points.forEach((point, index) => {
          const before = points[index - 1];
          if (before?.y !== point.y || point.y <= frame.y || point.y >= head - 8) return;
          const [left, right] = [Math.min(before.x, point.x), Math.max(before.x, point.x)];
          // Its first and last steps out of a table beside the frame may reach into it.
          assert.ok(right <= frame.x + 24 || left >= frame.x + frame.width - 24, `${id} in ${frame.id}`);
        });
    }
  });

  it('is the same each time', async () => {
    const model = generateDiagram({ tables: 90 });
    assert.deepEqual(await layoutDiagram(model), await layoutDiagram(model));
    assert.deepEqual(placeQuickly(model), placeQuickly(model));
  });

  it('places tables quickly without lines where they do with them', () => {
    const model = generateDiagram({ tables: 150 });
    const withLines = placeQuickly(model);
    assert.ok(withLines.edges.length > 0);
    assert.deepEqual(placeQuickly(model, undefined, false), { ...withLines, edges: [] });
  });

  it('has fewer crossings than the quick placement', async () => {
    const model = generateDiagram({ tables: 150 });
    const layered = layoutQuality(model, await layoutDiagram(model));
    const quick = layoutQuality(model, placeQuickly(model));
    assert.ok(layered.crossings < quick.crossings, `${layered.crossings} of ${quick.crossings}`);
  });

  it('fills a screen rather than a strip', async () => {
    for (const [name, model] of shapes.filter(([, { tables }]) => tables.length > 20)) {
      const { width, height } = await layoutOf(model);
      assert.ok(width / height > 0.5 && width / height < 3.2, `${name}: ${width / height}`);
    }
  });

  it('packs small diagrams of several modules closely, none of them a strip', async () => {
    for (const [name, model] of shapes.filter(([, { tables, modules }]) => tables.length <= 60 && modules.length > 1)) {
      const layout = await layoutOf(model);
      const { filled } = layoutQuality(model, layout);
      assert.ok(filled > 0.2, `${name}: tables cover ${filled} of it`);
      assert.ok(layout.width / layout.height < 2, `${name}: ${layout.width / layout.height}`);
    }
  });

  it('reports each module of a large diagram as it is done', async () => {
    const model = generateDiagram({ tables: 150 });
    const done: number[] = [];
    await layoutDiagram(model, {
      onModule: (progress) => {
        assert.equal(progress.total, model.modules.length);
        done.push(progress.done);
      },
    });
    assert.deepEqual(
      done,
      model.modules.map((_, index) => index + 1),
    );
  });

  it('takes sizes from the metrics it is given', async () => {
    const model = generateDiagram({ tables: 5 });
    const tall = { ...metrics, rowHeight: 40 };
    const layout = await layoutDiagram(model, { metrics: tall });
    for (const table of model.tables)
      assert.equal(layout.tables.find(({ id }) => id === table.id)?.height, tableSize(table, tall).height);
  });

  it('places 1,000 tables without overlaps, quickly and by layers, and nearly all their lines around tables', async () => {
    const model = generateDiagram({ tables: 1000 });
    const layered = await layoutDiagram(model);
    for (const layout of [placeQuickly(model), layered])
      assert.equal(layoutQuality({ ...model, edges: [] }, layout).overlaps, 0);
    const curves = layered.edges.filter(({ points }) => !isOrthogonal(points)).length;
    assert.ok(curves <= layered.edges.length / 100, `${curves} curves`);
  });
});

/** Every table and line is there, tables do not overlap, lines end at their rows, modules hold their tables. */
function checkLayout(model: DiagramModel, layout: DiagramLayout): void {
  assert.deepEqual(layout.tables.map(({ id }) => id).sort(), model.tables.map(({ id }) => id).sort());
  assert.deepEqual(layout.edges.map(({ id }) => id).sort(), model.edges.map(({ id }) => id).sort());
  assert.equal(layoutQuality(model, layout).overlaps, 0);
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  for (const box of layout.tables) {
    const { width, height } = tableSize(tables.get(box.id)!);
    assert.deepEqual([box.width, box.height], [width, height]);
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= layout.width && box.y + box.height <= layout.height);
  }
  const routes = new Map(layout.edges.map((route) => [route.id, route]));
  for (const { id, from, to } of model.edges) {
    const points = routes.get(id)?.points ?? [];
    for (const [end, point] of [
      [from, points[0]],
      [to, points.at(-1)],
    ] as const) {
      const box = boxes.get(end.table)!;
      assert.ok(point && (near(point.x, box.x) || near(point.x, box.x + box.width)), `${id} starts at a side`);
      const centre = rowCentre(tables.get(end.table)!, end.columns[0], box);
      assert.ok(Math.abs(point.y - centre) < metrics.rowHeight / 2, `${id} meets the row of ${end.columns[0] ?? ''}`);
    }
  }
  if (model.modules.length < 2) assert.deepEqual(layout.modules, []);
  else
    for (const { id, tables: members } of model.modules) {
      const frame = layout.modules.find((module) => module.id === id);
      assert.ok(frame, id);
      for (const member of members) {
        const box = boxes.get(member)!;
        assert.ok(
          box.x > frame.x &&
            box.y > frame.y + 20 &&
            box.x + box.width < frame.x + frame.width &&
            box.y + box.height < frame.y + frame.height,
          `${member} lies in the frame of ${id}, below its name`,
        );
      }
    }
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.5;
}

/** Every third line turned round, each first table referring to itself, and one to a column that is not drawn. */
function inCycles(model: DiagramModel): DiagramModel {
  return {
    ...model,
    edges: [
      ...model.edges.map((edge, index) =>
        index % 3 === 0
          ? { ...edge, from: { ...edge.from, ...place(edge.to) }, to: { ...edge.to, ...place(edge.from) } }
          : edge,
      ),
      ...model.tables.slice(0, 4).map(({ id, at }, index) => ({
        id: `self ${id}`,
        from: { table: id, columns: [index === 3 ? 'gone' : 'column_1'], cardinality: 'many' as const },
        to: { table: id, columns: ['id'], cardinality: 'zero-or-one' as const },
        label: 'parent',
        enforced: true,
        onDelete: null,
        through: null,
        at,
      })),
    ],
  };
}

function place({ table, columns }: DiagramModel['edges'][number]['from']) {
  return { table, columns };
}
