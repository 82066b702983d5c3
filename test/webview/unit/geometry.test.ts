import assert from 'node:assert/strict';
import { holdStill } from '../../../webview/components/App/holdStill.ts';
import { exportScale } from '../../../webview/canvas/exportPng.ts';
import { levelAt } from '../../../webview/canvas/frame.ts';
import { hitTest } from '../../../webview/canvas/hitTest.ts';
import { distanceTo, traceRoute } from '../../../webview/canvas/routes.ts';
import { buildScene } from '../../../webview/canvas/scene.ts';
import { fit, interpolate, reveal, toWorld, visibleBox } from '../../../webview/canvas/viewport.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { shopModel, smallModel } from '../models.ts';

const screen = { width: 800, height: 600 };

describe('webview/canvas/viewport', () => {
  it('fits a large world whole and never blows up a small one', () => {
    const world = { x: -100, y: 50, width: 4000, height: 2000 };
    const seen = visibleBox(fit(world, screen), screen);
    assert.ok(seen.x <= world.x && seen.y <= world.y);
    assert.ok(seen.x + seen.width >= world.x + world.width && seen.y + seen.height >= world.y + world.height);
    assert.equal(fit({ x: 0, y: 0, width: 10, height: 10 }, screen).k, 1);
  });

  it('moves as little as needed to reveal a box, and not at all when it is in sight', () => {
    const viewport = { x: 0, y: 0, k: 1 };
    assert.equal(reveal(viewport, { x: 100, y: 100, width: 200, height: 100 }, screen), viewport);
    assert.deepEqual(reveal(viewport, { x: 900, y: 100, width: 200, height: 100 }, screen), { k: 1, x: -324, y: 0 });
  });

  it('travels from one viewport to another without leaving the way', () => {
    const from = { x: 0, y: 0, k: 0.1 };
    const to = { x: -2000, y: -1000, k: 1 };
    for (const [t, expected] of [
      [0, from],
      [1, to],
    ] as const) {
      const at = interpolate(from, to, t, screen);
      for (const key of ['x', 'y', 'k'] as const) assert.ok(Math.abs(at[key] - expected[key]) < 1e-6, `${t} ${key}`);
    }
    const half = toWorld(interpolate(from, to, 0.5, screen), 400, 300);
    const [a, b] = [toWorld(from, 400, 300), toWorld(to, 400, 300)];
    assert.ok(half.x >= Math.min(a.x, b.x) && half.x <= Math.max(a.x, b.x));
  });
});

describe('webview/canvas/hitTest', () => {
  const model = smallModel();
  const scene = buildScene(model, placeQuickly(model));
  const order = scene.tables[scene.byId.get('order')!]!;
  const viewport = { x: 0, y: 0, k: 1 };

  it('finds header, rows and nothing', () => {
    assert.deepEqual(hitTest(scene, viewport, order.x + 5, order.y + 5), {
      kind: 'table',
      table: scene.byId.get('order'),
      row: null,
      mark: false,
    });
    const row = hitTest(scene, viewport, order.x + 50, order.y + 32 + 2.5 * 22);
    assert.deepEqual(row, { kind: 'table', table: scene.byId.get('order'), row: 2, mark: false });
    assert.equal(hitTest(scene, viewport, -5000, -5000), null);
  });

  it('tells the sign of findings from the row it stands in', () => {
    const row = order.table.columns.findIndex(({ severity }) => severity !== null);
    const y = order.y + 32 + (row + 0.5) * 22;
    const sign = hitTest(scene, viewport, order.x + order.width - 14, y);
    assert.deepEqual([sign?.kind, sign?.kind === 'table' && sign.mark], ['table', true]);
    const none = order.table.columns.findIndex(({ severity }) => severity === null);
    const plain = hitTest(scene, viewport, order.x + order.width - 14, order.y + 32 + (none + 0.5) * 22);
    assert.equal(plain?.kind === 'table' && plain.mark, false);
  });

  it('has no rows where none are drawn', () => {
    const far = { x: 0, y: 0, k: 0.3 };
    const hit = hitTest(scene, far, (order.x + 50) * 0.3, (order.y + 87) * 0.3);
    assert.equal(hit?.kind === 'table' ? hit.row : undefined, null);
  });

  it('finds an edge beside its line, and not further away', () => {
    const edge = scene.edges.find((candidate) => candidate.edge.id === 'order_line.order_id')!;
    const middle = Math.floor(edge.points.length / 4) * 2;
    const [x, y] = [edge.points[middle]!, edge.points[middle + 1]!];
    const hit = hitTest(scene, viewport, x + 1, y + 2);
    assert.equal(hit?.kind === 'edge' ? scene.edges[hit.edge]?.edge.id : hit?.kind, 'order_line.order_id');
  });
});

describe('webview/canvas/frame', () => {
  it('draws names as soon as the narrowest box has room for one, rows once they can be read', () => {
    const { narrowest } = buildScene(shopModel(), placeQuickly(shopModel()));
    assert.ok(narrowest >= 190, String(narrowest));
    assert.equal(levelAt(33 / narrowest, { narrowest }), 'far');
    assert.equal(levelAt(35 / narrowest, { narrowest }), 'middle');
    assert.equal(levelAt(0.6, { narrowest }), 'near');
  });
});

describe('webview/canvas/routes', () => {
  const from = { id: 'a', x: 0, y: 0, width: 100, height: 60 };
  const to = { id: 'b', x: 300, y: 200, width: 100, height: 60 };

  it('keeps right-angled routes and bends the others sideways out of their tables', () => {
    const orthogonal = traceRoute(
      [
        { x: 100, y: 30 },
        { x: 200, y: 30 },
        { x: 200, y: 230 },
        { x: 300, y: 230 },
      ],
      from,
      to,
    );
    assert.equal(orthogonal.orthogonal, true);
    assert.equal(orthogonal.points.length, 8);
    const curve = traceRoute(
      [
        { x: 100, y: 30 },
        { x: 300, y: 230 },
      ],
      from,
      to,
    );
    assert.equal(curve.orthogonal, false);
    assert.ok(Math.abs(curve.points[3]! - 30) < 5, 'it starts level');
    assert.deepEqual([curve.points.at(-2), curve.points.at(-1)], [300, 230]);
  });

  it('measures the distance to the nearest part', () => {
    const { points } = traceRoute(
      [
        { x: 0, y: 0 },
        { x: 100, y: 0 },
        { x: 100, y: 100 },
      ],
      from,
      to,
    );
    assert.equal(distanceTo(points, 50, 7), 7);
    assert.equal(distanceTo(points, 103, 104), 5);
  });
});

describe('webview/components/App/holdStill', () => {
  it('keeps the selected table where it is on the screen when the layout moves it', () => {
    const model = shopModel();
    const layout = placeQuickly(model);
    const before = buildScene(model, layout);
    const moved = { ...layout, tables: layout.tables.map((box) => ({ ...box, x: box.x + 300, y: box.y - 70 })) };
    const after = buildScene(model, moved);
    const order = before.tables[before.byId.get('order')!]!;
    const viewport = { k: 0.5, x: 400 - order.x * 0.5, y: 300 - order.y * 0.5 };
    assert.deepEqual(holdStill(viewport, screen, before, after, 'order'), {
      k: 0.5,
      x: viewport.x - 150,
      y: viewport.y + 35,
    });
    assert.equal(holdStill(viewport, screen, before, before, 'order'), null);
  });
});

describe('webview/canvas/exportPng', () => {
  it('draws at twice the size while a canvas can hold it', () => {
    assert.equal(exportScale(1500, 900), 2);
    const scale = exportScale(20_000, 9_000);
    assert.ok(20_000 * scale <= 16_384 && 20_000 * scale * 9_000 * scale <= 64_000_001, String(scale));
  });
});
