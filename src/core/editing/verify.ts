/** Whether entities, read again after an edit, say what was asked for and nothing else. */
import { describeChange } from '../diff/describe.ts';
import { diffSchemas } from '../diff/diff.ts';
import type { Rename } from '../diff/diff.ts';
import type { Change, TableRef } from '../schema/change.ts';
import type { Schema, Table } from '../schema/model.ts';
import type { EntityChange } from '../writers/entityChange.ts';
import { isType } from './types.ts';

export type Verdict =
  | { readonly ok: true; readonly changes: readonly Change[] }
  /** What is wrong, in a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

export function verifyEdit(asked: EntityChange, before: Schema, after: Schema): Verdict {
  const changes = diffSchemas(before, after, { renames: renamesOf(asked) });
  const surplus = changes.filter((change) => !belongs(change, asked, before));
  const [first] = surplus;
  if (first)
    return {
      ok: false,
      reason: `it would also change something else: ${surplus.map(describeChange).slice(0, 3).join('; ')}`,
    };
  if (!happened(asked, changes, before, after))
    return { ok: false, reason: 'it would not have the effect that was asked for' };
  const lost = lostParts(asked, before, after);
  if (lost !== null) return { ok: false, reason: `it would also change something else: ${lost}` };
  const known = new Set(before.problems.map(({ code, message }) => `${code} ${message}`));
  const problem = after.problems.find(({ code, message }) => !known.has(`${code} ${message}`));
  return problem ? { ok: false, reason: problem.message } : { ok: true, changes };
}

function renamesOf(asked: EntityChange): readonly Rename[] {
  if (asked.kind === 'renameTable')
    return [
      { kind: 'table', table: asked.table, namespace: asked.namespace, to: asked.to, toNamespace: asked.toNamespace },
    ];
  if (asked.kind === 'renameColumn')
    return [{ kind: 'column', table: asked.table, namespace: asked.namespace, from: asked.from, to: asked.to }];
  return [];
}

function isOn(change: Change | TableRef, { table, namespace }: TableRef): boolean {
  return 'namespace' in change && change.table === table && change.namespace === namespace;
}

/** A part of what was asked for, or what necessarily comes with it. */
function belongs(change: Change, asked: EntityChange, before: Schema): boolean {
  switch (asked.kind) {
    case 'createTable':
      return (
        change.kind === 'createTable' ||
        // What a base class brings with it.
        ((change.kind === 'addIndex' || change.kind === 'addForeignKey') &&
          !before.tables.some(({ name, namespace }) => isOn(change, { table: name, namespace })))
      );
    case 'dropTable':
      return change.kind === 'dropTable'
        ? change.table.name === asked.table.name && change.table.namespace === asked.table.namespace
        : change.kind === 'dropForeignKey' &&
            isOn(change, { table: asked.table.name, namespace: asked.table.namespace });
    case 'renameTable':
      return (change.kind === 'renameTable' && isOn(change, asked)) || change.kind === 'renameIndex';
    case 'renameColumn':
      return (
        (change.kind === 'renameColumn' && isOn(change, asked)) ||
        (change.kind === 'renameIndex' && isOn(change, asked))
      );
    case 'renameProperty':
      return false;
    case 'addColumn':
      return change.kind === 'addColumn' && isOn(change, asked);
    case 'dropColumn':
      return isDropOf(change, asked, [asked.column.name]);
    case 'alterColumn':
      // Indexes that the ORM makes for some types only, and what becomes of a row whose key goes,
      // follow from the column.
      return (
        isOn(change, asked) &&
        ((change.kind === 'alterColumn' && change.to.name === asked.to.name) ||
          ((change.kind === 'addIndex' || change.kind === 'dropIndex') &&
            change.index.origin === 'orm' &&
            same(change.index.columns, [asked.to.name])) ||
          ((change.kind === 'dropForeignKey' || change.kind === 'addForeignKey') &&
            asked.facets.includes('nullable') &&
            change.foreignKey.columns.includes(asked.to.name)))
      );
    case 'addIndex':
      return (
        (change.kind === 'addIndex' && isOn(change, asked) && same(change.index.columns, asked.index.columns)) ||
        (change.kind === 'addUnique' &&
          isOn(change, asked) &&
          asked.index.unique &&
          same(change.unique.columns, asked.index.columns))
      );
    case 'dropIndex':
      return change.kind === 'dropIndex' && isOn(change, asked) && same(change.index.columns, asked.index.columns);
    case 'addUnique':
      return (change.kind === 'addUnique' || change.kind === 'addIndex') && isOn(change, asked);
    case 'addRelation':
      return (
        ((change.kind === 'addColumn' && change.column.nullable === asked.nullable) ||
          change.kind === 'addForeignKey' ||
          (change.kind === 'addIndex' && change.index.origin !== 'declared') ||
          (change.kind === 'addIndex' && change.index.unique && asked.cardinality === 'one-to-one') ||
          (change.kind === 'addUnique' && asked.cardinality === 'one-to-one')) &&
        isOn(change, asked)
      );
    case 'dropRelation': {
      const table = find(before, asked);
      const relation = table?.relations.find(({ property }) => property === asked.property);
      if (!relation || !table) return false;
      if (relation.joinTable !== null && change.kind === 'dropTable') return change.table.name === relation.joinTable;
      if (relation.joinTable !== null && change.kind === 'dropForeignKey') return change.table === relation.joinTable;
      const owner = relation.owner ? asked : { table: relation.target, namespace: relation.targetNamespace };
      const other = find(before, owner)?.relations.find(({ property }) => property === relation.inverse);
      return isDropOf(change, owner, relation.owner ? relation.columns : (other?.columns ?? []));
    }
    default:
      return false;
  }
}

/** Dropping columns of a table, with the keys and indexes that hold one of them. */
function isDropOf(change: Change, on: TableRef, columns: readonly string[]): boolean {
  const holds = (names: readonly string[]): boolean => names.some((name) => columns.includes(name));
  if (!('namespace' in change) || !isOn(change, on)) return false;
  switch (change.kind) {
    case 'dropColumn':
      return columns.includes(change.column.name);
    case 'dropIndex':
      return holds([...change.index.columns, ...change.index.include]);
    case 'dropUnique':
      return holds(change.unique.columns);
    case 'dropForeignKey':
      return holds(change.foreignKey.columns);
    case 'dropCheck':
      return columns.some((name) => change.check.expression.includes(name));
    default:
      return false;
  }
}

function happened(asked: EntityChange, changes: readonly Change[], before: Schema, after: Schema): boolean {
  const [only] = changes;
  switch (asked.kind) {
    case 'createTable': {
      const made = changes.filter((change) => change.kind === 'createTable');
      const [first, ...others] = made;
      if (!first || others.length > 0) return false;
      const { entity, name, reader } = first.table;
      return (entity === asked.table.entity || name === asked.table.name) && reader === asked.table.reader;
    }
    case 'dropTable':
      return changes.some(({ kind }) => kind === 'dropTable');
    case 'renameTable':
      return changes.some(({ kind }) => kind === 'renameTable');
    case 'renameColumn': {
      const now = find(after, asked);
      return (
        now?.columns.some(({ name }) => name === asked.to) === true &&
        !now.columns.some(({ name }) => name === asked.from)
      );
    }
    case 'renameProperty':
      return propertyOf(find(after, asked), asked.column) === asked.to;
    case 'addColumn':
      return (
        changes.length === 1 &&
        only?.kind === 'addColumn' &&
        (only.column.name === asked.column.name || only.column.property === asked.column.property) &&
        only.column.nullable === asked.column.nullable &&
        isType(asked.column, only.column)
      );
    case 'dropColumn':
      return changes.some(({ kind }) => kind === 'dropColumn');
    case 'alterColumn': {
      const altered = changes.find((change) => change.kind === 'alterColumn');
      const kept = changes.filter(({ kind }) => kind === 'addForeignKey').length;
      return (
        altered?.to.nullable === asked.to.nullable &&
        changes.filter(({ kind }) => kind === 'dropForeignKey').length === kept &&
        (asked.facets.includes('type') ? isType(asked.to, altered.to) : same(altered.facets, asked.facets))
      );
    }
    case 'addIndex':
    case 'addUnique':
    case 'dropIndex':
      // Beside the index of a text Django has PostgreSQL keep one for LIKE.
      return changes.filter((change) => !('index' in change && change.index.origin === 'orm')).length === 1;
    case 'addRelation':
    case 'dropRelation': {
      const relation = find(after, asked)?.relations.find(({ property }) => property === asked.property);
      if (asked.kind === 'dropRelation') return relation === undefined;
      return (
        relation?.target === asked.target.table &&
        relation.kind === asked.cardinality &&
        relation.owner &&
        (asked.inverse === null ||
          find(after, asked.target)?.relations.some(({ property }) => property === asked.inverse) === true) &&
        changes.filter(({ kind }) => kind === 'addForeignKey').length <= 1
      );
    }
    default:
      return changes.length === 1 && only?.kind === asked.kind && before !== after;
  }
}

/** What no database sees: entities, properties and relations that were there and are not, or are others. */
function lostParts(asked: EntityChange, before: Schema, after: Schema): string | null {
  const gone = touchedNames(asked, before);
  const now = new Set(after.tables.flatMap((table) => partsOf(table, asked)));
  const was = before.tables.flatMap((table) => partsOf(table, asked));
  const missing = was.find((part) => !now.has(part) && !gone.some((name) => part.includes(name)));
  return missing === undefined ? null : missing.replaceAll('\u0000', ' ');
}

function partsOf(table: Table, asked: EntityChange): readonly string[] {
  const isRenamed = asked.kind === 'renameTable';
  const id = (isRenamed ? table.entity : null) ?? `${table.namespace ?? ''}.${table.name}`;
  const target = (name: string): string => (isRenamed && name === asked.to ? asked.table : name);
  return [
    `entity\u0000${id}\u0000${table.entity ?? ''}\u0000${table.kind}`,
    ...table.columns.map(({ property, name }) => `property\u0000${id}\u0000${property ?? ''}\u0000${name}\u0000`),
    ...table.relations.map(
      (each) =>
        `relation\u0000${id}\u0000${each.property}\u0000${each.kind}\u0000${target(each.target)}\u0000${each.inverse ?? ''}\u0000`,
    ),
  ];
}

/** Names whose parts may differ: each between separators, as they stand in the parts. */
function touchedNames(asked: EntityChange, before: Schema): readonly string[] {
  const name = (text: string): string => `\u0000${text}\u0000`;
  switch (asked.kind) {
    case 'dropTable':
      return [`\u0000${asked.table.namespace ?? ''}.${asked.table.name}\u0000`];
    case 'renameTable':
      return [];
    case 'renameColumn':
      return [name(asked.from)];
    case 'renameProperty': {
      const old = propertyOf(find(before, asked), asked.column);
      return [name(asked.column), ...(old === null ? [] : [name(old)])];
    }
    case 'dropColumn':
      return [name(asked.column.name)];
    case 'dropRelation': {
      const table = find(before, asked);
      const relation = table?.relations.find(({ property }) => property === asked.property);
      const columns = relation?.columns ?? [];
      const inverse = before.tables
        .flatMap(({ relations }) => relations)
        .find(({ property }) => property === relation?.inverse);
      return [
        name(asked.property),
        ...(relation?.inverse == null ? [] : [name(relation.inverse)]),
        ...[...columns, ...(inverse?.columns ?? [])].map(name),
        ...(relation?.joinTable == null ? [] : [`.${relation.joinTable}\u0000`]),
      ];
    }
    default:
      return [];
  }
}

/** The property that stands for a column: its own, or the relation's whose key it holds. */
export function propertyOf(table: Table | undefined, column: string): string | null {
  const own = table?.columns.find(({ name }) => name === column)?.property ?? null;
  if (own !== null) return own;
  return table?.relations.find(({ owner, columns }) => owner && columns.includes(column))?.property ?? null;
}

function find({ tables }: Schema, { table, namespace }: TableRef): Table | undefined {
  return tables.find((each) => each.name === table && each.namespace === namespace);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
