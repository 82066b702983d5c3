import assert from 'node:assert/strict';
import { memoize } from '../../../src/core/schema/memo.ts';

describe('memoize', () => {
  const item = {};
  const lookIn = (world: ReadonlyMap<string, object>) => ({ find: (name: string) => world.get(name) });
  const [first, second] = [{ id: 1 }, { id: 2 }];

  it('makes a result again only when a look-up that led to it gives something else', () => {
    const made: unknown[] = [];
    const of = memoize((_: object, { find }: ReturnType<typeof lookIn>) => {
      made.push(find('a'));
      return [find('a')];
    });
    const result = of(item, lookIn(new Map([['a', first]])));
    const other = new Map([
      ['a', first],
      ['b', second],
    ]);
    assert.equal(of(item, lookIn(other)), result, 'b was not looked up');
    assert.deepEqual(of(item, lookIn(new Map([['a', second]]))), [second]);
    assert.deepEqual(of(item, lookIn(new Map())), [undefined], 'what is gone counts as well');
    assert.deepEqual(made, [first, second, undefined]);
  });

  it('knows results by item', () => {
    const of = memoize((each: { readonly name: string }) => ({ name: each.name }));
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    assert.notEqual(of(a, {}), of(b, {}));
    assert.equal(of(a, {}), of(a, {}));
  });
});
