/** TypeORM itself (1.x and 0.3): the sources are compiled and loaded, and its metadata say what it would create. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnTypeOf } from '../../../src/core/schema/columnTypes.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import type { Syntax } from '../../../src/core/syntax/syntax.ts';
import {
  compile,
  connectless,
  describeMetadata,
  describeTables,
  engines,
  readFolder,
} from '../../core/readers/typeorm/oracle.ts';
import type { DescribedTable as TypeormTable } from '../../core/readers/typeorm/oracle.ts';
import { loadSyntax, readTexts } from '../../core/readers/typeorm/read.ts';
import { enumText, qualified } from '../described.ts';
import type { Described, DescribedForeignKey, DescribedIndex } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const fixtures = fileURLToPath(new URL('../../core/readers/typeorm/fixtures', import.meta.url));
const domain = fileURLToPath(new URL('../fixtures/domain/typeorm', import.meta.url));

const versions = [
  { name: 'typeorm', range: '^1.1.1' },
  { name: 'typeorm-03', range: '^0.3.31' },
] as const;

export const typeormOracle: Oracle = {
  orm: 'TypeORM',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const folders = [
      { name: 'domain', group: 'postgresql', folder: domain },
      ...['any', 'postgresql', 'mysql'].flatMap((group) =>
        readdirSync(join(fixtures, group)).map((name) => ({
          name: `${group}/${name}`,
          group,
          folder: join(fixtures, group, name),
        })),
      ),
    ];
    const cases: Case[] = [];
    for (const each of folders) for (const version of versions) cases.push(...(await casesOf(each, version, syntax)));
    return cases;
  },
};

async function casesOf(
  { name, group, folder }: { readonly name: string; readonly group: string; readonly folder: string },
  version: (typeof versions)[number],
  syntax: Syntax,
): Promise<readonly Case[]> {
  const compiled = compile(folder, version.name);
  try {
    const cases: Case[] = [];
    for (const engine of engines.filter(({ dialect }) => group === 'any' || group === dialect)) {
      const { dialect } = engine;
      const { tables, enums } = readTexts(readFolder(folder), syntax).link(dialect, [], { typeorm: version.range });
      cases.push({
        name: `${name} on ${dialect}`,
        kind: name === 'domain' ? 'domain' : 'special',
        source: `metadata of ${version.name}`,
        expected: described(describeMetadata(await connectless(compiled, engine)), dialect),
        actual: described(describeTables(tables, enums), dialect),
      });
    }
    return cases;
  } finally {
    compiled.dispose();
  }
}

/** The parts of a column, an index and a key that the oracle of the unit tests gives, which compares far more. */
interface Column {
  readonly type: string;
  readonly array: boolean;
  readonly nullable: boolean;
  readonly enum: readonly string[] | null;
  readonly enumName: string | null;
}

interface Index extends Key {
  readonly unique: boolean;
  readonly where: string | null;
  readonly method: string | null;
}

interface Key {
  readonly name: string | null;
  readonly columns: readonly string[];
}

interface ForeignKey extends Key {
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

function described(tables: readonly TypeormTable[], dialect: Dialect): Described {
  const columnsOf = (table: TypeormTable): readonly (readonly [string, Column])[] =>
    Object.entries(table.columns as Readonly<Record<string, Column>>);
  return {
    tables: tables.map((table) => {
      const indexes = table.indexes as readonly Index[];
      return {
        name: qualified(table.name, table.namespace),
        columns: columnsOf(table).map(([name, column]) => ({
          name,
          type: `${column.enum ? 'enum' : columnTypeOf(column.type, dialect)}${column.array ? '[]' : ''}`,
          nullable: column.nullable,
        })),
        primaryKey: table.primaryKey,
        primaryKeyName: null,
        foreignKeys: (table.foreignKeys as readonly ForeignKey[]).map((key): DescribedForeignKey => ({
          ...key,
          onDelete: key.onDelete ?? 'NO ACTION',
          onUpdate: key.onUpdate ?? 'NO ACTION',
        })),
        indexes: indexes.filter(({ unique }) => !unique).map(indexOf),
        uniques: [
          ...indexes.filter(({ unique }) => unique).map(indexOf),
          ...(table.uniques as readonly Key[]).map((key) =>
            indexOf({ ...key, unique: true, where: null, method: null }),
          ),
        ],
      };
    }),
    enums: tables.flatMap((table) =>
      columnsOf(table).flatMap(([, column]) => (column.enum ? [enumText(column.enumName ?? '', column.enum)] : [])),
    ),
  };
}

function indexOf({ name, columns, where, method }: Index): DescribedIndex {
  return { name, columns, method, partial: where !== null, descending: [] };
}
