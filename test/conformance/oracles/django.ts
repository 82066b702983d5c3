/** Django itself: its schema editors write the DDL of the models; PGlite and SQLite execute it. */
import { fileURLToPath } from 'node:url';
import { columnTypeOf } from '../../../src/core/schema/columnTypes.ts';
import type { Dialect, Table } from '../../../src/core/schema/model.ts';
import { djangoReader } from '../../../src/core/readers/django/reader.ts';
import type { Syntax } from '../../../src/core/syntax/syntax.ts';
import { loadPython, pythonFiles, readPython } from '../../support/readPython.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import type { PostgresqlDatabase } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { askPython, pythonUnavailable } from '../python.ts';

interface Told {
  readonly django: string;
  readonly models: readonly string[];
  /** Tables of apps that are not the project's. */
  readonly outside: readonly string[];
  readonly statements: readonly string[];
}

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const projects = [
  { name: 'domain', folder: `${fixtures}/domain/django` },
  { name: 'inheritance, relations, names, fields, keys', folder: `${fixtures}/django` },
];

/** SQLite's names say little: what they mean to the engine is compared. */
export function sqliteType({ type, rawType, unsigned }: Table['columns'][number]): string {
  if (type === 'float64') return type;
  return columnTypeOf(`${rawType.toLowerCase()}${unsigned === true ? ' unsigned' : ''}`, 'sqlite');
}

export function withoutPythonOnly(tables: readonly Table[]): readonly Table[] {
  return tables.filter(({ managed }) => managed);
}

async function asked(folder: string, dialect: Dialect): Promise<Told> {
  return (await askPython('django_ddl.py', folder, dialect === 'sqlite' ? 'sqlite3' : dialect)) as Told;
}

async function onPostgresql(
  { name, folder }: (typeof projects)[number],
  database: PostgresqlDatabase,
  syntax: Syntax,
): Promise<Case> {
  const told = await asked(folder, 'postgresql');
  const { described } = await database.read(told.statements.join('\n'));
  const { tables } = readPython(djangoReader, pythonFiles(folder), syntax, { dialect: 'postgresql' });
  return {
    name: `postgresql/${name}`,
    kind: name === 'domain' ? 'domain' : 'special',
    source: `Django ${told.django}, executed on PGlite`,
    expected: inside(described, told),
    actual: describeModel(withoutPythonOnly(tables), [], { enums: false }),
  };
}

async function onSqlite({ name, folder }: (typeof projects)[number], syntax: Syntax): Promise<Case> {
  const told = await asked(folder, 'sqlite');
  // What only PostgreSQL has makes no table of SQLite's.
  const foreign = told.statements.filter((each) => /\[\] |hstore|tstzrange/.test(each)).join('\n');
  const left = new Set([...foreign.matchAll(/CREATE TABLE "([^"]+)"/g)].map((match) => match[1] ?? ''));
  const statements = told.statements.filter((each) => ![...left].some((table) => each.includes(`"${table}"`)));
  const { tables } = readPython(djangoReader, pythonFiles(folder), syntax, { dialect: 'sqlite' });
  return {
    name: `sqlite/${name}`,
    kind: name === 'domain' ? 'domain' : 'special',
    source: `Django ${told.django}, executed on SQLite`,
    expected: inside(readSqlite(statements.join('\n')), told),
    actual: describeModel(
      withoutPythonOnly(tables).filter((table) => !left.has(table.name)),
      [],
      { enums: false, typeOf: sqliteType },
    ),
  };
}

function inside(described: Described, { outside }: Told): Described {
  return { ...described, tables: described.tables.filter(({ name }) => !outside.includes(name)) };
}

export const djangoOracle: Oracle = {
  orm: 'Django',
  unavailable: pythonUnavailable,
  async cases() {
    const syntax = await loadPython();
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const project of projects) {
        cases.push(await onPostgresql(project, database, syntax));
        cases.push(await onSqlite(project, syntax));
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};
