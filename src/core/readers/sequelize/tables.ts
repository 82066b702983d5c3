/** Defined and associated models → the tables of the schema model: what `sync` creates (`lib/dialects/<dialect>/query-generator.js`). */
import type { EnumType, ForeignKey, Index, ReferentialAction, Table, Unique } from '../../schema/model.ts';
import type { LinkContext } from '../reader.ts';
import { directoryOf } from '../shared/paths.ts';
import { columnOf, isStored } from './columns.ts';
import { primaryFields } from './define.ts';
import type { Attribute, IndexOptions, Model, Settings } from './model.ts';
import { underscore } from './names.ts';
import { relationsOf } from './relations.ts';

export interface TableResult {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly byModel: ReadonlyMap<Model, Table>;
}

export function tablesOf(
  models: readonly Model[],
  settings: Settings,
  { root }: Pick<LinkContext, 'root'>,
): TableResult {
  const enums = new Map<string, EnumType>();
  const tables = new Map<string, Table>();
  const keys = new Map<Model, string>();
  const namespaces = new Map(models.map(({ tableName, schema }) => [tableName, schema]));
  for (const model of models) {
    const own: EnumType[] = [];
    const table = tableOf(model, { settings, root, enums: own, namespaces });
    for (const each of own) {
      const key = `${each.namespace ?? ''}\0${each.name}`;
      if (!enums.has(key)) enums.set(key, each);
    }
    const plain = `${table.namespace ?? ''}\0${table.name}`;
    const known = tables.get(plain);
    // Two models of one name are two programs' (tests, samples, copies), not two views of one table.
    const key =
      known?.entity === table.entity && known.at.file !== table.at.file ? `${plain}\0${table.at.file}` : plain;
    const same = tables.get(key);
    tables.set(key, same ? merged(same, table) : table);
    keys.set(model, key);
  }
  return {
    tables: [...tables.values()],
    enums: [...enums.values()],
    byModel: new Map(
      [...keys].flatMap(([model, key]) => {
        const table = tables.get(key);
        return table ? [[model, table] as const] : [];
      }),
    ),
  };
}

/** Several models on one table: it is created for the first, and has what the others state besides. */
function merged(first: Table, other: Table): Table {
  const added = <T>(mine: readonly T[], theirs: readonly T[], key: (each: T) => string): readonly T[] => {
    const known = new Set(mine.map(key));
    return [...mine, ...theirs.filter((each) => !known.has(key(each)))];
  };
  const listed = (each: { readonly columns: readonly string[] }): string => each.columns.join();
  return {
    ...first,
    columns: added(first.columns, other.columns, ({ name }) => name),
    uniques: added(first.uniques, other.uniques, listed),
    indexes: added(first.indexes, other.indexes, listed),
    foreignKeys: added(first.foreignKeys, other.foreignKeys, listed),
    relations: added(first.relations, other.relations, ({ property }) => property),
  };
}

interface Making {
  readonly settings: Settings;
  readonly root: string;
  readonly enums: EnumType[];
  readonly namespaces: ReadonlyMap<string, string | null>;
}

function tableOf(model: Model, making: Making): Table {
  const { settings, root, enums } = making;
  const stored = [...model.attributes.values()].filter(isStored);
  const made = effective(stored);
  const primaryKey = [...new Set(primaryFields(model))];
  const named = settings.dialect === 'postgresql' || settings.dialect === 'cockroachdb';
  const comment = model.options.get('comment');
  return {
    name: model.tableName,
    namespace: namespaceOf(model.schema, settings),
    entity: model.source?.entity ?? null,
    reader: 'sequelize',
    kind: model.source ? 'table' : 'join-table',
    columns: made.map((each) => columnOf(each, model, settings, enums)),
    primaryKey,
    primaryKeyName: named && primaryKey.length > 0 ? postgresName(`${model.tableName}_pkey`) : null,
    uniques: uniquesOf(stored, model, settings).filter(({ columns }) => !isPrimary(columns, primaryKey, settings)),
    indexes: indexesOf(stored, model, settings),
    foreignKeys: foreignKeysOf(made, model, making),
    relations: relationsOf(model),
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: typeof comment === 'string' ? comment : null,
    managed: true,
    module: moduleOf(model.at.file, root),
    at: model.at,
  };
}

/** Two attributes on one field are one column: the later one makes it (`attributesToSQL`). */
function effective(attributes: readonly Attribute[]): readonly Attribute[] {
  return [...new Map(attributes.map((each) => [each.field ?? each.name, each])).values()];
}

export function namespaceOf(schema: string | null, { dialect }: Settings): string | null {
  const standard = dialect === 'mssql' ? 'dbo' : 'public';
  return dialect === 'sqlite' || schema === standard ? null : schema;
}

export function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  if (root === '') return folder;
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}

/** PostgreSQL cuts names after 63 bytes. */
function postgresName(name: string): string {
  return name.slice(0, 63);
}

/** A constraint on the columns of the primary key is dropped by PostgreSQL and SQLite: the key serves. */
function isPrimary(columns: readonly string[], primaryKey: readonly string[], { dialect }: Settings): boolean {
  const names = [...columns].sort().join();
  return dialect !== 'mysql' && dialect !== 'mariadb' && names === [...primaryKey].sort().join();
}

function uniquesOf(
  attributes: readonly Attribute[],
  model: Model,
  { dialect, isVersion7 }: Settings,
): readonly Unique[] {
  const groups = new Map<
    string,
    { readonly columns: string[]; readonly at: Unique['at']; readonly custom: boolean; readonly byOrm: boolean }
  >();
  for (const { unique, field, name, at, generated } of attributes) {
    if (unique === undefined || unique === false) continue;
    const column = field ?? name;
    const key = typeof unique === 'string' && unique !== '' ? unique : `${model.tableName}_${name}_unique`;
    const known = groups.get(key);
    if (known) known.columns.push(column);
    else groups.set(key, { columns: [column], at, custom: unique !== true, byOrm: generated });
  }
  return [...groups].map(([key, { columns, at, custom, byOrm }]) => ({
    name: isVersion7 && dialect !== 'sqlite' ? underscore(key) : uniqueName(key, columns, custom, model, dialect),
    columns,
    nullsNotDistinct: false,
    deferrable: null,
    origin: byOrm ? 'orm' : 'declared',
    at,
  }));
}

/** Sequelize gives the name to MySQL only; the others name the constraint themselves. */
function uniqueName(
  key: string,
  columns: readonly string[],
  custom: boolean,
  { tableName }: Model,
  dialect: Settings['dialect'],
): string | null {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return postgresName(`${tableName}_${columns.join('_')}_key`);
    case 'mysql':
    case 'mariadb':
      return custom ? key : (columns[0] ?? null);
    default:
      return null;
  }
}

function indexesOf(
  attributes: readonly Attribute[],
  model: Model,
  { dialect, isVersion7 }: Settings,
): readonly Index[] {
  const stated = (model.source?.indexes ?? []).map((index) => indexOf(index, model));
  const own = attributes.flatMap(({ index, type, field, name, at }): Index[] => {
    // Version 6 takes `index` of JSONB alone, version 7 of every attribute.
    const isName = typeof index === 'string';
    if ((index !== true && !isName) || (type?.key !== 'JSONB' && !isName && !isVersion7)) return [];
    const gin = type?.key === 'JSONB' && dialect === 'postgresql';
    const fields = [{ name: field ?? name, expression: null, descending: false }];
    return [
      indexOf(
        { name: isName ? index : null, fields, unique: false, using: gin ? 'gin' : null, type: null, where: null, at },
        model,
      ),
    ];
  });
  return [...stated, ...own];
}

function indexOf(index: IndexOptions, model: Model): Index {
  const columns = index.fields.flatMap(({ name }) => (name === null ? [] : [columnNamed(name, model)]));
  const expressions = index.fields.flatMap(({ expression }) => expression ?? []);
  const methods: Readonly<Record<string, string>> = { fulltext: 'fulltext', spatial: 'spatial' };
  const descending = index.fields.some((field) => field.descending);
  return {
    name: index.name ?? underscore([model.tableName, ...columns].join('_')),
    columns,
    orders: descending ? index.fields.map((field) => (field.descending ? 'desc' : 'asc')) : [],
    include: [],
    unique: index.unique,
    method: methods[index.type ?? ''] ?? (index.using === 'btree' ? null : index.using),
    where: index.where,
    expression: expressions.length > 0 ? expressions.join(', ') : null,
    origin: 'declared',
    at: index.at,
  };
}

/** Version 6 takes columns, version 7 attributes; where only one of them exists it is meant. */
function columnNamed(name: string, { attributes }: Model): string {
  for (const attribute of attributes.values()) if (attribute.field === name) return name;
  return attributes.get(name)?.field ?? name;
}

function foreignKeysOf(
  attributes: readonly Attribute[],
  model: Model,
  { settings, namespaces }: Making,
): readonly ForeignKey[] {
  const keys: ForeignKey[] = [];
  for (const { references, field, name, onDelete, onUpdate, at, generated } of attributes) {
    if (!references) continue;
    const column = field ?? name;
    const target = references.schema ?? namespaces.get(references.table) ?? model.schema;
    keys.push({
      name: foreignKeyName(model.tableName, column, keys.length + 1, settings.dialect),
      columns: [column],
      references: {
        table: references.table,
        namespace: namespaceOf(target, settings),
        columns: [references.key ?? 'id'],
      },
      onDelete: actionOf(onDelete),
      onUpdate: actionOf(onUpdate),
      deferrable: references.deferrable,
      enforced: true,
      origin: generated ? 'orm' : 'declared',
      at,
    });
  }
  const known = new Set(keys.map(({ columns }) => columns.join()));
  for (const { kind, isEnforced, target, foreignKey, at } of model.associations) {
    // `constraints: false`: the application alone keeps what the key means.
    const column = model.attributes.get(foreignKey)?.field;
    if (kind !== 'belongsTo' || isEnforced || column === undefined || known.has(column)) continue;
    known.add(column);
    keys.push({
      name: null,
      columns: [column],
      references: {
        table: target.tableName,
        namespace: namespaceOf(target.schema, settings),
        columns: primaryFields(target),
      },
      onDelete: null,
      onUpdate: null,
      deferrable: null,
      enforced: false,
      origin: 'declared',
      at,
    });
  }
  return keys;
}

function foreignKeyName(table: string, column: string, number: number, dialect: Settings['dialect']): string | null {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return postgresName(`${table}_${column}_fkey`);
    case 'mysql':
    case 'mariadb':
      return `${table}_ibfk_${number}`;
    default:
      return null;
  }
}

const actions = new Set<string>(['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION']);

function isAction(text: string): text is ReferentialAction {
  return actions.has(text);
}

function actionOf(text: string | undefined): ReferentialAction | null {
  const upper = (text ?? '').toUpperCase().trim();
  return isAction(upper) ? upper : null;
}
