/** Column metadata: `ColumnMetadata` of typeorm 1.1. */
import type { Result } from '../shared/typescript/results.ts';
import { columnOptions } from './options.ts';
import type { ColumnArgs, ColumnMeta, ColumnOptions, EmbeddedMeta, EntityMeta, Target } from './model.ts';

export function makeColumn(entity: EntityMeta, embedded: EmbeddedMeta | null, args: ColumnArgs): ColumnMeta {
  const { driver } = entity.settings;
  const { options, mode } = args;
  const date = mode === 'createDate' || mode === 'updateDate' || mode === 'deleteDate';
  const counter = mode === 'version' || mode === 'treeLevel';
  const hasDefault = options.default !== undefined && options.default !== null;
  const column: ColumnMeta = {
    entity,
    embedded,
    target: args.target,
    property: args.property,
    givenName: options.name,
    type: counter ? driver.counter : (options.type ?? (date ? driver.date.type : null)),
    mode,
    options,
    isPrimary: options.primary,
    isNullable: options.nullable ?? options.default === null,
    isArray: options.array,
    default: options.default,
    sqlDefault: (mode === 'createDate' || mode === 'updateDate') && !hasDefault ? driver.date.default : null,
    precision: options.precision === undefined && date ? driver.date.precision : (options.precision ?? null),
    generation: null,
    referenced: null,
    role: null,
    relation: null,
    path: args.property,
    name: args.property,
    nameWithoutPrefixes: args.property,
    at: args.at,
  };
  if (mode === 'deleteDate') column.isNullable = true;
  return column;
}

/** A column no decorator stands for: a join column, a discriminator, a tree's path. */
export function makeVirtualColumn(
  entity: EntityMeta,
  embedded: EmbeddedMeta | null,
  property: string,
  options: Partial<ColumnOptions>,
  source: Pick<ColumnArgs, 'at'> & { readonly target?: Target | null },
): ColumnMeta {
  return makeColumn(entity, embedded, {
    target: source.target ?? null,
    property,
    mode: 'virtual',
    options: { ...columnOptions(null, null), ...options },
    at: source.at,
  });
}

/** What a column that refers to another takes over from it. */
export function copiedOptions(referenced: ColumnMeta): Partial<ColumnOptions> {
  const { options } = referenced;
  return {
    type: referenced.type,
    length: referencingLength(referenced),
    collation: options.collation,
    precision: referenced.precision,
    scale: options.scale,
    unsigned: options.unsigned,
    enum: options.enum,
    enumName: options.enumName,
  };
}

/** MySQL keeps UUIDs in varchar(36), so keys to them are as long (typeorm issue 3604). */
function referencingLength(referenced: ColumnMeta): string | null {
  if (referenced.options.length !== null) return referenced.options.length;
  const { dialect } = referenced.entity.settings.driver;
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  return mysql && (referenced.generation === 'uuid' || referenced.type === 'uuid') ? '36' : null;
}

/** Path and names; again whenever what they rest on has changed. */
export function nameColumn(column: ColumnMeta): void {
  const { entity, embedded, referenced } = column;
  const { naming, driver } = entity.settings;
  let path = embedded ? [...embedded.properties, column.property].join('.') : column.property;
  const junction = entity.table.type === 'junction' || entity.table.type === 'closure-junction';
  if (!junction && column.mode === 'virtual' && referenced && referenced.property !== column.property)
    path += `.${referenced.property}`;
  column.path = path;
  const prefixes = embedded && driver.dialect !== 'mongodb' ? embedded.prefixes : [];
  column.name = naming.columnName(column.property, column.givenName, prefixes);
  column.nameWithoutPrefixes = naming.columnName(column.property, column.givenName, []);
}

export function primaryColumns(entity: EntityMeta): readonly ColumnMeta[] {
  return entity.columns.filter((column) => column.isPrimary);
}

/** `increment`, `uuid`…, from wherever the column's own class says so; null = not generated. */
export function generationOf(column: ColumnMeta): string | null {
  return column.target?.args.generations.find((each) => each.property === column.property)?.strategy ?? null;
}

/** The default of a child class wins over the one its base gives the same property. */
export function overriddenDefault(args: ColumnArgs, own: Target | null): Result {
  const override = own?.args.columns.find((each) => each.property === args.property)?.options.default;
  if (override) return override;
  return args.options.default;
}
