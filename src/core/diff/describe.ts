/** A change in words, one sentence for a person; table names carry their namespace where they have one. */
import type { Change, TableRef } from '../schema/change.ts';
import type { Column } from '../schema/model.ts';
import { plainType } from './diff.ts';

export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'createTable':
      return `Create table ${named(change.table)} with ${String(change.table.columns.length)} columns`;
    case 'dropTable':
      return `Drop table ${named(change.table)} and all its rows`;
    case 'renameTable':
      return `Rename table ${at(change)} to ${named({ name: change.to, namespace: change.toNamespace })}`;
    case 'addColumn':
      return `Add column ${at(change)}.${column(change.column)}`;
    case 'dropColumn':
      return `Drop column ${at(change)}.${change.column.name} and its values`;
    case 'renameColumn':
      return `Rename column ${at(change)}.${change.from} to ${change.to}`;
    case 'alterColumn':
      return `Change ${at(change)}.${change.to.name}: ${change.facets.map((facet) => alteration(facet, change.from, change.to)).join(', ')}`;
    case 'setPrimaryKey':
      return `Change the primary key of ${at(change)} from (${change.from.join(', ')}) to (${change.to.join(', ')})`;
    case 'addIndex':
      return `Add ${change.index.unique ? 'unique ' : ''}index on ${at(change)} (${change.index.expression ?? change.index.columns.join(', ')})${change.index.where === null ? '' : ` where ${change.index.where}`}`;
    case 'dropIndex':
      return `Drop index ${change.index.name ?? `on (${change.index.columns.join(', ')})`} of ${at(change)}`;
    case 'renameIndex':
      return `Rename index ${change.from} of ${at(change)} to ${change.to}`;
    case 'addUnique':
      return `Require ${at(change)} (${change.unique.columns.join(', ')}) to be unique`;
    case 'dropUnique':
      return `Allow duplicates in ${at(change)} (${change.unique.columns.join(', ')})`;
    case 'addForeignKey': {
      const { columns, references, onDelete } = change.foreignKey;
      return `Add foreign key ${at(change)} (${columns.join(', ')}) to ${named({ name: references.table, namespace: references.namespace })} (${references.columns.join(', ')})${onDelete === null ? '' : `, on delete ${onDelete.toLowerCase()}`}`;
    }
    case 'dropForeignKey':
      return `Drop foreign key ${at(change)} (${change.foreignKey.columns.join(', ')}) to ${change.foreignKey.references.table}`;
    case 'addCheck':
      return `Add check on ${at(change)}: ${change.check.expression}`;
    case 'dropCheck':
      return `Drop check on ${at(change)}: ${change.check.expression}`;
    case 'createEnum':
      return `Create enum ${named(change.enum)} (${change.enum.values.join(', ')})`;
    case 'dropEnum':
      return `Drop enum ${named(change.enum)}`;
    case 'alterEnum': {
      const added = change.to.values.filter((value) => !change.from.values.includes(value));
      const removed = change.from.values.filter((value) => !change.to.values.includes(value));
      const words = [
        ...(added.length > 0 ? [`add ${added.join(', ')}`] : []),
        ...(removed.length > 0 ? [`remove ${removed.join(', ')}`] : []),
      ];
      return `Change enum ${named(change.to)}: ${words.length > 0 ? words.join('; ') : `reorder to ${change.to.values.join(', ')}`}`;
    }
  }
}

/** True where rows or values are gone for good once it ran. */
export function losesData(change: Change): boolean {
  if (change.kind === 'dropTable' || change.kind === 'dropColumn') return true;
  return change.kind === 'alterEnum' && change.from.values.some((value) => !change.to.values.includes(value));
}

function named(table: { readonly name: string; readonly namespace: string | null }): string {
  return table.namespace === null ? table.name : `${table.namespace}.${table.name}`;
}

function at(change: TableRef): string {
  return named({ name: change.table, namespace: change.namespace });
}

function column(element: Column): string {
  return `${element.name} ${plainType(element)}${element.nullable ? '' : ' not null'}${element.default === null ? '' : ` default ${element.default}`}`;
}

function alteration(facet: string, from: Column, to: Column): string {
  switch (facet) {
    case 'type':
      return `type ${plainType(from)} to ${plainType(to)}`;
    case 'nullable':
      return to.nullable ? 'allow null' : 'require a value';
    case 'default':
      return to.default === null ? 'drop the default' : `default ${to.default}`;
    case 'comment':
      return to.comment === null ? 'drop the comment' : `comment "${to.comment}"`;
    case 'enum':
      return `enum ${from.enum ?? 'none'} to ${to.enum ?? 'none'}`;
    case 'collation':
      return `collation ${to.collation ?? 'default'}`;
    default:
      return to.generated === null ? 'no longer generated' : `generated (${to.generated.kind})`;
  }
}
