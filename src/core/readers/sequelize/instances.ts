/** `define` options, schema and dialect of each `new Sequelize(…)`, and of configurations that are handed to one. */
import type { Dialect } from '../../schema/model.ts';
import type { SourceFile } from '../reader.ts';
import type { Value } from '../shared/typescript/declarations.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import { readArguments } from '../shared/typescript/readValues.ts';
import type { ReadContext } from '../shared/typescript/readValues.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import type { Instance } from './model.ts';

const dialects: Readonly<Record<string, Dialect>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  mssql: 'mssql',
  oracle: 'oracle',
  // Version 7 takes classes.
  PostgresDialect: 'postgresql',
  MySqlDialect: 'mysql',
  MariaDbDialect: 'mariadb',
  SqliteDialect: 'sqlite',
  MsSqlDialect: 'mssql',
};

export function dialectOf(value: string | null): Dialect | null {
  return value !== null && Object.hasOwn(dialects, value) ? (dialects[value] ?? null) : null;
}

export function readInstances(file: SourceFile): readonly Instance[] {
  const context: ReadContext = { text: file.text, lines: file.lines, positions: false };
  const instances = outlineOf(file.parsed())
    .calls.filter(
      ({ callee, constructs, method }) =>
        (constructs && /(?:^|\.)Sequelize(?:TypeScript)?$/.test(callee.replace(/^new\s+/, '').trim())) ||
        (method === 'forRoot' && callee.includes('SequelizeModule')),
    )
    .flatMap(({ node }) => {
      const given = readArguments(node.childForFieldName('arguments'), context);
      return given.flatMap((value) => instanceOf(value) ?? []);
    });
  if (instances.length > 0 || !/\bdefine\s*:/.test(file.text)) return instances;
  // `config/database.js`: what the command line of Sequelize and `models/index.js` read.
  const found: Instance[] = [];
  for (const [, value] of readDeclarations(file).values) collect(value, found, 0);
  return found;
}

function collect(value: Value, found: Instance[], depth: number): void {
  if (value.is !== 'object' || depth > 3) return;
  const instance = instanceOf(value);
  if (instance?.define) found.push(instance);
  for (const { value: inner } of value.entries) collect(inner, found, depth + 1);
}

function instanceOf(value: Value): Instance | null {
  if (value.is !== 'object') return null;
  const entry = (key: string): Value | null => value.entries.find((each) => each.key === key)?.value ?? null;
  const dialect = entry('dialect');
  const name = dialect?.is === 'literal' ? String(dialect.value) : dialect?.is === 'name' ? dialect.name : null;
  const [define, schema] = [entry('define'), entry('schema')];
  if (!define && !schema && name === null) return null;
  return { define, schema, dialect: dialectOf(name) };
}
