/**
 * DDL against the engines themselves: PGlite, SQLite, and MariaDB where it is installed run the very script and tell from their catalogues what it built. The
 * parser of PostgreSQL's server (libpg-query) is asked as well. For SQL Server and Oracle nobody can be asked here: they are compared with the same shop as
 * PostgreSQL builds it, types put in their words by hand.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import type { ColumnType, Dialect } from '../../../src/core/schema/model.ts';
import { linkScripts } from '../../core/readers/sql/read.ts';
import { mariadbMissing, openMariadb } from '../catalogues/mariadb.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described, DescribedTable } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { folderCases } from './sqlFolders.ts';

function fixture(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../fixtures/${name}.sql`, import.meta.url)), 'utf8');
}

/** The path says nothing: the engine must be told from the text. */
function readScript(text: string, wanted: Dialect): LinkResult {
  const result = linkScripts([['schema.sql', text]]);
  if (result.dialect !== wanted && !(wanted === 'mariadb' && result.dialect === 'mysql'))
    throw new Error(`a script of ${wanted} was taken for one of ${result.dialect ?? 'no engine'}`);
  return result;
}

/** Commands of the clients, data that psql would copy, and databases of their own are no business of these servers. */
export function withoutClient(script: string): string {
  return script
    .replace(/^\uFEFF/, '')
    .replace(/^COPY [\s\S]*?^\\\.$/gm, '')
    .replace(/^\\.*$/gm, '')
    .replace(
      /^\s*(?:USE\s|(?:CREATE|DROP) (?:DATABASE|SCHEMA) (?:IF (?:NOT )?EXISTS )?`?(?:sakila|Chinook)\b)[^;]*;/gim,
      '',
    );
}

const domain = { name: 'domain', kind: 'domain' as const };

/** Oracle and SQL Server hold the shop in types of their own. */
const words: Readonly<Record<'mssql' | 'oracle', Readonly<Partial<Record<ColumnType, ColumnType>>>>> = {
  mssql: { json: 'string', text: 'string', enum: 'string' },
  oracle: {
    ...{
      uuid: 'binary',
      json: 'text',
      enum: 'string',
      boolean: 'decimal',
      int16: 'decimal',
      int32: 'decimal',
      int64: 'decimal',
    },
  },
};

function inWords({ tables }: Described, dialect: 'mssql' | 'oracle'): Described {
  const upper = (name: string): string => (dialect === 'oracle' ? name.toUpperCase() : name);
  return {
    tables: tables.map((table): DescribedTable => ({
      ...table,
      name: upper(table.name),
      primaryKey: table.primaryKey.map(upper),
      columns: table.columns.map((column) => ({
        ...column,
        name: upper(column.name),
        type: words[dialect][column.type as ColumnType] ?? column.type,
      })),
      indexes: table.indexes.map((index) => ({ ...index, columns: index.columns.map(upper) })),
      uniques: table.uniques.map((index) => ({ ...index, columns: index.columns.map(upper) })),
      foreignKeys: table.foreignKeys.map((key) => ({
        ...key,
        columns: key.columns.map(upper),
        table: upper(key.table),
        references: key.references.map(upper),
        // Neither has RESTRICT.
        onDelete: key.onDelete.replace('RESTRICT', 'NO ACTION'),
      })),
    })),
    enums: null,
  };
}

/** SQLite keeps names in keys as they were written, and leaves out columns that were not. */
export function withFoundTargets(described: Described): Described {
  const find = (name: string): DescribedTable | undefined =>
    described.tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
  return {
    ...described,
    tables: described.tables.map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) => {
        const target = find(key.table);
        const stated = key.references.filter((column) => (column as string | null) !== null);
        return {
          ...key,
          table: target?.name ?? key.table,
          references: stated.length > 0 ? stated : (target?.primaryKey ?? []),
        };
      }),
    })),
  };
}

export const sqlOracle: Oracle = {
  orm: 'SQL',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const cases: Case[] = [];
    const database = await openPostgresql();
    try {
      const run = async (script: string): Promise<Described> => (await database.read(withoutClient(script))).described;
      const shop = await run(fixture('domain/sql/postgresql'));
      const describe = ({ tables, enums }: LinkResult): Described => describeModel(tables, enums);
      cases.push({
        ...domain,
        name: 'PostgreSQL',
        source: 'executed on PGlite',
        expected: shop,
        actual: describe(readScript(fixture('domain/sql/postgresql'), 'postgresql')),
      });
      for (const name of ['postgresql-dump', 'postgresql-features'])
        cases.push({
          name,
          kind: 'special',
          source: 'executed on PGlite',
          expected: await run(fixture(`sql/${name}`)),
          actual: describe(readScript(fixture(`sql/${name}`), 'postgresql')),
        });
      cases.push(...(await folderCases(database)));
      for (const dialect of ['mssql', 'oracle'] as const) {
        const { tables } = readScript(fixture(`domain/sql/${dialect}`), dialect);
        cases.push({
          ...domain,
          name: dialect,
          source: 'the shop on PGlite, types by hand',
          expected: inWords(shop, dialect),
          actual: describeModel(tables, [], { enums: false }),
        });
      }
    } finally {
      await database.close();
    }
    const plain = (text: string): Described => {
      const { tables, enums } = readScript(text, 'sqlite');
      return describeModel(tables, enums, { enums: false, typeOf: ({ type }) => (type === 'enum' ? 'string' : type) });
    };
    for (const [name, kind] of [
      ['domain/sql/sqlite', 'domain'],
      ['sql/sqlite-features', 'special'],
    ] as const)
      cases.push({
        name,
        kind,
        source: 'executed on SQLite',
        expected: withFoundTargets(readSqlite(fixture(name))),
        actual: plain(fixture(name)),
      });
    cases.push(...(await mariadbCases()));
    return cases;
  },
};

/** MariaDB keeps JSON as long text. */
async function mariadbCases(): Promise<readonly Case[]> {
  const missing = mariadbMissing();
  if (missing !== null) {
    console.log(`SQL          MariaDB not run: ${missing}`);
    return [];
  }
  const server = await openMariadb();
  try {
    return ['domain/sql/mysql', 'sql/mysql-dump'].map((name): Case => {
      const { tables } = readScript(fixture(name), 'mysql');
      const actual = describeModel(tables, [], {
        enums: false,
        typeOf: ({ type }) => (type === 'json' ? 'text' : type),
      });
      return {
        name,
        kind: name.startsWith('domain') ? 'domain' : 'special',
        source: `executed on MariaDB ${server.version}`,
        expected: asInnodb(server.read(withoutClient(fixture(name)))),
        actual: asInnodb(actual),
      };
    });
  } finally {
    await server.close();
  }
}

/** What InnoDB makes for a foreign key bears its name, or that of its first column; a plain index of that name cannot be told from it. */
export function asInnodb(described: Described): Described {
  return { ...described, tables: described.tables.map((table) => withoutKeyIndexes(withInnodbActions(table))) };
}

function withoutKeyIndexes(table: DescribedTable): DescribedTable {
  const isMade = ({ name, columns }: DescribedTable['indexes'][number]): boolean =>
    table.foreignKeys.some(
      (key) => key.columns.join() === columns.join() && (name === null || name === key.name || name === columns[0]),
    );
  return { ...table, indexes: table.indexes.filter((index) => !isMade(index)) };
}

function withInnodbActions(table: DescribedTable): DescribedTable {
  const plain = (action: string): string => (action === 'RESTRICT' ? 'NO ACTION' : action);
  return {
    ...table,
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      onDelete: plain(key.onDelete),
      onUpdate: plain(key.onUpdate),
    })),
  };
}
