/** Foreign keys and unenforced relations as lines with a crow's foot at either end. */
import type { ForeignKey, Relation, RelationKind, Table } from '../schema/model.ts';
import type { Cardinality, DiagramEdge } from './model.ts';
import type { TableIds } from './tableIds.ts';

export function relationEdges(tables: readonly Table[], ids: TableIds): readonly DiagramEdge[] {
  const byId = new Map(tables.map((table) => [ids.of(table), table]));
  return tables.flatMap((table) => {
    const from = ids.of(table);
    const taken = new Map<string, number>();
    // Two keys may join the same rows (one to a view of the other's target): number them.
    const unique = (edge: DiagramEdge): DiagramEdge => {
      const count = (taken.get(edge.id) ?? 0) + 1;
      taken.set(edge.id, count);
      return count === 1 ? edge : { ...edge, id: `${edge.id}#${count}` };
    };
    return [
      ...table.foreignKeys.flatMap((key) => {
        const to = ids.find(key.references.table, key.references.namespace, table);
        return to === undefined ? [] : [keyEdge(table, from, key, to)];
      }),
      ...table.relations.flatMap((relation) => {
        const to = ids.find(relation.target, relation.targetNamespace, table);
        const target = to === undefined ? undefined : byId.get(to);
        if (to === undefined || target === undefined || isDrawnElsewhere(table, relation, target, to, ids)) return [];
        return [relationEdge(from, relation, to, target)];
      }),
    ].map(unique);
  });
}

function keyEdge(table: Table, from: string, key: ForeignKey, to: string): DiagramEdge {
  const property = table.relations.find(
    (relation) =>
      relation.owner && relation.target === key.references.table && sameColumns(relation.columns, key.columns),
  )?.property;
  return {
    id: edgeId(from, key.columns, to, key.references.columns),
    from: {
      table: from,
      columns: key.columns,
      cardinality: isUnique(table, key.columns) ? 'zero-or-one' : 'many',
    },
    to: {
      table: to,
      columns: key.references.columns,
      // A key with one null column references nothing (MATCH SIMPLE, the default of every engine).
      cardinality: isNullable(table, key.columns) ? 'zero-or-one' : 'one',
    },
    label: property ?? key.columns.join(', '),
    enforced: key.enforced,
    onDelete: key.onDelete,
    through: null,
    at: key.at,
  };
}

/** Relations that rest on a foreign key are drawn as that key, those over a join table as the join table's keys. */
function isDrawnElsewhere(table: Table, relation: Relation, target: Table, to: string, ids: TableIds): boolean {
  if (relation.joinTable !== null && ids.find(relation.joinTable, null, table) !== undefined) return true;
  if (!relation.owner) return isDrawnByOther(table, relation, target, to, ids);
  return table.foreignKeys.some(
    (key) =>
      ids.find(key.references.table, key.references.namespace, table) === to &&
      sameColumns(key.columns, relation.columns),
  );
}

/**
 * The other side's relation or key stands for both. Where neither side owns it (a document database's lists of ids, a
 * many-to-many relation whose join table nobody declares) one side must be drawn, or the relation would be lost.
 */
function isDrawnByOther(table: Table, relation: Relation, target: Table, to: string, ids: TableIds): boolean {
  const from = ids.of(table);
  const pointsBack = (name: string, namespace: string | null) => ids.find(name, namespace, target) === from;
  // No key of either table can stand for a many-to-many relation.
  const keyBetween =
    target.foreignKeys.some(({ references }) => pointsBack(references.table, references.namespace)) ||
    table.foreignKeys.some(({ references }) => ids.find(references.table, references.namespace, table) === to);
  if (keyBetween && relation.kind !== 'many-to-many') return true;
  const counterparts = target.relations.filter(
    (other) =>
      other !== relation &&
      pointsBack(other.target, other.targetNamespace) &&
      (relation.inverse === null || other.property === relation.inverse),
  );
  if (counterparts.some(({ owner }) => owner)) return true;
  // Of two sides without an owner the one whose name comes first is drawn.
  const isSecond = (other: Relation) => to < from || (to === from && other.property < relation.property);
  return counterparts.some(isSecond);
}

const ends: Readonly<Record<RelationKind, readonly [from: Cardinality, to: Cardinality]>> = {
  'one-to-one': ['zero-or-one', 'one'],
  'many-to-one': ['many', 'one'],
  'one-to-many': ['zero-or-one', 'many'],
  'many-to-many': ['many', 'many'],
};

function relationEdge(from: string, relation: Relation, to: string, target: Table): DiagramEdge {
  const [atFrom, atTo] = ends[relation.kind];
  return {
    id: edgeId(from, relation.columns, to, target.primaryKey),
    from: { table: from, columns: relation.columns, cardinality: atFrom },
    to: {
      table: to,
      columns: target.primaryKey,
      cardinality: atTo === 'one' && relation.nullable ? 'zero-or-one' : atTo,
    },
    label: relation.property,
    enforced: false,
    onDelete: null,
    through: null,
    at: relation.at,
  };
}

/** At most one row can hold a given key: some unique key lies within its columns. */
function isUnique(table: Table, columns: readonly string[]): boolean {
  const within = (key: readonly string[]) => key.length > 0 && key.every((column) => columns.includes(column));
  return (
    within(table.primaryKey) ||
    table.uniques.some((unique) => within(unique.columns)) ||
    table.indexes.some(
      (index) => index.unique && index.where === null && index.expression === null && within(index.columns),
    )
  );
}

function isNullable(table: Table, columns: readonly string[]): boolean {
  return columns.some((name) => table.columns.find((column) => column.name === name)?.nullable ?? false);
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}

function edgeId(from: string, columns: readonly string[], to: string, references: readonly string[]): string {
  return `${from}(${columns.join(',')})->${to}(${references.join(',')})`;
}
