/** Tables as mappers tell of them: by result maps and statements, or by the annotations of MyBatis-Plus. DDL says it better, where there is any. */
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import type { Column, Generated, Table } from '../../schema/model.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { simpleName } from '../shared/java/typeText.ts';
import { argument, constantName } from '../shared/java/world.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import { sqlType } from '../shared/java/sqlTypes.ts';
import type { ValueKind } from '../shared/java/sqlTypes.ts';
import { kindOfCode, kindOfType } from '../shared/java/valueKinds.ts';
import type { MapperFile, MybatisSettings, Result, ResultMap } from './mappings.ts';

export interface TableOptions {
  readonly world: JavaWorld;
  readonly dialect: Dialect | null;
  readonly settings: MybatisSettings | null;
  readonly moduleOf: (file: string) => string;
}

export interface DerivedTable {
  readonly table: Table;
  /** Full name of the class that stands for it; null = none that is known. */
  readonly entity: string | null;
}

/** `userName` → `user_name` (StringUtils.camelToUnderline of MyBatis-Plus). */
export function underscored(name: string): string {
  return name.replace(/\p{Lu}/gu, (letter, at: number) => (at > 0 ? `_${letter.toLowerCase()}` : letter.toLowerCase()));
}

function newTable(
  name: string,
  entity: string | null,
  columns: readonly Column[],
  key: readonly string[],
  at: SourceRange,
  options: TableOptions,
): Table {
  const dot = name.lastIndexOf('.');
  return {
    ...plainTable(dot === -1 ? name : name.slice(dot + 1), 'mybatis', options.moduleOf(at.file), at),
    namespace: dot === -1 ? null : name.slice(0, dot),
    entity: entity === null ? null : simpleName(entity),
    columns,
    primaryKey: key,
    // What makes the table knows its key; a mapper need not state it.
    ...(key.length === 0 ? { keyUnread: true as const } : {}),
    // Nothing of MyBatis creates tables.
    managed: false,
  };
}

interface ColumnSource {
  readonly name: string;
  readonly property: string | null;
  readonly kind: ValueKind;
  readonly isKey: boolean;
  readonly generated: Generated | null;
  readonly role: Column['role'];
  readonly at: SourceRange;
}

const unsized = { length: null, precision: null, scale: null, array: false } as const;

function columnOf(
  { name, property, kind, isKey, generated, role, at }: ColumnSource,
  { dialect }: TableOptions,
): Column {
  return {
    // Sizes are the business of the DDL.
    ...plainColumn(
      name,
      { ...sqlType(kind, { length: null, precision: null, scale: null }, dialect, 5), ...unsized },
      at,
    ),
    property,
    // Nothing is said of it; that a value may be missing is the safer guess.
    nullable: !isKey,
    generated,
    role,
  };
}

/** Classes of MyBatis-Plus: annotated, or handed to a `BaseMapper` or service. */
export function annotatedTables(options: TableOptions): readonly DerivedTable[] {
  const { world } = options;
  const wanted = new Set<KnownClass>();
  for (const known of world.classes) {
    const { declaration } = known;
    if (declaration.annotations.some(({ name }) => name === 'TableName')) wanted.add(known);
    for (const base of [...declaration.implements, ...(declaration.extends ? [declaration.extends] : [])]) {
      if (
        !/^(?:BaseMapper|BaseMapperPlus|BaseMapperX|IService|ServiceImpl|MPJBaseMapper|IBaseService|Mapper)$/u.test(
          simpleName(base.name),
        )
      )
        continue;
      const element = base.arguments.at(-1);
      const entity = element && world.resolve(element.name, known);
      if (entity && (entity.declaration.kind === 'class' || entity.declaration.kind === 'record')) wanted.add(entity);
    }
  }
  return [...wanted].map((known) => ({ table: annotatedTable(known, options), entity: known.qualified }));
}

function annotatedTable(known: KnownClass, options: TableOptions): Table {
  const { world, settings } = options;
  const { declaration } = known;
  const stated = declaration.annotations.find(({ name }) => name === 'TableName' || name === 'Table');
  const written = world.text(argument(stated, 'value') ?? argument(stated, 'name'), known);
  const simple = simpleName(declaration.name);
  const implicit = `${settings?.tablePrefix ?? ''}${settings?.tableUnderline === false ? simple : underscored(simple)}`;
  const name = (written === null || written === '' ? implicit : written).replace(/[`"[\]]/gu, '');
  const schema = world.text(argument(stated, 'schema'), known);
  const columns = fieldsOf(known, world).flatMap(({ field, owner }): ColumnSource[] => {
    const find = (...names: readonly string[]): (typeof field.annotations)[number] | undefined =>
      field.annotations.find((each) => names.includes(each.name));
    const tableField = find('TableField', 'Column');
    if (field.transient || find('Transient') || world.flag(argument(tableField, 'exist'), owner) === false) return [];
    const id = find('TableId', 'Id');
    const kind = kindOf(field.type.name, field.type.array, owner, world);
    if (kind === null && !tableField && !id) return [];
    const own = world.text(argument(id ?? tableField, 'value') ?? argument(tableField, 'name'), owner);
    const column = (
      own === null || own === '' ? (settings?.columnUnderline === false ? field.name : underscored(field.name)) : own
    ).replace(/[`"[\]]/gu, '');
    const fill = constantName(argument(tableField, 'fill'));
    const handler = argument(tableField, 'typeHandler');
    const isJson = handler?.kind === 'class' && /Json|Jackson|Gson|Fastjson/iu.test(handler.type.name);
    return [
      {
        name: column,
        property: field.name,
        kind: isJson ? 'json' : (kind ?? 'unknown'),
        // Without an annotation a property `id` is the key.
        isKey: id !== undefined,
        generated: id ? generatedBy(constantName(argument(id, 'type')), kind) : null,
        role: find('TableLogic')
          ? 'deleted-at'
          : find('Version')
            ? 'version'
            : fill === 'INSERT' && kind === 'timestamp'
              ? 'created-at'
              : fill !== null && fill.includes('UPDATE') && kind === 'timestamp'
                ? 'updated-at'
                : null,
        at: field.at,
      },
    ];
  });
  const keys = columns.filter(({ isKey }) => isKey);
  const key = keys.length > 0 ? keys : columns.filter(({ property }) => property === 'id');
  const made = columns.map((each) => columnOf({ ...each, isKey: key.includes(each) }, options));
  return newTable(
    schema ? `${schema}.${name}` : name,
    known.qualified,
    made,
    key.map((each) => each.name),
    declaration.at,
    options,
  );
}

/** `IdType.AUTO` is the database's; the default is a number of the application. */
function generatedBy(type: string | null, kind: ValueKind | null): Generated | null {
  if (type === 'AUTO') return { kind: 'increment', expression: null };
  if (type === 'INPUT' || type === 'NONE') return null;
  if (type === 'ASSIGN_UUID' || type === 'UUID') return { kind: 'uuid', expression: null };
  return kind === null ? null : { kind: 'application', expression: null };
}

function fieldsOf(
  known: KnownClass,
  world: JavaWorld,
): readonly { field: KnownClass['declaration']['fields'][number]; owner: KnownClass }[] {
  const chain: KnownClass[] = [];
  for (let current: KnownClass | undefined = known; current && chain.length < 8 && !chain.includes(current);) {
    chain.push(current);
    const base: KnownClass['declaration']['extends'] = current.declaration.extends;
    current = base ? world.resolve(base.name, current) : undefined;
  }
  const seen = new Set<string>();
  return chain
    .toReversed()
    .flatMap((owner) => owner.declaration.fields.filter((field) => !field.static).map((field) => ({ field, owner })))
    .filter(({ field }) => !seen.has(field.name) && seen.add(field.name));
}

/** Null = no value of one column: a relation, a list. */
function kindOf(name: string, array: boolean, owner: KnownClass, world: JavaWorld): ValueKind | null {
  const known = world.resolve(name, owner);
  if (known) return known.declaration.kind === 'enum' ? 'string' : null;
  return kindOfType(world.qualify(name, owner), array);
}

/** Tables that mappers name, with the columns of their result maps and writes. */
export function mappedTables(mappers: readonly MapperFile[], options: TableOptions): readonly DerivedTable[] {
  const maps = new Map(
    mappers.flatMap(({ namespace, resultMaps }) =>
      resultMaps.map((each) => [`${namespace}.${each.id}`, each] as const),
    ),
  );
  return mappers.flatMap((mapper) => mappedTable(mapper, maps, options) ?? []);
}

function mappedTable(
  mapper: MapperFile,
  maps: ReadonlyMap<string, ResultMap>,
  options: TableOptions,
): DerivedTable | null {
  const { statements, namespace } = mapper;
  const count = new Map<string, number>();
  // Who writes a table is its mapper; who only selects may read any.
  for (const { query, joins } of statements) {
    const weight =
      query.operation === 'insert' || query.operation === 'upsert'
        ? 100
        : query.operation === 'update' || query.operation === 'delete'
          ? 10
          : query.operation === 'select' && !joins
            ? 1
            : 0;
    if (query.table !== null && weight > 0 && /^[\w$.]+$/u.test(query.table))
      count.set(query.table, (count.get(query.table) ?? 0) + weight);
  }
  const [name] = [...count].sort((a, b) => b[1] - a[1])[0] ?? [];
  if (name === undefined) return null;
  const own = statements.filter(({ query }) => query.table === name);
  const columns = new Map<string, ColumnSource>();
  const add = (column: ColumnSource): void => {
    const key = column.name.toLowerCase();
    const known = columns.get(key);
    columns.set(
      key,
      known
        ? {
            ...known,
            property: known.property ?? column.property,
            kind: known.kind === 'unknown' ? column.kind : known.kind,
            isKey: known.isKey || column.isKey,
          }
        : column,
    );
  };
  const resolved = (id: string | null): ResultMap | undefined =>
    id === null ? undefined : (maps.get(`${namespace}.${id}`) ?? maps.get(id));
  const used = new Set(own.filter(({ joins }) => !joins).flatMap(({ resultMap }) => resolved(resultMap) ?? []));
  const plain = mapper.resultMaps.filter((map) => (used.has(map) || /^base/iu.test(map.id)) && !map.nested);
  const [first] = plain.length > 0 ? plain : mapper.resultMaps.filter((map) => used.has(map));
  const entity = first
    ? classOf(first.type, mapper, options)
    : typeNamed(
        own.find(({ parameterType, query }) => parameterType !== null && query.operation === 'insert')?.parameterType ??
          own.find(({ resultType }) => resultType !== null)?.resultType ??
          null,
        mapper,
        options,
      );
  const generatedKey = own.map(({ generatedKey: key }) => key).find((key) => key !== null) ?? null;
  const written = new Set(own.flatMap(({ query }) => query.writes.map(({ path }) => path.toLowerCase())));
  for (const map of first ? [first, ...plain.filter((each) => each !== first && each.type === first.type)] : []) {
    for (const result of inherited(map, resolved, 0)) {
      // Of a map that joined selects use as well, what is never written may be another table's.
      if (map.nested && written.size > 0 && !result.isId && !written.has(result.column.toLowerCase())) continue;
      add(resultColumn(result, entity, generatedKey, options));
    }
  }
  for (const { query } of own)
    for (const { path, at } of query.writes) {
      if (!/^[\w$]+$/u.test(path)) continue;
      const property = entity ? propertyFor(path, entity, options) : null;
      add({
        name: path,
        property,
        kind: kindOfProperty(property, entity, options),
        isKey: false,
        generated: null,
        role: null,
        at,
      });
    }
  if (columns.size === 0 && entity === undefined) return null;
  if (columns.size === 0 && entity)
    for (const { field, owner } of fieldsOf(entity, options.world)) {
      const kind = kindOf(field.type.name, field.type.array, owner, options.world);
      if (kind !== null)
        add({
          name: underscored(field.name),
          property: field.name,
          kind,
          isKey: field.name === 'id',
          generated: null,
          role: null,
          at: field.at,
        });
    }
  const all = [...columns.values()];
  const keys = all.filter(({ isKey }) => isKey);
  const namespaceOfTable = own.find(({ query }) => query.namespace !== null)?.query.namespace;
  const at = first?.at ?? own[0]?.query.at;
  if (!at) return null;
  const table = newTable(
    namespaceOfTable ? `${namespaceOfTable}.${name}` : name,
    entity?.qualified ?? null,
    all.map((each) => columnOf(each, options)),
    keys.map((each) => each.name),
    at,
    options,
  );
  return { table, entity: entity?.qualified ?? null };
}

function inherited(
  map: ResultMap,
  find: (id: string | null) => ResultMap | undefined,
  depth: number,
): readonly Result[] {
  const base = depth < 6 && map.extends !== null ? find(map.extends) : undefined;
  if (base?.type !== map.type) return map.results;
  return [...inherited(base, find, depth + 1), ...map.results];
}

/** By its full name, or by the alias that its simple name is. */
function classOf(type: string, mapper: MapperFile, { world }: TableOptions): KnownClass | undefined {
  return world.byName(type) ?? typeNamed(type, mapper, { world });
}

function typeNamed(
  type: string | null,
  { namespace }: MapperFile,
  { world }: Pick<TableOptions, 'world'>,
): KnownClass | undefined {
  if (type === null) return undefined;
  const known = world.byName(type);
  if (known) return known;
  const from = world.byName(namespace);
  const wanted = simpleName(type).toLowerCase();
  return (
    (from && world.resolve(type, from)) ??
    world.classes.find(({ declaration }) => declaration.kind === 'class' && declaration.name.toLowerCase() === wanted)
  );
}

function resultColumn(
  result: Result,
  entity: KnownClass | undefined,
  generatedKey: string | null,
  options: TableOptions,
): ColumnSource {
  const stated = result.jdbcType === null ? null : kindOfCode(result.jdbcType.toUpperCase());
  const isGenerated = generatedKey !== null && (generatedKey === result.column || generatedKey === result.property);
  return {
    name: result.column,
    property: result.property,
    kind: stated ?? kindOfProperty(result.property, entity, options),
    isKey: result.isId,
    generated: isGenerated ? { kind: 'increment', expression: null } : null,
    role: null,
    at: result.at,
  };
}

function kindOfProperty(property: string | null, entity: KnownClass | undefined, { world }: TableOptions): ValueKind {
  if (property === null || !entity) return 'unknown';
  const found = fieldsOf(entity, world).find(({ field }) => field.name === property);
  return (found && kindOf(found.field.type.name, found.field.type.array, found.owner, world)) ?? 'unknown';
}

function propertyFor(column: string, entity: KnownClass, { world }: TableOptions): string | null {
  const wanted = column.replace(/_/gu, '').toLowerCase();
  return fieldsOf(entity, world).find(({ field }) => field.name.toLowerCase() === wanted)?.field.name ?? null;
}
