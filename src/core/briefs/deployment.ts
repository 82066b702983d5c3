import type { Schema, Table } from '../schema/model.ts';
import type { BriefSource } from './brief.ts';
import { connections } from './connections.ts';
import { code, codes, introduced, list } from './markdown.ts';
import type { Section } from './markdown.ts';
import { tableName } from './shared.ts';

export function deploymentSections({ schema, dialect }: BriefSource): readonly Section[] {
  return [
    {
      title: 'Configuration',
      body: connections(schema, ['encrypted', 'passwordInFile', 'synchronize', 'dropSchema']),
    },
    { title: 'Connection pool', body: connections(schema, ['pool', 'timeout']) },
    { title: 'Migrations', body: migrations(schema) },
    {
      title: 'What the database must offer',
      body: dialect === 'postgresql' || dialect === 'cockroachdb' ? list(extensions(schema.tables)) : '',
    },
    {
      title: 'Not created by the application',
      body: introduced(
        'The source uses these tables and tells the ORM to leave them alone: they must be there.',
        list(schema.tables.filter(({ managed }) => !managed).map((each) => code(tableName(each)))),
      ),
    },
    { title: 'Backup and recovery', body: backup(schema.tables) },
  ];
}

function migrations(schema: Schema): string {
  const files = schema.code.files.filter(({ purpose }) => purpose === 'migration').map(({ file }) => file);
  return [
    connections(schema, ['migrationsRun', 'migrations']),
    files.length === 0
      ? ''
      : `Migration files that were read: ${files.length}, the last by name ${code(files.toSorted().at(-1) ?? '')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Extensions of PostgreSQL that types and defaults call for; https://www.postgresql.org/docs/current/contrib.html */
const calledFor: readonly (readonly [extension: string, pattern: RegExp])[] = [
  ['uuid-ossp', /\buuid_generate_v\d\w*\(/u],
  ['pgcrypto', /\b(?:gen_salt|crypt|pgp_sym_encrypt)\(/u],
  ['citext', /^citext$/u],
  ['hstore', /^hstore$/u],
  ['ltree', /^ltree$/u],
  ['postgis', /^(?:geometry|geography)$/u],
  ['vector', /^(?:vector|halfvec|sparsevec)$/u],
];

function extensions(tables: readonly Table[]): readonly string[] {
  return calledFor.flatMap(([extension, pattern]) => {
    const users = tables.flatMap((each) =>
      each.columns
        .filter((column) => pattern.test(column.rawType) || (column.default !== null && pattern.test(column.default)))
        .map((column) => `${tableName(each)}.${column.name}`),
    );
    const [first] = users;
    if (first === undefined) return [];
    return [`Extension ${code(extension)}: ${code(first)}${users.length > 1 ? ` and ${users.length - 1} more` : ''}`];
  });
}

/** How long to keep and how fast to recover the source does not say; what a copy holds it does. */
function backup(tables: readonly Table[]): string {
  const sensitive = tables.filter(({ columns }) => columns.some(({ classification }) => classification !== null));
  return sensitive.length === 0
    ? ''
    : `Copies hold classified data, so they need the same protection as the database: ${codes(sensitive.map(tableName))}.`;
}
