import assert from 'node:assert/strict';
import type { Comparable } from '../../../../src/core/diff/diff.ts';
import { compareSchemas } from '../../../../src/core/migrations/shared/plan.ts';
import type { Generated, Table } from '../../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aTable } from '../../../support/tables.ts';

function schema(...tables: Table[]): Comparable {
  return { tables, enums: [] };
}

function keyed(kind: Generated['kind'] | null, reader: string): Table {
  return {
    ...aTable('orders', {
      columns: [aColumn('id', { generated: kind === null ? null : { kind, expression: null } })],
      primaryKey: ['id'],
    }),
    reader,
  };
}

describe('compareSchemas', () => {
  it('takes tables of scripts for those of the one namespace that entities name', () => {
    const at = (namespace: string | null): Table[] => {
      const [orders, users] = [
        aTable('orders', {
          namespace,
          columns: [aColumn('user_id')],
          foreignKeys: [aForeignKey(['user_id'], 'users')],
        }),
        aTable('users', { namespace, columns: [aColumn('id')], primaryKey: ['id'] }),
      ] as const;
      const foreignKeys = orders.foreignKeys.map((key) => ({ ...key, references: { ...key.references, namespace } }));
      return [{ ...orders, foreignKeys }, users];
    };
    const [plain, placed] = [schema(...at(null)), schema(...at('shop'))];
    assert.deepEqual(compareSchemas(plain, placed, 'postgresql').words, []);
    assert.deepEqual(compareSchemas(placed, plain, 'postgresql').words, []);
    const elsewhere = schema(...at('shop'), aTable('audits', { namespace: 'log' }));
    assert.equal(
      compareSchemas(plain, elsewhere, 'postgresql').words.includes('Drop table orders and all its rows'),
      true,
    );
  });

  it('asks no default of the engine for what nothing states there', () => {
    const words = (kind: Generated['kind'], reader: string, dialect: 'sqlite' | 'postgresql'): readonly string[] =>
      compareSchemas(schema(keyed(null, 'sql')), schema(keyed(kind, reader)), dialect).words;
    assert.deepEqual(words('rowid', 'drizzle', 'sqlite'), []);
    assert.deepEqual(words('uuid', 'jpa', 'postgresql'), []);
    assert.deepEqual(words('uuid', 'sqlalchemy', 'postgresql'), []);
    assert.deepEqual(words('uuid', 'typeorm', 'postgresql'), ['Change orders.id: default gen_random_uuid()']);
  });
});
