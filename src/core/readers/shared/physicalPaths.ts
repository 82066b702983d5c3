/** From paths of entity properties (or columns of raw SQL) to physical tables and columns. */
import type { PathUse } from '../../schema/code.ts';
import type { Column, Relation, Table } from '../../schema/model.ts';

export type Target = NonNullable<PathUse['target']>;

export interface PathResolver {
  /** `entity` null: the path comes from raw SQL. Null where the path means no column that is known. */
  resolve(table: Table, path: string, entity: string | null): Target | null;
}

/** The tables a path may lead through. */
export interface Tables {
  /** Of the entity of that name. */
  readonly entity: (name: string) => Table | undefined;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
}

interface Names {
  readonly byProperty: ReadonlyMap<string, Column>;
  readonly byName: ReadonlyMap<string, Column>;
  readonly relations: ReadonlyMap<string, Relation>;
}

/** Table of a physical name, compared without case where that finds one. */
export function tableFinder(entities: ReadonlyMap<string, Table>): Tables['table'] {
  const physical = new Map<string, Table>();
  for (const table of entities.values()) {
    physical.set(`${table.namespace ?? ''}.${table.name}`, table);
    for (const key of [table.name, table.name.toLowerCase()]) if (!physical.has(key)) physical.set(key, table);
  }
  return (name, namespace) =>
    (namespace === null ? undefined : physical.get(`${namespace}.${name}`)) ??
    physical.get(name) ??
    physical.get(name.toLowerCase());
}

const names = new WeakMap<Table, Names>();

function namesOf(table: Table): Names {
  let known = names.get(table);
  if (!known) {
    known = {
      byProperty: new Map(
        table.columns.flatMap((column) => (column.property === null ? [] : [[column.property, column]])),
      ),
      byName: new Map(table.columns.map((column) => [column.name, column])),
      relations: new Map(table.relations.map((relation) => [relation.property, relation])),
    };
    names.set(table, known);
  }
  return known;
}

export function pathResolver({ entity: entityTable, table: tableOf }: Tables): PathResolver {
  const targetOf = (table: Table, columns: readonly string[]): Target => ({
    table: table.name,
    namespace: table.namespace,
    columns,
  });

  function resolve(table: Table, path: string, depth: number): Target | null {
    const { byProperty, byName, relations } = namesOf(table);
    const column = byProperty.get(path) ?? byName.get(path);
    if (column && !relations.has(path)) return targetOf(table, [column.name]);
    const direct = relations.get(path);
    if (direct) return relationTarget(table, direct);
    if (column) return targetOf(table, [column.name]);
    if (depth > 12) return null;
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      const relation = relations.get(path.slice(0, dot));
      if (!relation) continue;
      const related = tableOf(relation.target, relation.targetNamespace);
      const rest = path.slice(dot + 1);
      const key = related ? resolve(related, rest, depth + 1) : null;
      // `customer.id` is the foreign key itself: no join is needed to compare it.
      const referenced = relation.owner
        ? table.foreignKeys.find(({ columns }) => same(columns, relation.columns))
        : undefined;
      if (relation.owner && relation.columns.length > 0 && key?.table === related?.name) {
        const at =
          referenced?.references.columns.findIndex((name) => name === key?.columns[0]) ??
          (related && same(related.primaryKey, key?.columns ?? []) ? 0 : -1);
        const own = key?.columns.length === 1 ? relation.columns[at] : undefined;
        if (own !== undefined) return targetOf(table, [own]);
      }
      return key;
    }
    return null;
  }

  function relationTarget(table: Table, relation: Relation): Target | null {
    if (relation.columns.length > 0) return targetOf(table, relation.columns);
    const related = tableOf(relation.target, relation.targetNamespace);
    if (relation.joinTable !== null) return { table: relation.joinTable, namespace: table.namespace, columns: [] };
    // The other side holds the key: that is what a join over this relation looks up.
    const inverse =
      relation.inverse === null ? undefined : related?.relations.find(({ property }) => property === relation.inverse);
    return related && inverse && inverse.columns.length > 0 ? targetOf(related, inverse.columns) : null;
  }

  return {
    resolve(table, path, entity) {
      const found = resolve(table, path, 0);
      if (found) return found;
      // APIs that take only a key say `id`, whatever the key is called.
      if (path === 'id' && table.primaryKey.length > 0) return targetOf(table, table.primaryKey);
      const dot = path.indexOf('.');
      if (dot === -1) return null;
      const head = path.slice(0, dot);
      const rest = path.slice(dot + 1);
      const other = entityTable(head) ?? (entity === null ? tableOf(head, null) : undefined);
      if (other) return resolve(other, rest, 0);
      // The alias of a builder that was made elsewhere is not known; a column of its entity is.
      return rest.includes('.') && head.toLowerCase() !== entity?.toLowerCase() ? null : resolve(table, rest, 0);
    },
  };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}
