/** MyBatis makes no schema, so nobody can be asked: what its documentation lets one expect of the fixtures, by hand. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadJava } from '../../core/readers/jpa/read.ts';
import { readMybatis } from '../../core/readers/mybatis/read.ts';
import { describeModel } from '../described.ts';
import type { DescribedColumn, DescribedTable } from '../described.ts';
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
    const files = readdirSync(folder)
      .sort()
      .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
    const { tables } = readMybatis(files, syntax);
    return [
      {
        name: 'domain',
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
            table('tags', 'id', { id: 'int32', label: 'string', created_at: 'datetime', visible_to_all: 'boolean' }),
          ],
          enums: null,
        },
        actual: describeModel(tables, [], { enums: false }),
      },
    ];
  },
};
