/** From a call in the body of a model to the field it makes. */
import type { SourceRange } from '../../schema/source.ts';
import { parseAnnotation } from '../shared/python/annotations.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyClass, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isExternal, isPlain } from '../shared/python/values.ts';
import type { FieldClass } from './declarations.ts';
import { fieldKind, guessedKind, isColumnless, relationKinds } from './fieldKinds.ts';
import type { FieldKind } from './fieldKinds.ts';
import { isInternalType } from './types.ts';

export type RelationName = 'ForeignKey' | 'OneToOneField' | 'ManyToManyField';

export interface Field {
  readonly name: string;
  /** Class of the field as the source calls it. */
  readonly className: string;
  readonly kind: FieldKind;
  readonly relation: RelationName | null;
  /** By the names that Django's constructors give them. */
  readonly options: ReadonlyMap<string, PyValue>;
  /** The call itself, for what only one kind of field has. */
  readonly call: PyCall | null;
  /** What its own `db_type` returns. */
  readonly dbType: string | null;
  /** False where only its name tells what it may be. */
  readonly known: boolean;
  readonly at: SourceRange;
}

/** A field that is none of the database's: `GenericForeignKey`, a composite key. */
export interface Columnless {
  readonly columnless: string;
  readonly call: PyCall;
}

export interface FieldContext {
  readonly evaluator: Evaluator;
  readonly fieldClass: (cls: PyClass) => FieldClass | undefined;
}

/** Packages whose classes are called fields as well, and are none of a model. */
const otherFields =
  /(?:^|\.)(?:forms|serializers|filters|filterset|django_filters|graphene\w*|rest_framework|marshmallow|wtforms|wtforms_\w+|ninja|strawberry\w*|factory|factory_boy|import_export|django_elasticsearch_dsl|elasticsearch_dsl|haystack|pydantic|dataclasses|attr|attrs|tortoise|peewee|mongoengine|odoo|neomodel|blocks|panels|indexes|search|resources|widgets)(?:\.|$)/;
const ownPackages = /^django\.(?:db|contrib\.(?:gis|postgres))\./;

const common = ['verbose_name', 'name', 'primary_key', 'max_length', 'unique', 'blank', 'null', 'db_index'];
const positional: Readonly<Record<string, readonly string[]>> = {
  ForeignKey: [
    'to',
    'on_delete',
    'related_name',
    'related_query_name',
    'limit_choices_to',
    'parent_link',
    'to_field',
    'db_constraint',
  ],
  OneToOneField: ['to', 'on_delete', 'to_field'],
  ManyToManyField: ['to', 'related_name', 'related_query_name', 'limit_choices_to', 'symmetrical', 'through'],
  DecimalField: ['verbose_name', 'name', 'max_digits', 'decimal_places'],
  DateField: ['verbose_name', 'name', 'auto_now', 'auto_now_add'],
  DateTimeField: ['verbose_name', 'name', 'auto_now', 'auto_now_add'],
  TimeField: ['verbose_name', 'name', 'auto_now', 'auto_now_add'],
  ArrayField: ['base_field', 'size'],
};

/** Null where the value of a class attribute is no field. */
export function fieldOf(
  name: string,
  value: PyValue,
  at: SourceRange,
  context: FieldContext,
): Field | Columnless | null {
  if (!isCall(value)) return null;
  const path = externalPath(value.callee);
  if (path !== null) return fieldOfPath(name, path, value, at);
  return isClass(value.callee) ? fieldOfClass(name, value.callee, value, at, context) : null;
}

export function isColumn(field: Field | Columnless | null): field is Field {
  return field !== null && !('columnless' in field);
}

function fieldOfPath(name: string, path: string, call: PyCall, at: SourceRange): Field | Columnless | null {
  const className = path.slice(path.lastIndexOf('.') + 1);
  if (isColumnless(className)) return { columnless: className, call };
  if (!ownPackages.test(path) && (otherFields.test(path) || !/(?:Field|Key)(?:\(\))?$/.test(className))) return null;
  const found = fieldKind(className, isInternalType);
  const kind = found ?? guessedKind(className, isInternalType);
  // `models.Field()` has no column by itself; what else django.db.models has is no field.
  if (!kind && ownPackages.test(path)) return null;
  return made(name, className, kind, call, at, { known: found !== undefined });
}

function fieldOfClass(
  name: string,
  cls: PyClass,
  call: PyCall,
  at: SourceRange,
  { evaluator, fieldClass }: FieldContext,
): Field | Columnless | null {
  const { classes, foreign } = evaluator.lineage(cls);
  const paths = foreign.flatMap((base) => externalPath(base) ?? []);
  const base = paths.find((path) => /(?:Field|Key)$/.test(path) && (ownPackages.test(path) || !otherFields.test(path)));
  if (isColumnless(cls.name) && !base) return { columnless: cls.name, call };
  // Managers, trackers and the like.
  if (base === undefined) return null;
  const options = new Map<string, PyValue>();
  let dbType: string | null = null;
  let internalType: string | null = null;
  for (const each of classes) {
    const told = fieldClass(each);
    if (!told) continue;
    dbType ??= told.dbType;
    internalType ??= told.internalType;
    for (const [option, source] of Object.entries(told.defaults)) {
      const expression = parseAnnotation(source);
      const value = expression && evaluator.evaluate(expression, evaluator.fileScope(each.file));
      const evaluated = option === 'base_field' && isCall(value) ? value : literal(source, value);
      if (evaluated !== null && !options.has(option)) options.set(option, evaluated);
    }
  }
  const className = base.slice(base.lastIndexOf('.') + 1);
  const stated = internalType !== null ? fieldKind(internalType, isInternalType) : undefined;
  const kind =
    stated ??
    fieldKind(className, isInternalType) ??
    // What says its type itself is not known by its name: a project's own `AddressField` may be anything.
    (dbType === null ? (fieldKind(cls.name, isInternalType) ?? guessedKind(cls.name, isInternalType)) : undefined);
  if (isColumnless(className)) return { columnless: className, call };
  return made(name, cls.name, kind, call, at, { known: kind !== undefined || dbType !== null, options, dbType });
}

/** `True` and `None` are names to the parser of annotations. */
function literal(source: string, value: PyValue): PyValue {
  if (source === 'True' || source === 'False') return source === 'True';
  return isPlain(value) ? value : null;
}

function made(
  name: string,
  className: string,
  kind: FieldKind | undefined,
  call: PyCall,
  at: SourceRange,
  more: { readonly known: boolean; readonly options?: ReadonlyMap<string, PyValue>; readonly dbType?: string | null },
): Field {
  const internal = kind?.internal ?? '';
  const names = positional[internal] ?? common;
  const options = new Map<string, PyValue>(more.options);
  for (const [index, value] of call.arguments.entries()) {
    const key = names[index];
    if (key !== undefined) options.set(key, value);
  }
  for (const [key, value] of call.keywords) options.set(key, value);
  return {
    name,
    className,
    kind: kind ?? { internal: '' },
    relation: relationKinds.has(internal) ? (internal as RelationName) : null,
    options,
    call,
    dbType: more.dbType ?? null,
    known: more.known,
    at,
  };
}

/** Of a field that is known by its options alone: of packages' models, and those that Django adds. */
export function plainField(
  name: string,
  className: string,
  options: Readonly<Record<string, PyValue>>,
  at: SourceRange,
): Field {
  const kind = fieldKind(className, isInternalType) ?? { internal: '' };
  return {
    name,
    className,
    kind,
    relation: relationKinds.has(kind.internal) ? (kind.internal as RelationName) : null,
    options: new Map(Object.entries(options)),
    call: null,
    dbType: null,
    known: true,
    at,
  };
}

export function flag(field: Field, option: string): boolean | null {
  const value = field.options.get(option);
  return typeof value === 'boolean' ? value : null;
}

export function textOption(field: Field, option: string): string | null {
  const value = field.options.get(option);
  return typeof value === 'string' ? value : null;
}

export function isNullable(field: Field): boolean {
  return flag(field, 'null') ?? field.kind.null ?? false;
}

/** Stated, or by being the key: what Django calls `field.unique`. */
export function isUnique(field: Field): boolean {
  return (
    field.relation === 'OneToOneField' || flag(field, 'unique') === true || field.kind.unique === true || isKey(field)
  );
}

export function isKey(field: Field): boolean {
  return flag(field, 'primary_key') === true;
}

export function isIndexed(field: Field): boolean {
  return flag(field, 'db_index') ?? (field.relation === 'ForeignKey' || field.kind.index === true);
}

export function isDjango(value: PyValue | undefined): boolean {
  return isExternal(value) && value.path.startsWith('django.');
}
