/** Every edit of the diagram, in every ORM: written, read again, and found to be exactly what was asked for. */
import assert from 'node:assert/strict';
import { commonTypes } from '../../../src/core/editing/types.ts';
import { writers } from '../../../src/core/writers/registry.ts';
import type { EditAsk } from '../../../src/protocol/editing.ts';
import { edit } from '../../support/editing.ts';
import { django, efcore, jpa, sqlalchemy, sqlalchemyColumns } from './shops/elsewhere.ts';
import { prisma, sequelize, typeorm, typeormTabs } from './shops/node.ts';
import type { Shop } from './shops/shop.ts';

const shops: readonly Shop[] = [
  ...[typeorm, typeormTabs, prisma, sequelize, django, sqlalchemy, sqlalchemyColumns, jpa, efcore],
];

const plain = { length: null, precision: null, scale: null } as const;

function asksOf(shop: Shop): readonly (EditAsk & { readonly note?: string })[] {
  const { orders: table, customers, coupons, status, total, remark, key, relation, payer, paid, coupon } = shop;
  const int = { type: 'int32', ...plain } as const;
  const price = { type: 'decimal', length: null, precision: 8, scale: 2 } as const;
  return [
    { kind: 'addTable', like: table, name: 'WishList' },
    { kind: 'renameTable', table, to: 'purchases' },
    { kind: 'deleteTable', table: coupons },
    { kind: 'addColumn', table, name: 'due_date', type: { type: 'date', ...plain }, nullable: true },
    { kind: 'addColumn', table, name: 'label', type: { type: 'string', ...plain, length: 40 }, nullable: false },
    { kind: 'addColumn', table, name: 'price', type: price, nullable: false },
    { kind: 'renameColumn', table, column: status, to: 'state', where: 'code' },
    { kind: 'renameColumn', table, column: status, to: 'state', where: 'database' },
    { kind: 'changeType', table, column: status, type: int },
    { kind: 'changeType', table, column: total, type: { type: 'text', ...plain } },
    { kind: 'setNullable', table, column: key, nullable: true },
    ...(shop.refused?.setNullable
      ? []
      : ([
          { kind: 'setNullable', table, column: status, nullable: true },
          { kind: 'setNullable', table, column: remark, nullable: false },
        ] as const)),
    { kind: 'deleteColumn', table, column: total },
    { kind: 'addIndex', table, columns: [total], unique: false },
    ...(shop.indexes?.some((columns) => columns.join() === status) === true
      ? []
      : [{ kind: 'addIndex' as const, table, columns: [status], unique: false }]),
    ...(shop.indexes ?? []).map((columns) => ({ kind: 'deleteIndex' as const, table, columns, name: null })),
    ...(['many-to-one', 'one-to-one'] as const).map((cardinality) => ({
      ...{ kind: 'addRelation' as const, table, target: coupons, name: coupon, cardinality },
      ...{ inverse: shop.couponOrders, nullable: cardinality === 'one-to-one' },
    })),
    {
      ...{ kind: 'addRelation', table, target: customers, name: payer, inverse: paid, nullable: true },
      cardinality: 'many-to-one',
    },
    { kind: 'deleteRelation', table, property: relation },
  ];
}

function titleOf(ask: EditAsk): string {
  const { kind, ...rest } = ask;
  const words = Object.values(rest).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)));
  return `${kind} ${words.join(' ')}`;
}

describe('entities edited from the diagram', function () {
  this.timeout(60_000);
  for (const shop of shops)
    describe(`${shop.orm}: ${shop.note}`, () => {
      for (const [at, ask] of asksOf(shop).entries()) {
        // Every third with Windows line ends, another third in each shop.
        const eol = (at + shop.orm.length) % 3 === 0 ? '\r\n' : '\n';
        it(`${titleOf(ask)}${eol === '\n' ? '' : ', with Windows line ends'}`, async () => {
          const files = Object.fromEntries(
            Object.entries(shop.files).map(([path, text]) => [path, text.replaceAll('\n', eol)]),
          );
          const edited = await edit(files, ask);
          const refusal = shop.refused?.[ask.kind];
          if (refusal) {
            assert.ok(typeof edited === 'string');
            assert.match(edited, refusal);
            return;
          }
          assert.ok(typeof edited !== 'string', typeof edited === 'string' ? edited : '');
          const changed = Object.keys(edited.files).filter((path) => edited.files[path] !== files[path]);
          if (ask.kind !== 'deleteTable') assert.ok(changed.length > 0);
          for (const path of changed) {
            const text = edited.files[path] ?? '';
            if (eol === '\r\n') assert.doesNotMatch(text, /[^\r]\n/, 'one kind of line ends');
            assert.doesNotMatch(text, /[ \t]\r?\n/, 'no space at the end of a line');
            assert.doesNotMatch(text, /\{\r?\n[ \t]*\r?\n/, 'no blank line behind an opening brace');
            assert.doesNotMatch(text, /\n\r?\n\r?\n\r?\n/, 'no gap where something was');
          }
        });
      }
    });

  it('spells every common type, or says that there is none', () => {
    for (const { entities } of writers)
      for (const spec of commonTypes) {
        const spelled = entities?.spell(spec, 'postgresql');
        assert.ok(spelled === undefined || spelled === null || spelled.length > 1);
      }
    const without = writers.filter(({ entities }) => !entities).map(({ id }) => id);
    assert.deepEqual(without, ['drizzle', 'mikro-orm', 'mongoose', 'peewee', 'sql', 'tortoise']);
  });
});
