import assert from 'node:assert/strict';
import { gatesOf } from '../../../src/core/layout/gates.ts';
import { cheapestWay, createGutters } from '../../../src/core/layout/gutterGrid.ts';
import type { LayoutBox } from '../../../src/core/layout/layout.ts';
import { spread } from '../../../src/core/layout/tracks.ts';
import type { Run } from '../../../src/core/layout/tracks.ts';

const box = (id: string, x: number, y: number, width: number, height: number): LayoutBox => ({
  id,
  x,
  y,
  width,
  height,
});

describe('ways out of a block', () => {
  const block = box('block', 0, 0, 700, 400);
  const left = box('left', 0, 100, 200, 150);
  const right = box('right', 300, 0, 200, 400);

  it('goes straight out where nothing stands beside the table', () => {
    const gates = gatesOf(left, 120, block, [left, right]);
    const straight = gates.filter(({ way }) => way === 'straight');
    assert.deepEqual(
      straight.map(({ side, y }) => [side, y]),
      [[-1, 120]],
    );
  });

  it('goes up and down in the channel between two tables', () => {
    const gates = gatesOf(left, 120, block, [left, right]).filter(({ side }) => side === 1);
    assert.deepEqual(gates.map(({ way }) => way).sort(), ['down', 'up']);
    for (const { channel } of gates) assert.ok(channel !== null && channel.from >= 216 && channel.to <= 288);
  });

  it('has no way through a table that stands in the channel', () => {
    const lid = box('lid', 150, 0, 160, 60);
    const gates = gatesOf(left, 120, block, [left, right, lid]).filter(({ side }) => side === 1);
    assert.deepEqual(
      gates.map(({ way }) => way),
      ['down'],
    );
  });
});

describe('ways along gutters', () => {
  it('leads around the blocks, and takes the cheaper of two ways', () => {
    const blocks = [box('a', 0, 0, 100, 100), box('b', 200, 0, 100, 300), box('c', 400, 0, 100, 100)];
    const way = cheapestWay(
      createGutters(blocks, 18),
      [{ x: 118, y: 50, upright: false, cost: 0 }],
      [
        { x: 382, y: 50, upright: false, cost: 0 },
        { x: 382, y: 60, upright: false, cost: 900 },
      ],
    );
    assert.ok(way !== null);
    assert.deepEqual([way.from, way.to], [0, 0]);
    // Above the high block: below it would be longer.
    assert.ok(way.points.every(({ y }) => y <= 50));
    for (const { x, y } of way.points) assert.ok(!(x > 200 && x < 300 && y > 0 && y < 300), `${x}, ${y}`);
  });

  it('knows when there is none', () => {
    const wall = [box('wall', -1000, 0, 3000, 100)];
    const inside = { x: 50, y: 50, upright: false, cost: 0 };
    assert.equal(cheapestWay(createGutters(wall, 18), [inside], [{ x: 60, y: 500, upright: false, cost: 0 }]), null);
  });
});

describe('tracks', () => {
  const run = (bundle: string, over: Partial<Run> = {}): Run => ({
    at: 50,
    from: 0,
    to: 100,
    low: 0,
    high: 100,
    bundle,
    ...over,
  });

  it('sets lines that run along one another side by side', () => {
    const runs = ['a', 'b', 'c', 'd'].map((bundle) => run(bundle));
    spread(runs);
    const places = runs.map(({ at }) => at).sort((a, b) => a - b);
    places.forEach((at, index) => {
      assert.ok(index === 0 || at - (places[index - 1] ?? 0) >= 8, places.join(' '));
      assert.ok(at >= 0 && at <= 100);
    });
  });

  it('lets lines to one key share their way, and those that never meet share a place', () => {
    const runs = [run('a'), run('a', { from: 40, to: 140 }), run('b', { from: 300, to: 400 })];
    spread(runs);
    assert.deepEqual(
      runs.map(({ at }) => at),
      [50, 50, 50],
    );
  });

  it('moves nothing that cannot move, and keeps clear of it', () => {
    const fixed = run('a', { low: 50, high: 50 });
    const free = run('b');
    spread([fixed, free]);
    assert.equal(fixed.at, 50);
    assert.ok(Math.abs(free.at - 50) >= 9);
  });

  it('moves together where many share little room', () => {
    const runs = Array.from({ length: 12 }, (_, index) => run(String(index), { low: 30, high: 70 }));
    spread(runs);
    assert.equal(new Set(runs.map(({ at }) => at)).size, 12);
  });
});
