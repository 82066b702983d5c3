import assert from 'node:assert/strict';
import { applyView } from '../../../src/core/diagram/applyView.ts';
import { plainView } from '../../../src/core/diagram/view.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { metrics } from '../../../src/core/layout/metrics.ts';
import {
  isOutlineOf,
  outlineLayout,
  outlineModel,
  outlineOf,
  outlineText,
  parseOutline,
  quickOutline,
} from '../../../src/core/layout/outline.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';

const model = generateDiagram({ tables: 120 });

describe('core/layout/outline', () => {
  it('gives a layout back as it was, to a hundredth of a pixel', async () => {
    const layout = await layoutDiagram(model);
    const text = outlineText(outlineOf(model, layout, 'key', metrics));
    const read = parseOutline(text);
    assert.ok(read !== null);
    assert.equal(read.structure, 'key');
    assert.equal(read.characterWidth, metrics.characterWidth);
    const back = outlineLayout(read);
    const rounded = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? Math.round(each * 100) / 100 : each)),
      );
    const byId = (boxes: readonly { readonly id: string }[]) => new Map(boxes.map((box) => [box.id, rounded(box)]));
    assert.deepEqual(byId(back.tables), byId(layout.tables));
    assert.deepEqual(back.modules, rounded(layout.modules));
    assert.deepEqual(back.edges, rounded(layout.edges));
    assert.ok(text.length < JSON.stringify(model).length / 5);
  });

  it('places every table that the view shows, quickly and without lines', () => {
    const [module] = model.modules;
    assert.ok(module !== undefined);
    const view = { ...plainView, hiddenModules: [module.id], detail: 'keys' as const };
    const outline = quickOutline(model, view);
    assert.equal(outline.structure, null);
    assert.equal(outline.edges.length, 0);
    assert.ok(isOutlineOf(outline, applyView(model, view)));
    assert.ok(!isOutlineOf(outline, model));
    const drawn = outlineModel(outline);
    assert.deepEqual(
      drawn.modules.map(({ id, label, tables }) => ({ id, label, tables })),
      model.modules.slice(1),
    );
    assert.equal(drawn.tables.length, model.tables.length - module.tables.length);
  });

  it('takes nothing else for one', () => {
    const outline = quickOutline(model, plainView);
    const good = JSON.parse(outlineText(outline)) as Record<string, unknown>;
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify(outline),
      JSON.stringify({ ...good, format: 0 }),
      JSON.stringify({ ...good, structure: 3 }),
      JSON.stringify({ ...good, size: [1] }),
      JSON.stringify({ ...good, tables: [['a', 'b', 'c', 1, 2, 3, null]] }),
      JSON.stringify({ ...good, edges: [['a', 1, 2, 3, 4, 5]] }),
      JSON.stringify({ ...good, edges: [['a', 1, 2]] }),
    ])
      assert.equal(parseOutline(bad), null, bad.slice(0, 80));
    assert.deepEqual(parseOutline(JSON.stringify(good))?.tables, good.tables);
  });
});
