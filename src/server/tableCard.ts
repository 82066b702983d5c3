/** A table, or one element of it, in a few lines of Markdown: for hovers and the tree's tooltips. */
import * as l10n from '@vscode/l10n';
import { typeLabel } from '../core/diagram/columns.ts';
import type { Column, ForeignKey, Index, Relation, Table } from '../core/schema/model.ts';
import { tableId } from './projects.ts';

/** A hover is read at a glance: longer tables end in a count, unless that count would be no shorter than the rest. */
const maxRows = 16;
const worthCutting = 4;

export function tableCard(table: Table): string {
  const shown = table.columns.length < maxRows + worthCutting ? table.columns.length : maxRows;
  const rows = table.columns
    .slice(0, shown)
    .map(
      (column) => `| ${marks(table, column)} | ${code(column.name)} | ${cell(typeLabel(column))} | ${notes(column)} |`,
    );
  const more = table.columns.length - rows.length;
  return paragraphs([
    heading(table),
    table.comment === null ? '' : escape(table.comment),
    rows.length === 0
      ? ''
      : [`| | ${l10n.t('Column')} | ${l10n.t('Type')} | ${l10n.t('Notes')} |`, '|:-:|---|---|---|', ...rows].join('\n'),
    more > 0 ? l10n.t('… and {0} more columns', more) : '',
    list(l10n.t('Relations'), table.relations.map(describeRelation)),
    list(l10n.t('Indexes'), table.indexes.map(describeIndex)),
  ]);
}

export function columnCard(table: Table, column: Column): string {
  const keys = table.foreignKeys.filter((key) => key.columns.includes(column.name)).map(describeForeignKey);
  const indexes = table.indexes.filter((index) => index.columns.includes(column.name)).map(describeIndex);
  const facts = [
    table.primaryKey.includes(column.name) ? l10n.t('Primary key') : '',
    column.default === null ? '' : `${l10n.t('Default')} ${code(column.default)}`,
    column.generated === null
      ? ''
      : `${l10n.t('Generated')}: ${code(column.generated.expression ?? column.generated.kind)}`,
    column.enum === null ? '' : `${l10n.t('Enum')} ${code(column.enum)}`,
    column.classification === null
      ? ''
      : `${l10n.t('Sensitive data')}: ${column.classification.kind.toUpperCase()} (${escape(column.classification.evidence)})`,
  ].filter((fact) => fact !== '');
  return paragraphs([
    `**${code(`${tableId(table)}.${column.name}`)}** ${code(typeLabel(column))}${column.nullable ? ` · ${l10n.t('nullable')}` : ''}`,
    column.comment === null ? '' : escape(column.comment),
    facts.map((fact) => `- ${fact}`).join('\n'),
    list(l10n.t('Foreign keys'), keys),
    list(l10n.t('Indexes'), indexes),
  ]);
}

/** @param target the table the relation points at, if it was read */
export function relationCard(table: Table, relation: Relation, target: Table | undefined): string {
  const key = table.foreignKeys.find(({ columns }) => columns.join() === relation.columns.join());
  return paragraphs([
    `**${code(`${tableId(table)}.${relation.property}`)}** ${describeRelation(relation)}`,
    key === undefined ? '' : describeForeignKey(key),
    relation.joinTable === null ? '' : `${l10n.t('Join table')} ${code(relation.joinTable)}`,
    fetchNote(relation),
    target === undefined ? '' : `---\n\n${tableCard(target)}`,
  ]);
}

export function describeIndex(index: Index): string {
  const what = index.expression ?? index.columns.join(', ');
  return [
    code(what),
    index.unique ? l10n.t('unique') : '',
    index.method ?? '',
    index.where === null ? '' : `${l10n.t('where')} ${code(index.where)}`,
    index.name === null ? '' : code(index.name),
    index.origin === 'declared' ? '' : originNote(index.origin),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export function describeForeignKey(key: ForeignKey): string {
  const { references } = key;
  return [
    `${code(key.columns.join(', '))} → ${code(`${tableId({ name: references.table, namespace: references.namespace })}(${references.columns.join(', ')})`)}`,
    key.onDelete === null ? '' : `ON DELETE ${key.onDelete}`,
    key.onUpdate === null ? '' : `ON UPDATE ${key.onUpdate}`,
    key.enforced ? '' : l10n.t('not enforced by the database'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

export function describeRelation(relation: Relation): string {
  const target = tableId({ name: relation.target, namespace: relation.targetNamespace });
  return `${code(relation.property)} ${relation.kind} → ${code(target)}`;
}

function heading(table: Table): string {
  const kind = table.kind === 'table' ? '' : ` ${table.kind}`;
  return `**${code(tableId(table))}**${kind}${table.entity === null ? '' : ` · ${l10n.t('entity')} ${code(table.entity)}`}`;
}

function marks(table: Table, column: Column): string {
  return [
    table.primaryKey.includes(column.name) ? 'PK' : '',
    table.foreignKeys.some((key) => key.columns.includes(column.name)) ? 'FK' : '',
  ]
    .filter((mark) => mark !== '')
    .join(' ');
}

function notes(column: Column): string {
  return [
    column.nullable ? l10n.t('nullable') : '',
    column.generated === null ? '' : l10n.t('generated: {0}', column.generated.kind),
    column.classification === null ? '' : column.classification.kind.toUpperCase(),
  ]
    .filter((note) => note !== '')
    .join(', ');
}

function fetchNote(relation: Relation): string {
  if (relation.fetch === 'eager') return l10n.t('Loaded with every find (eager).');
  return relation.fetch === 'lazy' ? l10n.t('Loaded by a query of its own on first access (lazy).') : '';
}

function originNote(origin: 'orm' | 'engine'): string {
  return origin === 'orm' ? l10n.t('created by the ORM') : l10n.t('created by the database');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}\n${items.map((item) => `- ${item}`).join('\n')}`;
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Inline code; a fence longer than any run of backticks inside, and no pipe that would end a table's cell. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}

function cell(text: string): string {
  return escape(text).replaceAll('|', '\\|');
}

/** Text of the user's source must not turn into links or images. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#!]/g, '\\$&').replace(/\s+/g, ' ');
}
