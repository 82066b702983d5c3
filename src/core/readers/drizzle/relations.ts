/** `relations(…)` and `defineRelations(…)` → relations of the tables, and the keys that only they state. */
import type { Relation, RelationKind } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { isCall, isFunction, isList, isMember, isMethod, isObject } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import { chainOf, entry, textEntry } from './chains.ts';
import type { ColumnReference, DeclaredTable, World } from './world.ts';

export interface DeclaredRelation {
  readonly table: DeclaredTable;
  readonly target: DeclaredTable;
  readonly property: string;
  readonly list: boolean;
  /** Pairs two relations between the same tables. */
  readonly label: string | null;
  readonly columns: readonly ColumnReference[];
  readonly references: readonly ColumnReference[];
  readonly through: DeclaredTable | null;
  readonly optional: boolean;
  readonly at: SourceRange;
}

/** What callbacks are given: `one` and `many` of it make relations. */
const helper: Result = { is: 'external', module: 'drizzle-orm', name: 'r' };

/** Of the first version: `relations(users, ({ one, many }) => ({ … }))`. */
export function relationsOf(result: Result, world: World, at: SourceRange): readonly DeclaredRelation[] {
  if (!isCall(result) || !/(?:^|\.)drizzle-orm/.test(result.module ?? 'drizzle-orm')) return [];
  if (result.name === 'defineRelations' || result.name === 'defineRelationsPart')
    return definedRelations(result, world, at);
  if (result.name !== 'relations') return [];
  const [subject, config] = result.arguments;
  const table = world.tableOf(subject);
  // `({ one }) =>` or `(r) =>`
  const given = isFunction(config) ? world.evaluator.call(config, [helper]) : config;
  if (!table || !isObject(given)) return [];
  return [...given.entries].flatMap(([property, value]): DeclaredRelation[] => {
    const chain = chainOf(value);
    // `({ one }) =>` gives a call of `one`, `(r) =>` a method of `r`.
    const kind = chain?.maker ?? (isMethod(value) ? value.name : '');
    const args = chain?.arguments ?? (isMethod(value) ? value.arguments : []);
    const target = world.tableOf(args[0]);
    if (!target || !/(?:^|\.)(?:one|many)$/.test(kind)) return [];
    return [
      {
        table,
        target,
        property,
        list: kind.endsWith('many'),
        label: textEntry(args[1], 'relationName'),
        columns: columnsIn(entry(args[1], 'fields'), world),
        references: columnsIn(entry(args[1], 'references'), world),
        through: null,
        optional: true,
        at: given.positions.get(property) ?? at,
      },
    ];
  });
}

function columnsIn(result: Result, world: World): readonly ColumnReference[] {
  const listed = isList(result) ? result : result === undefined ? [] : [result];
  return listed.flatMap((each) => world.column(each) ?? []);
}

/** Of the second version: `defineRelations(schema, (r) => ({ users: { posts: r.many.posts({ from: r.users.id, to: … }) } }))`. */
function definedRelations(
  result: Extract<Result, { readonly is: 'call' }>,
  world: World,
  at: SourceRange,
): readonly DeclaredRelation[] {
  const [schema, config] = result.arguments;
  // A namespace import (`import * as schema`) has no value: names are looked for among all tables then.
  const byKey = new Map<string, DeclaredTable>();
  for (const table of world.tables.values())
    if (!byKey.has(table.shape.constant)) byKey.set(table.shape.constant, table);
  if (isObject(schema))
    for (const [key, value] of schema.entries) {
      const table = world.tableOf(value);
      if (table) byKey.set(key, table);
    }
  const given = isFunction(config) ? world.evaluator.call(config, [helper]) : undefined;
  if (!isObject(given)) return [];
  return [...given.entries].flatMap(([key, relations]) => {
    const table = byKey.get(key);
    return table && isObject(relations) ? ofTable(table, relations, byKey, at) : [];
  });
}

function ofTable(
  table: DeclaredTable,
  relations: ObjectResult,
  byKey: ReadonlyMap<string, DeclaredTable>,
  at: SourceRange,
): readonly DeclaredRelation[] {
  return [...relations.entries].flatMap(([property, value]): DeclaredRelation[] => {
    // `r.many.posts({ … })`
    const kind = isMethod(value) && isMember(value.object) ? value.object.name : '';
    const target = isMethod(value) ? byKey.get(value.name) : undefined;
    if (!isMethod(value) || !target || (kind !== 'one' && kind !== 'many')) return [];
    const [options] = value.arguments;
    const side = (name: string): { columns: ColumnReference[]; through: DeclaredTable | null } => {
      const given = entry(options, name);
      const columns: ColumnReference[] = [];
      let through: DeclaredTable | null = null;
      for (const each of isList(given) ? given : given === undefined ? [] : [given]) {
        const member = isMethod(each) && each.name === 'through' ? each.object : each;
        if (isMethod(each) && each.name === 'through') through = referred(each.arguments[0], byKey)?.declared ?? null;
        const column = referred(member, byKey);
        if (column) columns.push(column);
      }
      return { columns, through };
    };
    const [from, to] = [side('from'), side('to')];
    return [
      {
        table,
        target,
        property,
        list: kind === 'many',
        label: textEntry(options, 'alias'),
        columns: from.columns,
        references: to.columns,
        through: from.through ?? to.through,
        optional: entry(options, 'optional') !== false,
        at: relations.positions.get(property) ?? at,
      },
    ];
  });
}

/** `r.users.id` */
function referred(result: Result, byKey: ReadonlyMap<string, DeclaredTable>): ColumnReference | null {
  const declared = isMember(result) && isMember(result.object) ? byKey.get(result.object.name) : undefined;
  const column = declared && isMember(result) ? declared.byKey.get(result.name) : undefined;
  return declared && column
    ? { table: declared.shape, declared, name: column.name, original: column.key, descending: false }
    : null;
}

/** A table's own relations, each with its other side. `isUnique`: no two rows have the same values in these columns. */
export function linkRelations(
  own: readonly DeclaredRelation[],
  all: readonly DeclaredRelation[],
  isUnique: (table: DeclaredTable, columns: readonly string[]) => boolean,
  isKey: (table: DeclaredTable, columns: readonly string[]) => boolean,
): readonly Relation[] {
  return own.map((relation): Relation => {
    const inverse = all.find(
      (other) =>
        other.table === relation.target &&
        other.target === relation.table &&
        other !== relation &&
        other.label === relation.label &&
        other.through === relation.through &&
        (relation.label !== null || other.list || relation.list || other.columns.length !== relation.columns.length) &&
        (relation.columns.length === 0 || other.columns.length === 0 || crossed(relation, other)),
    );
    const columns = relation.columns.map(({ name }) => name);
    const unique = columns.length > 0 && isUnique(relation.table, columns);
    const owner = relation.through !== null || (!relation.list && columns.length > 0 && !isInverse(relation, isKey));
    return {
      property: relation.property,
      kind: kindOf(relation, inverse, owner, unique),
      target: relation.target.shape.name,
      targetNamespace: relation.target.shape.namespace,
      owner,
      columns: owner && relation.through === null ? columns : [],
      inverse: inverse?.property ?? null,
      joinTable: relation.through?.shape.name ?? null,
      nullable: !relation.list && relation.optional,
      fetch: 'explicit',
      cascade: [],
      at: relation.at,
    };
  });
}

function crossed(a: DeclaredRelation, b: DeclaredRelation): boolean {
  const names = (columns: readonly ColumnReference[]): string => columns.map(({ name }) => name).join();
  return a.through !== null || (names(a.columns) === names(b.references) && names(a.references) === names(b.columns));
}

/** Both versions let the side without the key state the columns too: it is the one whose columns are its own key. */
function isInverse(
  { table, target, columns, references }: DeclaredRelation,
  isKey: (table: DeclaredTable, columns: readonly string[]) => boolean,
): boolean {
  const names = (each: readonly ColumnReference[]): readonly string[] => each.map(({ name }) => name);
  return isKey(table, names(columns)) && !isKey(target, names(references));
}

function kindOf(
  relation: DeclaredRelation,
  inverse: DeclaredRelation | undefined,
  owner: boolean,
  unique: boolean,
): RelationKind {
  if (relation.through) return 'many-to-many';
  if (relation.list) return 'one-to-many';
  if (owner) return inverse ? (inverse.list ? 'many-to-one' : 'one-to-one') : unique ? 'one-to-one' : 'many-to-one';
  return 'one-to-one';
}
