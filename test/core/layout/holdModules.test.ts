import assert from 'node:assert/strict';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { isOrthogonal } from '../../../src/core/layout/curves.ts';
import type { Held } from '../../../src/core/layout/holdModules.ts';
import type { DiagramLayout } from '../../../src/core/layout/layout.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';

const heldOf = ({ modules }: DiagramLayout): Held => Object.fromEntries(modules.map(({ id, x, y }) => [id, [x, y]]));

/** Fewer columns: its modules still fit where they were, and would be packed otherwise. */
function edited(model: DiagramModel): DiagramModel {
  const joined = new Set(model.edges.flatMap(({ from, to }) => [from, to]).flatMap(({ columns }) => columns));
  const smaller = new Set(model.modules.slice(0, 2).flatMap(({ tables }) => tables));
  return {
    ...model,
    tables: model.tables.map((table) =>
      smaller.has(table.id)
        ? { ...table, columns: table.columns.filter(({ name, badges }) => joined.has(name) || badges.length > 0) }
        : table,
    ),
  };
}

describe('core/layout/holdModules', () => {
  for (const [tables, arrangement] of [
    [30, 'right'],
    [150, 'right'],
    [150, 'compact'],
  ] as const) {
    const model = generateDiagram({ tables, tablesPerModule: tables / 6 });
    it(`leaves ${tables} tables (${arrangement}) where their modules stood, with lines around all tables`, async () => {
      const before = await layoutDiagram(model, { arrangement });
      const after = edited(model);
      const anew = await layoutDiagram(after, { arrangement });
      const held = await layoutDiagram(after, { arrangement, held: heldOf(before) });
      assert.notDeepEqual(heldOf(anew), heldOf(before), 'packed anew, modules would move');
      assert.deepEqual(heldOf(held), heldOf(before));
      assert.equal(held.tables.length, model.tables.length);
      assert.equal(held.edges.length, model.edges.length);
      const curves = ({ edges }: DiagramLayout) => edges.filter(({ points }) => !isOrthogonal(points)).length;
      assert.equal(curves(held), curves(anew));
      assert.ok(layoutQuality(after, held).throughTables <= layoutQuality(after, anew).throughTables);
    });
  }

  it('takes the new layout whole where a module has no room any more, or is new', async () => {
    const model = generateDiagram({ tables: 150, tablesPerModule: 25 });
    const before = await layoutDiagram(edited(model));
    const anew = await layoutDiagram(model);
    assert.deepEqual(await layoutDiagram(model, { held: heldOf(before) }), anew);
    const others = Object.fromEntries(Object.entries(heldOf(anew)).slice(1));
    assert.deepEqual(await layoutDiagram(model, { held: others }), anew);
  });
});
