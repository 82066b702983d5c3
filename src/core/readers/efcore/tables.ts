/** From the model of a context to tables. */
import type { Column, Dialect, EnumType, ForeignKey, Index, Inheritance, Table } from '../../schema/model.ts';
import { directoryOf } from '../shared/paths.ts';
import { plainColumn, plainTable, plainUnique } from '../../schema/emptyTable.ts';
import { columnOf } from './columns.ts';
import type { ColumnContext } from './columns.ts';
import type { Conventional } from './conventions.ts';
import { actionOf } from './model.ts';
import type { ContextModel } from './model.ts';
import { alternateName, columnsOf, foreignKeyName, indexName, keyName, nodeOf, strategyOf, tableOf } from './names.ts';
import { keyOf, rootOf } from './nodes.ts';
import type { Node } from './nodes.ts';
import { relationsOf } from './relations.ts';
import { familyOf } from '../shared/csharp/storeTypes.ts';

export interface EfTable {
  readonly table: Table;
  /** Entity types kept in it, the one it is named after first. */
  readonly nodes: readonly Node[];
}

interface Group {
  readonly name: string;
  readonly schema: string | null;
  readonly kind: 'table' | 'view';
  readonly nodes: Node[];
}

export function tablesOf(
  conventional: Conventional,
  model: ContextModel,
  dialect: Dialect,
  root: string,
): readonly EfTable[] {
  const groups = new Map<string, Group>();
  for (const node of conventional.nodes.values()) {
    if (!isKept(node)) continue;
    const { name, schema, kind } = tableOf(node, model);
    if (name === null || kind === 'none') continue;
    const key = `${schema ?? ''}\0${name}`;
    const group = groups.get(key);
    if (group) group.nodes.push(node);
    else groups.set(key, { name, schema, kind, nodes: [node] });
  }
  const context: ColumnContext = { model, dialect };
  return [...groups.values()].map((group) => tableFor(group, conventional, context, root));
}

/** An entity type that only a navigation seemed to lead to and that has nothing of its own is none: a class outside of the project. */
function isKept(node: Node): boolean {
  return node.properties.size > 0 || node.base !== null || node.type.join;
}

function tableFor(group: Group, conventional: Conventional, context: ColumnContext, root: string): EfTable {
  const { model, dialect } = context;
  const nodes = [...group.nodes].sort((a, b) => rank(a) - rank(b));
  const [main] = nodes;
  if (!main) throw new Error('A group of nodes that share a table has at least one.');
  const { type } = main;
  const isView = group.kind === 'view';
  const columns = new Map<string, Column>();
  const add = (column: Column): void => {
    const known = columns.get(column.name);
    if (!known) columns.set(column.name, column);
    else if (known.property === null && column.property !== null)
      columns.set(column.name, {
        ...column,
        nullable: known.nullable && column.nullable,
        generated: known.generated ?? column.generated,
      });
  };
  for (const node of nodes) for (const column of columnsFor(node, main, context)) add(column);
  const discriminator = discriminatorOf(main, context);
  if (discriminator) add(discriminator);
  const key = rootOf(main).key;
  const at = type.at;
  const foreignKeys = isView ? [] : nodes.flatMap((node) => foreignKeysOf(node, group, context));
  const table: Table = {
    ...plainTable(group.name, 'efcore', moduleOf(at.file, root), at),
    namespace: group.schema,
    entity: type.join && !type.info ? null : type.name,
    kind: isView ? 'view' : type.join || isJoin(main, conventional) ? 'join-table' : 'table',
    columns: ordered([...columns.values()], key ? columnsOf(key.properties, main, model) : []),
    primaryKey: isView || !key ? [] : columnsOf(key.properties, main, model),
    // Of what is not said to be keyless, EF Core asks for a key.
    ...(!isView && !key && type.key !== 'none' ? { keyUnread: true as const } : {}),
    primaryKeyName: isView || !key || familyOf(dialect) === 'mysql' ? null : keyName(main, model),
    uniques: isView
      ? []
      : nodes.flatMap((node) =>
          node.alternates.map((alternate) =>
            plainUnique(
              alternateName(alternate, node, model),
              columnsOf(alternate.properties, node, model),
              alternate.at,
            ),
          ),
        ),
    indexes: isView ? [] : unique(nodes.flatMap((node) => indexesOf(node, [...columns.values()], context))),
    foreignKeys: uniqueKeys(foreignKeys),
    relations: nodes.flatMap((node) => relationsOf(node, main, conventional, model)),
    checks: nodes.flatMap((node) => node.type.checks),
    inheritance: inheritanceOf(main, context, discriminator),
    comment: nodes.map((node) => node.type.comment).find((each) => each !== null) ?? null,
    managed: !isView && !nodes.some((node) => node.type.table?.excluded === true),
  };
  return { table, nodes };
}

/** Roots before what derives from them, before what they own. */
function rank(node: Node): number {
  return (node.type.owner ? 2 : 0) + (node.base ? 1 : 0);
}

function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  if (root === '') return folder;
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}

function isJoin(node: Node, { many }: Conventional): boolean {
  return (
    many.some(({ join }) => join === node) &&
    [...node.properties.values()].every(({ name }) =>
      node.foreignKeys.some(({ properties }) => properties.includes(name)),
    )
  );
}

function ordered(columns: readonly Column[], key: readonly string[]): readonly Column[] {
  const first = key.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return [...first, ...columns.filter((column) => !first.includes(column))];
}

/** Columns that an entity type adds to the table. */
function columnsFor(node: Node, main: Node, context: ColumnContext): readonly Column[] {
  const strategy = strategyOf(node);
  const { owner } = node.type;
  if (inJson(node)) {
    const outermost = outermostJson(node);
    return outermost === node ? [jsonColumn(node, context)] : [];
  }
  const columns: Column[] = [];
  const optional = owner !== null && !owner.many && isOptional(node);
  const prefix = owner && !owner.many && node !== main ? `${ownerPath(node)}.` : '';
  // Of a hierarchy in one table what derived types add may be absent.
  const derived = strategy === 'tph' && node.base !== null;
  for (const property of node.properties.values())
    columns.push(columnOf(property, node, optional || derived, prefix, context));
  if (node.base && strategy !== 'tph') {
    const above: Column[] = [];
    for (let at: Node | null = node.base; at; at = at.base)
      for (const property of at.properties.values())
        if (strategy === 'tpc' || keyOf(node).includes(property.name)) {
          const column = columnOf(property, at, false, prefix, context);
          above.push(strategy === 'tpt' ? { ...column, generated: null } : column);
        }
    return [...above, ...columns];
  }
  return columns;
}

function inJson(node: Node): boolean {
  for (let at: Node | null = node; at; at = nodeOf(at)) if (at.type.json) return true;
  return false;
}

function outermostJson(node: Node): Node {
  let found = node;
  for (let at: Node | null = node; at; at = nodeOf(at)) if (at.type.json) found = at;
  return found;
}

function jsonColumn(node: Node, { dialect }: ColumnContext): Column {
  const { owner, json } = node.type;
  const family = familyOf(dialect);
  const above = nodeOf(node);
  const required =
    above?.type.requiredNavigations.has(owner?.navigation ?? '') === true ||
    above?.navigations.get(owner?.navigation ?? '')?.nullable === false;
  const rawType =
    family === 'postgresql' ? 'jsonb' : family === 'mysql' ? 'json' : family === 'sqlite' ? 'TEXT' : 'nvarchar(max)';
  const column = plainColumn(
    json?.column ?? owner?.navigation ?? node.type.name,
    { type: 'json', rawType, length: null, precision: null, scale: null, array: false },
    node.type.at,
  );
  return { ...column, property: owner?.navigation ?? null, nullable: !required };
}

function ownerPath(node: Node): string {
  const { owner } = node.type;
  if (!owner) return '';
  const above = nodeOf(node);
  const before = above ? ownerPath(above) : '';
  return before === '' ? owner.navigation : `${before}.${owner.navigation}`;
}

/** A single owned object may be absent unless its navigation is required, as may the owner's. */
function isOptional(node: Node): boolean {
  for (let at: Node | null = node; at?.type.owner; at = nodeOf(at)) {
    const { owner } = at.type;
    const above = nodeOf(at);
    if (!above || owner.many) break;
    const navigation = above.navigations.get(owner.navigation);
    const required =
      above.type.requiredNavigations.has(owner.navigation) ||
      navigation?.nullable === false ||
      navigation?.attributes?.has('Required') === true;
    if (!required) return true;
  }
  return false;
}

/** Lengths that EF Core 8 and later round discriminators up to, so that a longer name seldom means a migration. */
const discriminatorLengths = [5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987];

function hierarchy(node: Node): readonly Node[] {
  return [node, ...node.derived.flatMap(hierarchy)];
}

function discriminatorOf(main: Node, { model, dialect }: ColumnContext): Column | null {
  const root = rootOf(main);
  if (
    main !== root ||
    root.derived.length === 0 ||
    strategyOf(root) !== 'tph' ||
    root.type.discriminator === 'none' ||
    root.type.owner
  )
    return null;
  const { discriminator } = root.type;
  const name = discriminator?.column ?? 'Discriminator';
  const property = root.properties.get(name);
  const type = discriminator?.type?.name ?? 'string';
  const at = root.type.at;
  if (property)
    return { ...columnOf(property, root, false, '', { model, dialect }), nullable: false, role: 'discriminator' };
  const settings = root.type.settings.get(name);
  const longest = Math.max(
    ...hierarchy(root).map(({ type: each }) => (discriminator?.values.get(each.id) ?? each.name).length),
  );
  const length = settings?.maxLength ?? discriminatorLengths.find((each) => each >= longest) ?? null;
  const column = columnOf(
    {
      name,
      settings: { ...settings, ...(/^string$/iu.test(type) && length !== null ? { maxLength: length } : {}) },
      type: {
        kind: 'scalar',
        scalar: /^int|Int32$/u.test(type)
          ? 'int'
          : type === 'bool'
            ? 'bool'
            : /^string$/iu.test(type)
              ? 'string'
              : 'int',
        enum: null,
        list: false,
        nullable: false,
        value: true,
        name: type,
      },
      nullable: false,
      shadow: true,
      at,
    },
    root,
    false,
    '',
    { model, dialect },
  );
  return { ...column, role: 'discriminator' };
}

function inheritanceOf(main: Node, { model }: ColumnContext, discriminator: Column | null): Inheritance | null {
  const strategy = strategyOf(main);
  if (main.derived.length === 0 && !main.base) return null;
  const values = (node: Node): string | null => {
    const stated = rootOf(node).type.discriminator;
    return stated && stated !== 'none'
      ? (stated.values.get(node.type.id) ?? node.type.name)
      : discriminator
        ? node.type.name
        : null;
  };
  return {
    strategy: strategy === 'tph' ? 'single-table' : strategy === 'tpt' ? 'joined' : 'table-per-class',
    parent: main.base ? (tableOf(main.base, model).name ?? null) : null,
    discriminatorColumn: discriminator?.name ?? null,
    children:
      strategy === 'tph'
        ? hierarchy(main)
            .filter(({ type }) => !(type.info?.abstract ?? false))
            .map((node) => ({ entity: node.type.name, value: values(node) }))
        : [],
  };
}

function indexesOf(node: Node, columns: readonly Column[], { model, dialect }: ColumnContext): readonly Index[] {
  // Of types with a table each, an index over inherited columns stands with the table that has them.
  return node.indexes.map((index) => {
    const names = columnsOf(index.properties, node, model);
    const isUnique = index.unique === true;
    const nullable = names.filter((name) => columns.find((column) => column.name === name)?.nullable);
    const filtered = isUnique && familyOf(dialect) === 'mssql' && index.where === undefined && nullable.length > 0;
    return {
      name: indexName(index, node, model),
      columns: names,
      orders:
        index.descending?.some(Boolean) === true
          ? names.map((_, at) => (index.descending?.[at] === true ? ('desc' as const) : ('asc' as const)))
          : [],
      include: columnsOf(index.include ?? [], node, model),
      unique: isUnique,
      method: index.method ?? null,
      where: filtered ? nullable.map((name) => `[${name}] IS NOT NULL`).join(' AND ') : (index.where ?? null),
      expression: null,
      origin: index.by,
      at: index.at,
    };
  });
}

function unique(indexes: readonly Index[]): readonly Index[] {
  const seen = new Set<string>();
  return indexes.filter((index) => {
    const key = `${index.name ?? ''}\0${index.columns.join()}`;
    return !seen.has(key) && seen.add(key);
  });
}

function uniqueKeys(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const text = JSON.stringify([key.columns, key.references]);
    return !seen.has(text) && seen.add(text);
  });
}

function foreignKeysOf(node: Node, group: Group, { model, dialect }: ColumnContext): readonly ForeignKey[] {
  if (inJson(node)) return [];
  const found: ForeignKey[] = [];
  const toBase = node.base && strategyOf(node) === 'tpt' ? node.base : null;
  if (toBase) {
    const key = columnsOf(keyOf(node), node, model);
    const base = tableOf(toBase, model);
    if (base.name !== null)
      found.push({
        name: `FK_${group.name}_${base.name}_${key.join('_')}`,
        columns: key,
        references: { table: base.name, namespace: base.schema, columns: columnsOf(keyOf(toBase), toBase, model) },
        onDelete: 'CASCADE',
        onUpdate: null,
        deferrable: null,
        enforced: true,
        origin: 'orm',
        at: node.type.at,
      });
  }
  for (const key of node.foreignKeys) {
    const principal = tableOf(key.principal, model);
    if (principal.name === null || principal.kind !== 'table') continue;
    // The owner's table is its own.
    const columns = columnsOf(key.properties, node, model);
    const references = columnsOf(key.principalProperties, key.principal, model);
    if (principal.name === group.name && principal.schema === group.schema && columns.join() === references.join())
      continue;
    const action = actionOf(key.behavior);
    found.push({
      name: foreignKeyName(key, model),
      columns,
      references: { table: principal.name, namespace: principal.schema, columns: references },
      // SQL Server knows no RESTRICT; it is its NO ACTION.
      onDelete: action === 'RESTRICT' && familyOf(dialect) === 'mssql' ? 'NO ACTION' : action,
      onUpdate: null,
      deferrable: null,
      enforced: true,
      origin: key.origin,
      at: key.at,
    });
  }
  return found;
}

/** Enums that are types of the database. */
export function enumsOf(
  model: ContextModel,
  valuesOf: (key: string) => { readonly values: readonly string[]; readonly at: EnumType['at'] } | null,
): readonly EnumType[] {
  return [...model.databaseEnums].flatMap(([key, { name, schema }]) => {
    const found = valuesOf(key);
    return found ? [{ name, namespace: schema, values: found.values, at: found.at }] : [];
  });
}
