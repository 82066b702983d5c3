import assert from 'node:assert/strict';
import { blocksOf } from '../../../src/core/layout/blocks.ts';
import { isOrthogonal } from '../../../src/core/layout/curves.ts';
import { endHeights } from '../../../src/core/layout/endHeights.ts';
import { layoutLayered } from '../../../src/core/layout/layered.ts';
import { tracksOf } from '../../../src/core/layout/layerTracks.ts';
import { metrics } from '../../../src/core/layout/metrics.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';

describe('layered layout of blocks', () => {
  for (const tables of [1, 2, 21, 137])
    it(`leads every line of ${tables} tables around the tables, within bounds and without overlaps`, () => {
      const model = generateDiagram({ tables });
      const endHeight = endHeights(model, metrics);
      for (const block of blocksOf(model)) {
        const placed = layoutLayered(model, block, metrics, endHeight);
        const part = { ...model, tables: block.tables, edges: block.edges, modules: [] };
        const { overlaps, throughTables } = layoutQuality(part, { ...placed, modules: [] });
        assert.deepEqual([overlaps, throughTables], [0, 0]);
        assert.equal(placed.tables.length, block.tables.length);
        assert.equal(placed.edges.length, block.edges.length);
        for (const { points } of placed.edges) {
          assert.ok(isOrthogonal(points));
          for (const { x, y } of points)
            assert.ok(x >= 0 && x <= placed.width && y >= 0 && y <= placed.height, `${x} ${y}`);
        }
      }
    });

  it('leads a table in a cycle, and one that refers to itself, by its right side', () => {
    const model = generateDiagram({ tables: 2 });
    const [a = '', b = ''] = model.tables.map(({ id }) => id);
    const [first] = model.edges;
    assert.ok(first);
    const edge = (id: string, from: string, to: string) => ({
      ...first,
      id,
      from: { ...first.from, table: from },
      to: { ...first.to, table: to },
    });
    const edges = [edge('there', a, b), edge('back', b, a), edge('self', a, a)];
    const block = { id: '', module: '', tables: model.tables, edges };
    const placed = layoutLayered({ ...model, edges }, block, metrics, endHeights({ ...model, edges }, metrics));
    assert.deepEqual(placed.edges.map(({ id }) => id).sort(), ['back', 'self', 'there']);
    assert.equal(placed.edges.find(({ id }) => id === 'self')?.points.length, 4);
  });
});

describe('tracks of upright parts', () => {
  it('lie side by side where they meet and share a track where they do not', () => {
    const tracks = tracksOf([
      { lefts: [0], rights: [100] },
      { lefts: [50], rights: [150] },
      { lefts: [300], rights: [400] },
    ]);
    assert.notEqual(tracks[0], tracks[1]);
    assert.equal(tracks[2], 0);
  });

  it('need none where the line is level', () => {
    assert.deepEqual(tracksOf([{ lefts: [10], rights: [10] }]), [-1]);
  });

  it('never lay a line from the left upon one to the right', () => {
    // The first ends at the height at which the second begins: left of it, both would run there.
    const [first, second] = tracksOf([
      { lefts: [0], rights: [100] },
      { lefts: [100], rights: [200] },
    ]);
    assert.ok((first ?? 0) > (second ?? 0));
  });
});
