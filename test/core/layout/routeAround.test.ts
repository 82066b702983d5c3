import assert from 'node:assert/strict';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { isOrthogonal } from '../../../src/core/layout/curves.ts';
import { endHeights } from '../../../src/core/layout/endHeights.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute } from '../../../src/core/layout/layout.ts';
import { createHeap } from '../../../src/core/layout/heap.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { metrics, tableSize } from '../../../src/core/layout/metrics.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { routeAround } from '../../../src/core/layout/routeAround.ts';
import { generateDiagram, pseudoRandom } from '../../support/generateDiagram.ts';

/** Tables at given places, and a straight line in place of each route. */
function placedAt(
  model: DiagramModel,
  places: readonly (readonly [x: number, y: number])[],
): { layout: DiagramLayout; wanted: ReadonlySet<string> } {
  const tables = model.tables.map((table, index): LayoutBox => {
    const [x, y] = places[index]!;
    return { id: table.id, x, y, ...tableSize(table) };
  });
  const width = Math.max(...tables.map((box) => box.x + box.width)) + 60;
  const height = Math.max(...tables.map((box) => box.y + box.height)) + 60;
  const edges = model.edges.map(({ id }): LayoutRoute => ({
    id,
    points: [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
  }));
  return { layout: { tables, edges, modules: [], width, height }, wanted: new Set(model.edges.map(({ id }) => id)) };
}

/** Three tables, the first and the last joined. */
function three(): DiagramModel {
  const model = generateDiagram({ tables: 3, tablesPerModule: 3 });
  const [first, , last] = model.tables.map(({ id }) => id);
  const edge = {
    id: 'line',
    from: { table: last!, columns: ['id'], cardinality: 'many' as const },
    to: { table: first!, columns: ['id'], cardinality: 'one' as const },
    label: 'line',
    enforced: true,
    onDelete: null,
    through: null,
    at: model.tables[0]!.at,
  };
  return { ...model, edges: [edge] };
}

describe('lines around placed tables', () => {
  it('bend around a table in the way', () => {
    const model = three();
    const { layout, wanted } = placedAt(model, [
      [60, 60],
      [520, 60],
      [980, 60],
    ]);
    const routed = routeAround(layout, model.edges, wanted, endHeights(model, metrics));
    assert.ok(routed);
    const { points } = routed.edges[0]!;
    assert.ok(isOrthogonal(points) && points.length > 2);
    assert.equal(layoutQuality(model, routed).throughTables, 0);
    const [from, to] = [layout.tables[2]!, layout.tables[0]!];
    assert.ok([from.x, from.x + from.width].includes(points[0]!.x));
    assert.ok([to.x, to.x + to.width].includes(points.at(-1)!.x));
  });

  it('give up where a table has no free side', () => {
    const model = three();
    const { width } = tableSize(model.tables[0]!);
    const { layout, wanted } = placedAt(model, [
      [20, 60],
      [20 + width + 8, 60],
      [20 + 2 * (width + 8), 60],
    ]);
    const shut = { ...layout, width: layout.tables[2]!.x + layout.tables[2]!.width + 10 };
    assert.equal(routeAround(shut, model.edges, wanted, endHeights(model, metrics)), null);
  });

  it('keep apart where they share no end', async () => {
    const model = generateDiagram({ tables: 40, tablesPerModule: 5 });
    const layout = await layoutDiagram(model);
    const ends = new Map(layout.edges.map(({ id, points }) => [id, [key(points[0]!), key(points.at(-1)!)]]));
    for (const [index, a] of layout.edges.entries())
      for (const b of layout.edges.slice(index + 1)) {
        if (ends.get(a.id)!.some((end) => ends.get(b.id)!.includes(end))) continue;
        assert.ok(sharedWay(a, b) < 30, `${a.id} and ${b.id} run together for ${sharedWay(a, b)} px`);
      }
  });
});

describe('heap', () => {
  it('gives what was put in, the cheapest first', () => {
    const random = pseudoRandom(11);
    const heap = createHeap();
    const costs = Array.from({ length: 300 }, () => Math.floor(random() * 100));
    costs.forEach((cost, index) => {
      heap.push(index, cost);
    });
    const taken: number[] = [];
    for (let value = heap.pop(); value !== null; value = heap.pop()) taken.push(costs[value]!);
    assert.deepEqual(
      taken,
      [...costs].sort((a, b) => a - b),
    );
  });
});

function key({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x} ${y}`;
}

/** Length over which two lines lie on each other, in pixels. */
function sharedWay(a: LayoutRoute, b: LayoutRoute): number {
  let length = 0;
  for (const [p, q] of parts(a))
    for (const [r, s] of parts(b))
      for (const [along, across] of [
        ['x', 'y'],
        ['y', 'x'],
      ] as const) {
        if (Math.max(...[q, r, s].map((point) => Math.abs(point[across] - p[across]))) > 2) continue;
        const start = Math.max(Math.min(p[along], q[along]), Math.min(r[along], s[along]));
        const end = Math.min(Math.max(p[along], q[along]), Math.max(r[along], s[along]));
        length += Math.max(0, end - start);
      }
  return length;
}

function parts({ points }: LayoutRoute) {
  return points.slice(1).map((point, index) => [points[index]!, point] as const);
}
