import type { ClassFact, FieldFact } from '../schema/classFacts.ts';
import type { Schema, Table } from '../schema/model.ts';
import type { BriefSource } from './brief.ts';
import { code, codes, introduced, list, place, table } from './markdown.ts';
import type { Section } from './markdown.ts';
import { endpointTable, entityTables, isGenerated, isWithheld, tableName, uniqueKeys } from './shared.ts';

export function apiSections({ schema }: BriefSource): readonly Section[] {
  const tables = entityTables(schema);
  const columnsOf = (want: (table: Table) => readonly string[]): readonly string[] =>
    tables.flatMap((each) => {
      const names = want(each);
      return names.length === 0 ? [] : [`${code(tableName(each))}: ${codes(names)}`];
    });
  return [
    {
      title: 'Schema',
      body: table(
        ['Table', 'Entity', 'Primary key', 'References', 'Source'],
        tables.map((each) => [
          code(tableName(each)),
          each.entity === null ? '' : code(each.entity),
          codes(each.primaryKey),
          [...new Set(each.foreignKeys.map(({ references }) => references.table))].map(code).join(', '),
          place(each.at),
        ]),
      ),
    },
    {
      title: 'Enums',
      body: list(schema.enums.map(({ name, values }) => `${code(name)}: ${codes(values)}`)),
    },
    { title: 'Repositories', body: list(repositories(schema)) },
    { title: 'Endpoints that are there', body: endpointTable(schema) },
    {
      title: 'Never in a response',
      body: introduced(
        'Credentials, and columns the entity leaves out of a plain select.',
        list(columnsOf(({ columns }) => columns.filter(isWithheld).map(({ name }) => name))),
      ),
    },
    {
      title: 'Never taken from a request',
      body: introduced(
        'The database or the ORM fills these in.',
        list(columnsOf(({ columns }) => columns.filter(isGenerated).map(({ name }) => name))),
      ),
    },
    {
      title: 'Conflicts to answer',
      body: introduced(
        'A second row with the same values is refused by the database.',
        list(columnsOf((each) => uniqueKeys(each).map((columns) => columns.join(' + ')))),
      ),
    },
    {
      title: 'Concurrent updates',
      body: introduced(
        'These carry a version column: an update from a stale copy is refused.',
        list(columnsOf(({ columns }) => columns.filter(({ role }) => role === 'version').map(({ name }) => name))),
      ),
    },
    {
      title: 'Soft deletes',
      body: introduced(
        'A deleted row stays, with the time in this column; plain queries leave it out.',
        list(columnsOf(({ columns }) => columns.filter(({ role }) => role === 'deleted-at').map(({ name }) => name))),
      ),
    },
  ];
}

/** Classes that extend a repository, and the services whose fields hold one. */
function repositories({ code: { files } }: Schema): readonly string[] {
  const isRepository = (type: string | null): boolean => type !== null && /\b\w*Repository\b/u.test(type);
  return files
    .filter(({ purpose }) => purpose === 'application')
    .flatMap(({ file, classes, fields }) => [
      ...classes
        .filter((each: ClassFact) => isRepository(each.extends))
        .map(({ name, extends: base, at }) => `${code(name)} extends ${code(base ?? '')} (${place(at)})`),
      ...fields
        .filter(({ type }: FieldFact) => /^\w*Repository<.+>$/u.test(type))
        .map(
          ({ owner, name, type }) => `${code(owner === '' ? name : `${owner}.${name}`)}: ${code(type)} (${code(file)})`,
        ),
    ]);
}
