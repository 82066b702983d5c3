import assert from 'node:assert/strict';
import { applyView } from '../../../src/core/diagram/applyView.ts';
import { plainView } from '../../../src/core/diagram/view.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { metrics } from '../../../src/core/layout/metrics.ts';
import { placeNames } from '../../../webview/canvas/drawNames.ts';
import type { PlacedName } from '../../../webview/canvas/drawNames.ts';
import { buildScene } from '../../../webview/canvas/scene.ts';
import type { Scene } from '../../../webview/canvas/scene.ts';
import type { Box } from '../../../webview/canvas/viewport.ts';
import { contains } from '../../../webview/canvas/viewport.ts';
import { largeModel, smallModel } from '../models.ts';

const label = (name: string) => ({ text: name, width: name.length * 5 });

describe('webview/canvas/drawNames', () => {
  let scene: Scene;
  let names: readonly PlacedName[];

  before(async () => {
    const model = applyView(largeModel(300), { ...plainView, detail: 'keys' });
    scene = buildScene(model, await layoutDiagram(model));
    names = placeNames(scene, 0.15, label);
  });

  it('names the tables with the most relations first, each beside its own box', () => {
    assert.ok(names.length > 15, `${names.length} names`);
    const related = names.map(({ table }) => scene.tables[table]?.neighbours.size ?? 0);
    assert.deepEqual(
      related,
      related.toSorted((a, b) => b - a),
    );
    for (const { table, text, ...box } of names) {
      const own = scene.tables[table];
      assert.ok(own);
      assert.equal(text, own.table.name);
      assert.ok(box.x < own.x + own.width && own.x < box.x + box.width, text);
      const gap = Math.max(own.y - (box.y + box.height), box.y - (own.y + own.height));
      assert.ok(gap >= 0 && gap < 3 / 0.15, text);
    }
  });

  it('keeps names at their modules and clear of tables, of headings and of each other', () => {
    names.forEach((name, index) => {
      for (const other of [
        ...scene.tables,
        ...names.slice(index + 1),
        ...scene.modules.map(({ x, y, width, head }) => ({ x, y, width, height: head })),
      ])
        assert.ok(!overlap(name, other), name.text);
      const own = scene.tables[name.table];
      const middle = { x: name.x + name.width / 2, y: name.y + name.height / 2, width: 0, height: 0 };
      assert.ok(own && scene.modules.some((module) => contains(module, own) && contains(module, middle)), name.text);
    });
  });

  it('finds room for more the nearer one comes, and names nothing that is hardly related', () => {
    assert.ok(placeNames(scene, 0.3, label).length > names.length);
    const model = smallModel();
    const small = buildScene(model, placeQuickly(model, metrics));
    for (const { table } of placeNames(small, 1, label)) assert.ok((small.tables[table]?.neighbours.size ?? 0) >= 3);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
