/** A schema for people at a terminal: each table with its columns, keys, indexes and relations. */
import type { Column, Dialect, Index, Relation, Table } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import type { Project, Snapshot } from '../workspace/snapshot.ts';
import { alignRows, count } from './style.ts';
import type { Cell, Style } from './style.ts';

const dialectNames: Readonly<Record<Dialect, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  mssql: 'SQL Server',
  oracle: 'Oracle',
  cockroachdb: 'CockroachDB',
  mongodb: 'MongoDB',
  cassandra: 'Cassandra',
  spanner: 'Spanner',
  sap: 'SAP HANA',
};

export function renderSchemaText(snapshot: Snapshot, style: Style): string {
  const lines = snapshot.projects.flatMap((project) => [...projectLines(project, style), '']);
  const loose = snapshot.problems.length > 0 ? [...problemLines(snapshot.problems, style), ''] : [];
  return [...lines, ...loose, summary(snapshot, style), ''].join('\n');
}

function projectLines(project: Project, style: Style): readonly string[] {
  const { root, dialect, profile, schema } = project;
  const facts = [
    dialect === null ? 'database not known' : dialectNames[dialect],
    profile.language,
    profile.framework,
    ...profile.orms,
  ].filter((fact) => fact !== null);
  const heading = `${style.bold(root === '' ? '.' : root)}  ${style.dim(facts.join(' · '))}`;
  return [
    heading,
    style.dim(tally(project)),
    '',
    ...schema.tables.flatMap((table) => [...tableLines(table, style), '']),
    ...(schema.problems.length > 0 ? problemLines(schema.problems, style) : []),
  ];
}

function tally({ schema: { tables, enums } }: Project): string {
  const sum = (of: (table: Table) => number): number => tables.reduce((total, table) => total + of(table), 0);
  return [
    count(tables.length, 'table'),
    count(
      sum((table) => table.columns.length),
      'column',
    ),
    count(
      sum((table) => table.relations.length),
      'relation',
    ),
    ...(enums.length > 0 ? [count(enums.length, 'enum')] : []),
  ].join(' · ');
}

function tableLines(table: Table, style: Style): readonly string[] {
  const name = table.namespace === null ? table.name : `${table.namespace}.${table.name}`;
  const notes = [
    table.entity === null || table.entity === table.name ? '' : table.entity,
    table.kind === 'table' ? '' : table.kind.replaceAll('-', ' '),
    table.managed ? '' : 'not managed by the ORM',
    inheritanceOf(table),
  ].filter((note) => note !== '');
  const heading = [
    style.bold(style.cyan(name)),
    ...(notes.length > 0 ? [notes.join(', ')] : []),
    style.dim(`${table.at.file}:${table.at.line}`),
  ].join('  ');
  const rows = [
    ...alignRows(table.columns.map((column) => columnCells(column, table, style))),
    ...alignRows([
      ...table.uniques.map(({ name: unique, columns }) => section('unique', columns, unique, '', style)),
      ...table.indexes.map((index) => section('index', index.columns, index.name, indexNotes(index), style)),
      ...table.foreignKeys
        .filter(({ columns }) => columns.length > 1)
        .map(({ name: key, columns, references }) =>
          section('foreign key', columns, key, `→ ${references.table} (${references.columns.join(', ')})`, style),
        ),
    ]),
    ...alignRows(table.relations.map((relation) => relationCells(relation, style))),
  ];
  return [heading, ...rows.map((row) => `  ${row}`)];
}

function inheritanceOf({ inheritance }: Table): string {
  if (!inheritance) return '';
  const children = inheritance.children.map(({ entity }) => entity).join(', ');
  const extended = inheritance.parent === null ? '' : ` of ${inheritance.parent}`;
  return `${inheritance.strategy} inheritance${extended}${children === '' ? '' : ` (${children})`}`;
}

function columnCells(column: Column, table: Table, style: Style): readonly Cell[] {
  const key = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
  const isUnique =
    table.uniques.some(({ columns }) => isOnly(columns, column.name)) ||
    table.indexes.some(({ unique, columns, where }) => unique && where === null && isOnly(columns, column.name));
  const isIndexed = table.indexes.some(({ columns }) => columns[0] === column.name);
  const marks = [
    table.primaryKey.includes(column.name) ? 'PK' : '',
    key ? 'FK' : '',
    isUnique ? 'UQ' : isIndexed ? 'IX' : '',
  ].filter((mark) => mark !== '');
  const target = key?.references;
  const notes = [
    target ? `→ ${target.table}.${target.columns.join(', ')}` : '',
    key?.onDelete && key.onDelete !== 'NO ACTION' ? `on delete ${key.onDelete.toLowerCase()}` : '',
    key && !key.enforced ? 'not enforced' : '',
    column.default === null ? '' : `default ${column.default}`,
    column.generated ? `generated: ${column.generated.kind}` : '',
    column.classification?.kind ?? '',
  ].filter((note) => note !== '');
  return [
    { text: marks.join(' '), dress: style.yellow },
    { text: column.name },
    { text: typeOf(column), dress: style.green },
    { text: column.nullable ? 'null' : '', dress: style.dim },
    { text: notes.join(', '), dress: style.dim },
  ];
}

function isOnly(columns: readonly string[], name: string): boolean {
  return columns.length === 1 && columns[0] === name;
}

function typeOf({ rawType, length, precision, scale, array, enum: name }: Column): string {
  const size =
    length !== null ? `(${length})` : precision === null ? '' : `(${precision}${scale === null ? '' : `, ${scale}`})`;
  return `${rawType}${size}${array ? '[]' : ''}${name === null || name === rawType ? '' : ` ${name}`}`;
}

function section(
  kind: string,
  columns: readonly string[],
  name: string | null,
  notes: string,
  style: Style,
): readonly Cell[] {
  return [
    { text: kind, dress: style.magenta },
    { text: `(${columns.join(', ')})` },
    { text: name ?? '', dress: style.dim },
    { text: notes, dress: style.dim },
  ];
}

function indexNotes({ unique, where, method, expression, origin }: Index): string {
  return [
    unique ? 'unique' : '',
    method ?? '',
    expression === null ? '' : `on ${expression}`,
    where === null ? '' : `where ${where}`,
    origin === 'declared' ? '' : `created by the ${origin === 'orm' ? 'ORM' : 'engine'}`,
  ]
    .filter((note) => note !== '')
    .join(', ');
}

function relationCells(relation: Relation, style: Style): readonly Cell[] {
  const arrows = { 'one-to-one': '1—1', 'one-to-many': '1—n', 'many-to-one': 'n—1', 'many-to-many': 'n—n' };
  const notes = [
    relation.fetch === 'explicit' ? '' : relation.fetch,
    relation.joinTable === null ? '' : `through ${relation.joinTable}`,
  ].filter((note) => note !== '');
  return [
    { text: arrows[relation.kind], dress: style.blue },
    { text: relation.property },
    { text: relation.target, dress: style.cyan },
    { text: notes.join(', '), dress: style.dim },
  ];
}

/** So many problems of one kind are shown: more of them hide the others, and say nothing new. */
const mostOfAKind = 8;

export function problemLines(problems: readonly Problem[], style: Style): readonly string[] {
  const shown = new Map<string, number>();
  const lines = problems.flatMap(({ code, severity, message, at }) => {
    const before = shown.get(code) ?? 0;
    shown.set(code, before + 1);
    if (before >= mostOfAKind && severity === 'information') return [];
    const mark = severity === 'error' ? style.red('✖') : severity === 'warning' ? style.yellow('!') : style.blue('i');
    return [`  ${mark} ${message}${at ? `  ${style.dim(`${at.file}:${at.line}:${at.column}`)}` : ''}`];
  });
  const left = problems.length - lines.length;
  return [
    style.bold(count(problems.length, 'problem')),
    ...lines,
    ...(left > 0 ? [style.dim(`  … and ${left} more of the same kinds; schema --format json lists all`)] : []),
  ];
}

function summary({ projects, problems }: Snapshot, style: Style): string {
  const tables = projects.reduce((total, { schema }) => total + schema.tables.length, 0);
  if (tables === 0) return style.bold('No tables found.');
  const all = problems.length + projects.reduce((total, { schema }) => total + schema.problems.length, 0);
  return style.bold(
    `${count(tables, 'table')} in ${count(projects.length, 'project')}${all === 0 ? '' : `, ${count(all, 'problem')}`}.`,
  );
}
