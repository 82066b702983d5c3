import assert from 'node:assert/strict';
import { cluster } from '../../../src/core/layout/cluster.ts';
import { pack } from '../../../src/core/layout/pack.ts';
import { fitText, textUnits } from '../../../src/core/layout/textWidth.ts';
import { pseudoRandom } from '../../support/generateDiagram.ts';

describe('clusters of a large module', () => {
  it('keep together what is tied, and no more than the limit', () => {
    const members = ['a1', 'b1', 'a2', 'b2', 'a3', 'b3', 'lonely1', 'lonely2'];
    const links = [
      { a: 'a1', b: 'a2' },
      { a: 'a2', b: 'a3' },
      { a: 'b1', b: 'b2' },
      { a: 'b3', b: 'b1' },
      { a: 'a1', b: 'b1' },
      { a: 'a1', b: 'a1' },
      { a: 'a1', b: 'elsewhere' },
    ];
    const groups = cluster(members, links, 3).map((group) => [...group].sort());
    assert.deepEqual(
      groups.sort(),
      [
        ['a1', 'a2', 'a3'],
        ['b1', 'b2', 'b3'],
        ['lonely1', 'lonely2'],
      ].sort(),
    );
  });

  it('hold every member once, whatever the ties', () => {
    const random = pseudoRandom(7);
    const members = Array.from({ length: 200 }, (_, index) => `t${index}`);
    const links = Array.from({ length: 300 }, () => ({
      a: `t${Math.floor(random() * 200)}`,
      b: `t${Math.floor(random() ** 2 * 200)}`,
    }));
    const groups = cluster(members, links, 25);
    assert.deepEqual(groups.flat().sort(), [...members].sort());
    for (const group of groups) assert.ok(group.length <= 25);
  });
});

describe('packing', () => {
  it('leaves the gap between any two boxes, in the shape of a screen', () => {
    const random = pseudoRandom(3);
    const items = Array.from({ length: 40 }, (_, index) => ({
      id: String(index),
      width: 100 + random() * 900,
      height: 80 + random() * 700,
    }));
    const { positions, width, height } = pack(items, [], 50);
    const boxes = items.map((item) => ({ ...item, ...positions.get(item.id)! }));
    for (const a of boxes)
      for (const b of boxes)
        assert.ok(
          a.id === b.id ||
            a.x + a.width + 49.9 <= b.x ||
            b.x + b.width + 49.9 <= a.x ||
            a.y + a.height + 49.9 <= b.y ||
            b.y + b.height + 49.9 <= a.y,
          `${a.id} and ${b.id}`,
        );
    assert.ok(width / height > 1 && width / height < 2.4, String(width / height));
    for (const box of boxes) assert.ok(box.x + box.width <= width && box.y + box.height <= height);
  });

  it('puts boxes with many lines between them side by side', () => {
    const items = Array.from({ length: 12 }, (_, index) => ({ id: String(index), width: 100, height: 100 }));
    const near = pack(items, [{ a: '0', b: '11', weight: 30 }], 20).positions;
    const [a, b] = [near.get('0')!, near.get('11')!];
    assert.ok(Math.abs(a.x - b.x) + Math.abs(a.y - b.y) <= 120);
  });

  it('takes no boxes, and one', () => {
    assert.deepEqual(pack([], [], 10), { positions: new Map(), width: 0, height: 0 });
    assert.deepEqual(pack([{ id: 'a', width: 30, height: 20 }], [], 10).positions.get('a'), { x: 0, y: 0 });
  });
});

describe('widths of text', () => {
  it('tell narrow from wide letters, and count characters outside the basic plane once', () => {
    assert.ok(textUnits('illicit') < textUnits('MAMMOTH') / 2);
    assert.equal(textUnits('2026'), 4);
    assert.equal(textUnits('😀'), textUnits('数'));
  });

  it('shorten to what fits, with an ellipsis, or to nothing', () => {
    assert.equal(fitText('orders', 10), 'orders');
    const shown = fitText('customer_addresses', 8);
    assert.match(shown, /^custom.*…$/);
    assert.ok(textUnits(shown) <= 8);
    assert.equal(fitText('customer_addresses', 2), '');
  });
});
