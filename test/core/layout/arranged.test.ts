import assert from 'node:assert/strict';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import type { Places } from '../../../src/core/diagram/saved.ts';
import { atOrigin } from '../../../src/core/layout/atOrigin.ts';
import { isOrthogonal, sideOf } from '../../../src/core/layout/curves.ts';
import { leastGap, nearestFree, overlaps, placeGrid } from '../../../src/core/layout/freePlace.ts';
import type { DiagramLayout, LayoutBox } from '../../../src/core/layout/layout.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { metrics, rowCentre } from '../../../src/core/layout/metrics.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { generateDiagram, pseudoRandom } from '../../support/generateDiagram.ts';

function placesOf({ tables }: DiagramLayout): Places {
  return Object.fromEntries(tables.map(({ id, x, y }) => [id, [Math.round(x), Math.round(y)]]));
}

function positions({ tables }: DiagramLayout): ReadonlyMap<string, string> {
  return new Map(tables.map(({ id, x, y }) => [id, `${x} ${y}`]));
}

/** Every line right-angled, past all tables, from the side of one row to the side of the other. */
function assertRouted(model: DiagramModel, layout: DiagramLayout): void {
  const quality = layoutQuality(model, layout);
  assert.equal(quality.overlaps, 0);
  assert.equal(quality.throughTables, 0);
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  assert.equal(layout.edges.length, model.edges.length);
  for (const edge of model.edges) {
    const points = layout.edges.find(({ id }) => id === edge.id)?.points ?? [];
    assert.ok(isOrthogonal(points), `${edge.id} is right-angled`);
    for (const [point, end] of [
      [points[0], edge.from],
      [points.at(-1), edge.to],
    ] as const) {
      const box = boxes.get(end.table);
      const table = tables.get(end.table);
      assert.ok(point && box && table);
      const side = sideOf(point.x, box) === 1 ? box.x + box.width : box.x;
      assert.equal(point.x, side, `${edge.id} ends at a side of ${end.table}`);
      assert.ok(Math.abs(point.y - rowCentre(table, end.columns[0], box, metrics)) <= metrics.rowHeight / 2, edge.id);
    }
  }
}

describe('a layout of which the user has moved tables', () => {
  it('leaves every table where it was put, and leads the lines around them', async () => {
    const model = generateDiagram({ tables: 24, columnsPerTable: 6, tablesPerModule: 8 });
    const automatic = await layoutDiagram(model);
    const random = pseudoRandom(3);
    const boxes = new Map(automatic.tables.map((box) => [box.id, box]));
    for (const box of automatic.tables) {
      if (random() > 0.4) continue;
      const wanted = { ...box, x: (random() - 0.2) * automatic.width, y: (random() - 0.2) * automatic.height };
      const others = [...boxes.values()].filter(({ id }) => id !== box.id);
      boxes.set(box.id, { ...box, ...nearestFree(wanted, others) });
    }
    const places = placesOf({ ...automatic, tables: [...boxes.values()] });
    const layout = await layoutDiagram(model, { places });
    assert.deepEqual(placesOf(layout), places);
    assertRouted(model, layout);
    assert.deepEqual(await layoutDiagram(model, { places }), layout);
    assert.ok(layout.modules.length === 3);
    for (const { id, module } of model.tables) {
      const [box, frame] = [
        layout.tables.find((each) => each.id === id),
        layout.modules.find((each) => each.id === module),
      ];
      assert.ok(box && frame && overlaps(box, frame, 0));
    }
  });

  it('puts a new table beside what it refers to, and moves no other', async () => {
    const model = generateDiagram({ tables: 20, columnsPerTable: 5, tablesPerModule: 10 });
    const fresh = model.edges.find(
      ({ from, to }) =>
        from.table !== to.table &&
        model.edges.filter((edge) => [edge.from.table, edge.to.table].includes(from.table)).length === 1,
    );
    assert.ok(fresh);
    const id = fresh.from.table;
    const before = await layoutDiagram(model);
    const { [id]: left, ...places } = placesOf(before);
    assert.ok(left);
    const layout = await layoutDiagram(model, { places });
    const now = positions(layout);
    for (const [table, [x, y]] of Object.entries(places)) assert.equal(now.get(table), `${x} ${y}`);
    assertRouted(model, layout);
    const boxOf = (table: string): LayoutBox | undefined => layout.tables.find((box) => box.id === table);
    const [own, neighbour] = [boxOf(id), boxOf(fresh.to.table)];
    assert.ok(own && neighbour);
    const distance = Math.hypot(own.x - neighbour.x, own.y - neighbour.y);
    assert.ok(distance < 900, `${distance} pixels from what it refers to`);
    assert.equal(own.x % placeGrid, 0);
  });

  it('lays many new tables out among themselves, below the others', async () => {
    const model = generateDiagram({ tables: 40, columnsPerTable: 5, tablesPerModule: 20 });
    const places = Object.fromEntries(Object.entries(placesOf(await layoutDiagram(model))).slice(0, 10));
    const layout = await layoutDiagram(model, { places });
    const bottom = Math.max(...layout.tables.filter(({ id }) => id in places).map(({ y, height }) => y + height));
    for (const { id, y } of layout.tables) assert.ok(id in places || y > bottom, id);
    assertRouted(model, layout);
  });

  it('makes room where tables show more than when they were put down', async () => {
    const model = generateDiagram({ tables: 16, columnsPerTable: 12, tablesPerModule: 16 });
    const names = { ...model, tables: model.tables.map((table) => ({ ...table, columns: [] })) };
    const places = placesOf(await layoutDiagram(names));
    assertRouted(model, await layoutDiagram(model, { places }));
  });

  it('forgets tables that are gone', async () => {
    const model = generateDiagram({ tables: 6, columnsPerTable: 3, tablesPerModule: 6 });
    const places = { ...placesOf(await layoutDiagram(model)), gone: [0, 0] as const };
    assert.deepEqual(
      (await layoutDiagram(model, { places })).tables.map(({ id }) => id),
      model.tables.map(({ id }) => id),
    );
    assert.deepEqual(await layoutDiagram(model, { places: { gone: [1, 1] } }), await layoutDiagram(model));
  });

  it('fits a picture whatever its coordinates', async () => {
    const model = generateDiagram({ tables: 8, columnsPerTable: 3, tablesPerModule: 4 });
    const automatic = await layoutDiagram(model);
    const places = Object.fromEntries(
      Object.entries(placesOf(automatic)).map(([id, [x, y]]) => [id, [x - 3000, y + 5000] as const]),
    );
    const { tables, modules, edges, width, height } = atOrigin(await layoutDiagram(model, { places }));
    for (const box of [...tables, ...modules]) {
      assert.ok(box.x >= 0 && box.x + box.width <= width);
      assert.ok(box.y >= 0 && box.y + box.height <= height);
    }
    for (const { points } of edges)
      for (const { x, y } of points) assert.ok(x >= 0 && x <= width && y >= 0 && y <= height);
    assert.equal(atOrigin(automatic), automatic);
  });
});

describe('the nearest free place', () => {
  const box = (id: string, x: number, y: number): LayoutBox => ({ id, x, y, width: 200, height: 100 });

  it('is the wanted one on the grid where nothing is in the way', () => {
    assert.deepEqual(nearestFree(box('a', 13, -3), [box('b', 600, 0)]), { x: 16, y: 0 });
  });

  it('is beside what is in the way, with room for lines', () => {
    const place = nearestFree(box('a', 150, 10), [box('b', 0, 0)]);
    assert.deepEqual(place, { x: 232, y: 8 });
  });

  it('never overlaps, in the densest crowd', () => {
    const random = pseudoRandom(11);
    const boxes: LayoutBox[] = [];
    for (let count = 0; count < 120; count++) {
      const wanted = box(`t${count}`, random() * 1200, random() * 800);
      boxes.push({ ...wanted, ...nearestFree(wanted, boxes) });
    }
    boxes.forEach((a, index) => {
      for (const b of boxes.slice(index + 1)) assert.ok(!overlaps(a, b, leastGap), `${a.id} and ${b.id}`);
    });
  });
});
