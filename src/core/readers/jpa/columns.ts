/** Columns of basic attributes. */
import type { ColumnRole, Generated } from '../../schema/model.ts';
import type { JavaAnnotation, JavaType } from '../shared/java/model.ts';
import { argument, constantName, items } from '../shared/java/world.ts';
import type { KnownClass } from '../shared/java/world.ts';
import { hibernateOwn, jpa, named } from './annotations.ts';
import type { Context, Place } from './context.ts';
import { physicalColumn } from './context.ts';
import { definitionOf } from './definition.ts';
import type { DraftColumn } from './drafts.ts';
import type { Attribute } from './hierarchy.ts';
import { kindOfCode, kindOfType, kindOfTypeName, primitives } from '../shared/java/valueKinds.ts';
import { sqlType } from '../shared/java/sqlTypes.ts';
import type { Sizes, ValueKind } from '../shared/java/sqlTypes.ts';

/** What decides about the column of a value. */
export interface ValueSource {
  readonly name: string;
  readonly type: JavaType;
  readonly annotations: readonly JavaAnnotation[];
  readonly owner: KnownClass;
  readonly at: Attribute['at'];
}

export interface ValueOptions {
  readonly property: string | null;
  /** `@Column`, or what stands for it (`@MapKeyColumn`, an override). */
  readonly column: JavaAnnotation | undefined;
  readonly isKey: boolean;
  readonly forcedNull: boolean;
  readonly mayMiss?: boolean;
  /** `@MapKeyEnumerated`, `@MapKeyTemporal` instead of those without the prefix. */
  readonly mapKey?: boolean;
}

export function basicColumn(attribute: Attribute, place: Place, context: Context): DraftColumn {
  return valueColumn(attribute, context, {
    property: place.prefix + attribute.name,
    column: place.columns.get(attribute.name) ?? jpa(attribute.annotations, 'Column'),
    isKey: place.isKey,
    forcedNull: place.forcedNull,
    mayMiss: place.mayMiss,
  });
}

export function valueColumn(source: ValueSource, context: Context, options: ValueOptions): DraftColumn {
  const { annotations, owner } = source;
  const { world } = context;
  const { column } = options;
  const text = (name: string): string | null => world.text(argument(column, name), owner);
  const number = (name: string): number | null => world.number(argument(column, name), owner);
  const stated = text('name');
  const logical = stated === null || stated === '' ? source.name : stated;
  const name = physicalColumn(context, logical);
  const found = storedAs(valueOf(source, context, options.mapKey ?? false), context);
  const sizes = sizesOf(source, context, {
    length: number('length'),
    precision: zeroAsNone(number('precision') ?? number('secondPrecision')),
    scale: zeroAsNone(number('scale')),
  });
  const definition = definitionOf(text('columnDefinition'), context.dialect);
  // A scale without a precision is the scale of the default precision.
  const sql = definition?.sql ?? sqlType(found.kind, sizes, context.dialect, context.hibernate);
  // What is stated holds in the one table of several classes too; what only the type or a validation says does not.
  const required =
    options.isKey ||
    world.flag(argument(column, 'nullable'), owner) === false ||
    definition?.notNull === true ||
    (!options.forcedNull &&
      (world.flag(argument(jpa(annotations, 'Basic'), 'optional'), owner) === false ||
        (options.mayMiss !== true &&
          (holdsPrimitive(source, options.column, context) ||
            named(annotations, 'NotNull', 'NotBlank', 'NotEmpty') !== undefined))));
  const enumName = sql.type === 'enum' ? enumTypeOf(found.values, name, source, context) : null;
  return {
    name,
    logical,
    property: options.property,
    ...sql,
    array: found.array,
    nullable: !required,
    default:
      world.text(argument(hibernateOwn(annotations, 'ColumnDefault'), 'value'), owner) ?? definition?.default ?? null,
    generated: generatedOf(source, found.kind, options.isKey, context),
    enum: enumName,
    ...(enumName === null && found.kind.startsWith('enum-') ? { listed: true as const } : {}),
    comment: world.text(argument(hibernateOwn(annotations, 'Comment'), 'value'), owner) ?? text('comment'),
    role: roleOf(annotations),
    insertable: world.flag(argument(column, 'insertable'), owner) !== false,
    updatable: world.flag(argument(column, 'updatable'), owner) !== false,
    transformer: found.converter,
    unique: world.flag(argument(column, 'unique'), owner) === true || definition?.unique === true,
    table: text('table'),
    at: source.at,
  };
}

/**
 * Hibernate takes a primitive for required where nothing states its column: `@Column` is nullable unless it says otherwise ("a bad user choice", as its sources
 * have it), and from version 6 on `@Basic` is optional.
 */
function holdsPrimitive(
  { annotations, type }: ValueSource,
  column: ValueOptions['column'],
  { hibernate }: Context,
): boolean {
  return (
    primitives.has(type.name) &&
    !type.array &&
    column === undefined &&
    (hibernate < 6 || jpa(annotations, 'Basic') === undefined)
  );
}

function zeroAsNone(value: number | null): number | null {
  return value === 0 ? null : value;
}

/** Arrays are types of their own where the engine has them, else bytes. */
function storedAs(value: Value, { dialect }: Context): Value {
  const hasArrays = dialect === null || dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'oracle';
  return value.array && !hasArrays ? { ...value, array: false, kind: 'binary' } : value;
}

interface Value {
  readonly kind: ValueKind;
  readonly array: boolean;
  /** Of enumerations: names of their constants. */
  readonly values: readonly string[];
  readonly converter: string | null;
}

function valueOf(source: ValueSource, context: Context, mapKey: boolean): Value {
  const { annotations, type, owner } = source;
  const { world } = context;
  const plain = (kind: ValueKind, converter: string | null = null, array = false): Value => ({
    kind,
    array,
    values: [],
    converter,
  });
  const isLob = jpa(annotations, 'Lob') !== undefined && !mapKey;
  const conversion = mapKey ? undefined : jpa(annotations, 'Convert');
  const convert = argument(conversion, 'converter') ?? argument(conversion, 'value');
  const disabled = world.flag(argument(conversion, 'disableConversion'), owner) === true;
  if (convert?.kind === 'class' && !disabled) {
    const converter = world.resolve(convert.type.name, owner);
    const stored = converter && storedType(converter, context);
    if (stored) return { ...ofType(stored.type, stored.owner, isLob, context), converter: convert.type.name };
    return plain(libraryConverter(convert.type.name), convert.type.name);
  }
  const code = kindOfCode(constantName(argument(hibernateOwn(annotations, 'JdbcTypeCode'), 'value')));
  if (code && !mapKey) return plain(code);
  const typed = mapKey ? undefined : hibernateOwn(annotations, 'Type');
  const typeArgument = argument(typed, 'type') ?? argument(typed, 'value');
  if (typeArgument) {
    const name = typeArgument.kind === 'class' ? typeArgument.type.name : world.text(typeArgument, owner);
    const kind = name === null ? null : kindOfTypeName(name);
    if (kind) return plain(kind, /json/iu.test(name ?? '') ? null : name);
    if (name !== null && !kindOfType(world.qualify(type.name, owner), type.array)) return plain('unknown', name);
  }
  const temporal = constantName(argument(jpa(annotations, mapKey ? 'MapKeyTemporal' : 'Temporal'), 'value'));
  if (temporal === 'DATE') return plain('date');
  if (temporal === 'TIME') return plain('time');
  const auto = context.converters.get(world.qualify(type.name, owner));
  if (auto && !disabled && !jpa(annotations, 'Enumerated'))
    return { ...ofType(auto.type, auto.owner, isLob, context), converter: auto.name };
  const known = world.resolve(type.name, owner);
  const enumerated = jpa(annotations, mapKey ? 'MapKeyEnumerated' : 'Enumerated');
  if (known?.declaration.kind === 'enum' || (enumerated && !kindOfType(type.name, false))) {
    const byName = constantName(argument(enumerated, 'value')) === 'STRING';
    const values = known?.declaration.constants.map((each) => each.name) ?? [];
    return { kind: byName ? 'enum-string' : 'enum-ordinal', array: type.array, values, converter: null };
  }
  return ofType(type, owner, isLob, context);
}

function ofType(type: JavaType, owner: KnownClass, isLob: boolean, { world }: Context): Value {
  const none = { values: [], converter: null };
  const kind = kindOfType(world.qualify(type.name, owner), type.array);
  if (kind !== null) {
    if (isLob) {
      const large = kind === 'string' || kind === 'char' || kind === 'clob' ? 'clob' : 'blob';
      return { kind: large, array: false, ...none };
    }
    return { kind, array: false, ...none };
  }
  if (type.name === '?') return { kind: 'unknown', array: false, ...none };
  if (isLob) return { kind: 'blob', array: false, ...none };
  // Since Hibernate 6 arrays and collections of basic types are basic types themselves.
  const element = type.array ? kindOfType(type.name, false) : collectionElement(type, owner, world);
  if (element !== null) return { kind: element, array: true, ...none };
  const known = world.resolve(type.name, owner);
  // What is only serializable is kept as bytes.
  return { kind: known?.declaration.kind === 'enum' ? 'enum-ordinal' : 'binary', array: false, ...none };
}

function collectionElement(type: JavaType, owner: KnownClass, world: Context['world']): ValueKind | null {
  const [element] = type.arguments;
  if (!element || !/^(?:List|Set|Collection|SortedSet)$/u.test(type.name.replace(/^.*\./u, ''))) return null;
  return kindOfType(world.qualify(element.name, owner), element.array);
}

/** The second type argument of `AttributeConverter<X, Y>`. */
export function storedType(converter: KnownClass, context: Context): { type: JavaType; owner: KnownClass } | null {
  for (let current: KnownClass | undefined = converter, depth = 0; current && depth < 6; depth++) {
    const found = current.declaration.implements.find(({ name }) => name.endsWith('AttributeConverter'))?.arguments[1];
    if (found) return { type: found, owner: current };
    const base: JavaType | null = current.declaration.extends;
    // `class X extends Base<Foo, String>`: the last argument is what is stored, as far as anybody has it.
    const last = base?.arguments.at(-1);
    if (base && last && kindOfType(last.name, last.array)) return { type: last, owner: current };
    current = base ? context.world.resolve(base.name, current) : undefined;
  }
  return null;
}

function libraryConverter(name: string): ValueKind {
  if (/^(?:YesNo|TrueFalse)Converter$/u.test(name)) return 'char';
  if (name === 'NumericBooleanConverter') return 'int32';
  if (/LocalDateTimeConverter|InstantConverter/u.test(name)) return 'timestamp';
  if (name.includes('LocalDateConverter')) return 'date';
  if (name.includes('LocalTimeConverter')) return 'time';
  return 'string';
}

/** `@Size`, `@Length` and `@Digits` of Bean Validation count as what `@Column` leaves open. */
function sizesOf({ annotations, owner }: ValueSource, { world }: Context, stated: Sizes): Sizes {
  const size = named(annotations, 'Size', 'Length');
  const max = world.number(argument(size, 'max'), owner);
  const digits = named(annotations, 'Digits');
  const integer = world.number(argument(digits, 'integer'), owner);
  const fraction = world.number(argument(digits, 'fraction'), owner);
  return {
    length: max !== null && max < 2_147_483_647 ? max : stated.length,
    precision: integer === null ? stated.precision : integer + (fraction ?? 0),
    scale: integer === null ? stated.scale : fraction,
  };
}

function generatedOf(source: ValueSource, kind: ValueKind, isKey: boolean, context: Context): Generated | null {
  const { annotations, owner } = source;
  const value = jpa(annotations, 'GeneratedValue');
  const computed = hibernateOwn(annotations, 'GeneratedColumn');
  if (computed) return { kind: 'stored', expression: context.world.text(argument(computed, 'value'), owner) };
  if (hibernateOwn(annotations, 'UuidGenerator')) return { kind: 'uuid', expression: null };
  if (!value || !isKey) return null;
  const strategy = constantName(argument(value, 'strategy')) ?? 'AUTO';
  const generator = hibernateOwn(annotations, 'GenericGenerator');
  const own = generator ? context.world.text(argument(generator, 'strategy'), owner) : null;
  if (strategy === 'UUID' || kind === 'uuid' || /uuid|guid/iu.test(own ?? ''))
    return { kind: 'uuid', expression: null };
  if (own !== null && !/^(?:native|sequence|identity|increment)$|sequence|identity/iu.test(own))
    return { kind: 'application', expression: null };
  if (strategy === 'IDENTITY' || own === 'identity') return { kind: identity(context), expression: null };
  if (kind === 'string') return { kind: 'application', expression: null };
  // Hibernate 5 let AUTO mean a sequence too, but in MySQL a table; `native` is what the engine does best.
  if (own === 'native') return { kind: hasSequences(context) ? 'sequence' : identity(context), expression: null };
  return { kind: strategy === 'TABLE' ? 'application' : 'sequence', expression: null };
}

function identity({ dialect }: Context): Generated['kind'] {
  return dialect === 'mysql' || dialect === 'mariadb' || dialect === 'sqlite' ? 'increment' : 'identity';
}

function hasSequences({ dialect }: Context): boolean {
  return dialect !== 'mysql' && dialect !== 'mssql' && dialect !== 'sqlite';
}

const roles: Readonly<Record<string, ColumnRole>> = {
  Version: 'version',
  CreationTimestamp: 'created-at',
  CreatedDate: 'created-at',
  DateCreated: 'created-at',
  UpdateTimestamp: 'updated-at',
  LastModifiedDate: 'updated-at',
  DateUpdated: 'updated-at',
  TenantId: 'tenant',
};

function roleOf(annotations: readonly JavaAnnotation[]): ColumnRole | null {
  for (const { name } of annotations) {
    const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
    if (role) return role;
  }
  return null;
}

/** MySQL keeps enumerations by name in an `enum` since Hibernate 6.2. */
function enumTypeOf(values: readonly string[], column: string, source: ValueSource, context: Context): string | null {
  if (values.length === 0) return null;
  const type = context.world.resolve(source.type.name, source.owner);
  const name = type?.declaration.name.replace(/^.*\./u, '') ?? column;
  const at = type?.declaration.at ?? source.at;
  if (!context.enums.has(name)) context.enums.set(name, { name, namespace: null, values: values.toSorted(), at });
  return name;
}

/** Names in an annotation's list of texts. */
export function textsOf(
  annotation: JavaAnnotation | undefined,
  name: string,
  owner: KnownClass,
  context: Context,
): readonly string[] {
  return items(argument(annotation, name)).flatMap((value) => context.world.text(value, owner) ?? []);
}
