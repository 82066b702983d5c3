/** MyBatis makes no schema, so nobody can be asked: what its documentation lets one expect of the fixtures, by hand. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadJava } from '../../core/readers/jpa/read.ts';
import { readMybatis } from '../../core/readers/mybatis/read.ts';
import { describeModel } from '../described.ts';
import type { Described, DescribedColumn, DescribedTable } from '../described.ts';
import type { Oracle } from '../oracle.ts';

const folder = fileURLToPath(new URL('../fixtures/domain/mybatis', import.meta.url));

function table(name: string, key: string, columns: Readonly<Record<string, string>>): DescribedTable {
  return {
    name,
    columns: Object.entries(columns).map(([column, type]): DescribedColumn => ({
      name: column,
      type,
      nullable: column !== key,
    })),
    primaryKey: [key],
    primaryKeyName: null,
    foreignKeys: [],
    indexes: [],
    uniques: [],
  };
}

export const mybatisOracle: Oracle = {
  orm: 'MyBatis',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadJava();
    const describe = (name: string): Described => {
      const files = readdirSync(folder)
        .filter((file) => file === name)
        .map((file): [string, string] => [file, readFileSync(join(folder, file), 'utf8')]);
      return describeModel(readMybatis(files, syntax).tables, [], { enums: false });
    };
    return [
      {
        name: 'mapper XML',
        kind: 'domain',
        source: 'by hand',
        expected: {
          tables: [
            table('products', 'id', {
              id: 'int32',
              sku: 'string',
              name: 'string',
              price: 'decimal',
              category_id: 'int32',
              // Nothing but its name is known of a column that is only written.
              created_on: 'unknown',
            }),
          ],
          enums: null,
        },
        actual: describe('ProductMapper.xml'),
      },
      {
        name: 'annotated mapper',
        kind: 'special',
        source: 'by hand',
        expected: {
          tables: [
            table('payments', 'id', {
              id: 'int64',
              amount: 'decimal',
              paid_on: 'date',
              order_id: 'unknown',
              reference: 'unknown',
              refunded: 'unknown',
            }),
          ],
          enums: null,
        },
        actual: describe('PaymentMapper.java'),
      },
      {
        name: 'MyBatis-Plus',
        kind: 'special',
        source: 'by hand',
        expected: {
          tables: [
            table('tags', 'id', { id: 'int32', label: 'string', created_at: 'datetime', visible_to_all: 'boolean' }),
          ],
          enums: null,
        },
        actual: describe('Tag.java'),
      },
    ];
  },
};
