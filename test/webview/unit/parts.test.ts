import assert from 'node:assert/strict';
import { inParts } from '../../../src/host/features/diagram/parts.ts';
import { contrastOf, legible, parseColor } from '../../../webview/canvas/contrast.ts';
import { createHash } from '../../../webview/state/hash.ts';
import { modelMessage } from '../diagramPage.ts';
import { largeModel, shopModel } from '../models.ts';

describe('a model in parts', () => {
  it('sends a small one whole', () => {
    const message = modelMessage(shopModel());
    assert.deepEqual(inParts(message), [message]);
  });

  it('sends every table and relation of a large one once, in order, the model last', () => {
    const model = largeModel(400);
    const parts = inParts(modelMessage(model));
    assert.ok(parts.length > 2);
    const held = parts.map((part) =>
      part.type === 'tables' ? part : part.type === 'model' ? part.model : assert.fail(),
    );
    assert.deepEqual(
      held.flatMap(({ tables }) => tables),
      model.tables,
    );
    assert.deepEqual(
      held.flatMap(({ edges }) => edges),
      model.edges,
    );
    assert.equal(parts.at(-1)?.type, 'model');
    assert.equal(parts.filter(({ type }) => type === 'model').length, 1);
  });
});

describe('webview/canvas/contrast', () => {
  it('reads colours as browsers compute them', () => {
    assert.deepEqual(parseColor('rgb(1, 2, 3)'), [1, 2, 3]);
    assert.deepEqual(parseColor('color(srgb 1 0.5 0)'), [255, 127.5, 0]);
    assert.equal(parseColor('transparent'), null);
  });

  it('leaves a colour that can be seen, and lifts one that cannot, on dark and on light', () => {
    assert.equal(legible('rgb(255, 200, 0)', 'rgb(31, 31, 31)'), 'rgb(255, 200, 0)');
    for (const [color, ground] of [
      ['rgb(97, 50, 20)', 'rgb(31, 31, 31)'],
      ['rgb(250, 240, 200)', 'rgb(255, 255, 255)'],
    ] as const) {
      const lifted = parseColor(legible(color, ground));
      assert.ok(lifted !== null && contrastOf(lifted, parseColor(ground)!) >= 3);
    }
  });

  it('measures contrast as WCAG does', () => {
    assert.equal(contrastOf([0, 0, 0], [255, 255, 255]), 21);
    assert.equal(contrastOf([10, 10, 10], [10, 10, 10]), 1);
  });
});

describe('webview/state/hash', () => {
  it('tells texts apart, and where they end', () => {
    const of = (...texts: string[]) => {
      const hash = createHash();
      hash.add(...texts);
      return hash.value();
    };
    assert.equal(of('a', 'b'), of('a', 'b'));
    assert.notEqual(of('ab', 'c'), of('a', 'bc'));
    assert.notEqual(of('a', 'b'), of('b', 'a'));
    const seen = new Set(Array.from({ length: 5000 }, (_, index) => of(`table_${index}`)));
    assert.equal(seen.size, 5000);
  });
});
