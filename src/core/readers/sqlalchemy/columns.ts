/** The columns of a table. */
import type { Column, ColumnRole, Generated } from '../../schema/model.ts';
import type { PyValue } from '../shared/python/values.ts';
import {
  argumentOf,
  externalPath,
  isCall,
  isClass,
  isFunction,
  isMember,
  isUnknown,
  textOf,
} from '../shared/python/values.ts';
import { shapeOfAnnotation } from './annotationTypes.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import type { TableDraft } from './drafts.ts';
import { serverDefault, sqlText } from './sqlText.ts';
import { shapeOfType } from './types.ts';
import type { Shape, TypeContext } from './types.ts';

export interface ColumnContext extends TypeContext {
  /** Shape of the column that a foreign key of this one refers to; null where there is none. */
  readonly referenced: (draft: TableDraft, spec: ColumnSpec, depth: number) => Shape | null;
}

const unknownShape: Shape = {
  type: 'unknown',
  rawType: 'unknown',
  length: null,
  precision: null,
  scale: null,
  array: false,
  unsigned: false,
  enum: null,
  collation: null,
  transformer: null,
};

/** Keys that refer to keys that refer to keys. */
const deepest = 12;

export function shapeOf(draft: TableDraft, spec: ColumnSpec, context: ColumnContext, depth = 0): Shape {
  if (depth > deepest) return unknownShape;
  const stated = shapeOfType(spec.type, context);
  if (stated) return stated;
  // A key takes its type from what it refers to, whatever the annotation says; SQLModel states its own.
  const ofAnnotation = (): Shape | null => shapeOfAnnotation(spec, draft.cls, context);
  const ofReference = (): Shape | null => context.referenced(draft, spec, depth + 1);
  return (
    (spec.style === 'sqlmodel' ? (ofAnnotation() ?? ofReference()) : (ofReference() ?? ofAnnotation())) ?? unknownShape
  );
}

export function isPrimaryKey({ keywords }: ColumnSpec): boolean {
  return keywords.get('primary_key') === true;
}

export function isNullable(spec: ColumnSpec, inKey: boolean, { names }: TypeContext): boolean {
  const stated = spec.keywords.get('nullable');
  if (typeof stated === 'boolean') return stated && !inKey;
  if (inKey || spec.items.some((item) => names.called(item) === 'Identity')) return false;
  if (spec.style === 'sqlmodel') return spec.optional;
  return spec.annotated === undefined ? true : spec.optional;
}

export function columnOf(
  draft: TableDraft,
  spec: ColumnSpec,
  primaryKey: readonly string[],
  context: ColumnContext,
): Column {
  const shape = shapeOf(draft, spec, context);
  const inKey = primaryKey.includes(spec.name);
  const nullable = isNullable(spec, inKey, context);
  const initial = serverDefault(spec.keywords.get('server_default'), context.names, context.dialect);
  const generated = generatedOf(draft, spec, shape, primaryKey, initial, context);
  return {
    name: spec.name,
    property: draft.cls ? (spec.property ?? spec.name) : null,
    type: shape.type,
    rawType: shape.rawType,
    ...(shape.unsigned ? { unsigned: true } : {}),
    length: shape.length,
    precision: shape.precision,
    scale: shape.scale,
    array: shape.array,
    nullable,
    default: generated?.kind === 'stored' || generated?.kind === 'virtual' ? null : initial,
    generated,
    enum: shape.enum ? enumName(draft, spec, shape) : null,
    collation: shape.collation,
    comment: textOf(spec.keywords.get('comment')),
    role: roleOf(spec, shape, nullable, initial),
    classification: null,
    selected: true,
    insertable: true,
    updatable: true,
    transformer: shape.transformer,
    at: spec.at,
  };
}

/** Where the type has no name of its own it goes by its place. */
export function enumName(draft: TableDraft, spec: ColumnSpec, shape: Shape): string {
  return shape.enum?.name ?? `${draft.name}_${spec.name}`;
}

function generatedOf(
  draft: TableDraft,
  spec: ColumnSpec,
  shape: Shape,
  primaryKey: readonly string[],
  initial: string | null,
  context: ColumnContext,
): Generated | null {
  const { names, dialect } = context;
  const item = (name: string) => spec.items.find((each) => names.called(each) === name);
  const computed = item('Computed');
  if (computed) {
    const persisted = argumentOf(computed, 1, 'persisted');
    const expression = argumentOf(computed, 0, 'sqltext');
    const stored = persisted === true || (persisted !== false && dialect === 'postgresql');
    return {
      kind: stored ? 'stored' : 'virtual',
      expression:
        typeof expression === 'string'
          ? expression
          : expression === undefined
            ? null
            : sqlText(expression, names, dialect, () => null),
    };
  }
  if (item('Identity')) return { kind: 'identity', expression: null };
  if (item('Sequence') ?? (names.isCallOf(spec.keywords.get('default'), 'Sequence') ? true : undefined))
    return { kind: 'sequence', expression: null };
  const inKey = primaryKey.includes(spec.name);
  const isKey = inKey && primaryKey.length === 1;
  const value =
    spec.keywords.get('default') ?? spec.keywords.get('default_factory') ?? spec.keywords.get('insert_default');
  const auto = spec.keywords.get('autoincrement');
  const isInteger =
    /^int(?:16|32|64)$/.test(shape.type) || (shape.type === 'decimal' && (shape.scale ?? 0) === 0 && auto === true);
  const refers = spec.items.some((each) => names.called(each) === 'ForeignKey');
  const plainDefault = value === undefined || value === null || spec.style === 'sqlmodel';
  if (
    inKey &&
    isInteger &&
    auto !== false &&
    initial === null &&
    plainDefault &&
    (auto === true || (isKey && !refers && !isInKeyConstraint(draft, spec, context)))
  )
    return { kind: 'increment', expression: null };
  if (initial !== null && shape.type === 'uuid' && /uuid/i.test(initial)) return { kind: 'uuid', expression: null };
  return inKey && value !== undefined && isComputed(value) ? { kind: 'application', expression: null } : null;
}

/** Columns of a `ForeignKeyConstraint` count nothing by themselves. */
function isInKeyConstraint(draft: TableDraft, spec: ColumnSpec, { names }: TypeContext): boolean {
  return draft.items.some((each) => {
    if (!names.isCallOf(each, 'ForeignKeyConstraint')) return false;
    const columns = argumentOf(each, 0, 'columns');
    return typeof columns === 'object' && columns !== null && 'items' in columns && columns.items.includes(spec.name);
  });
}

function isComputed(value: PyValue): boolean {
  return (
    isFunction(value) ||
    isClass(value) ||
    isMember(value) ||
    isUnknown(value) ||
    externalPath(value) !== null ||
    (isCall(value) && isClass(value.callee))
  );
}

function roleOf(spec: ColumnSpec, shape: Shape, nullable: boolean, initial: string | null): ColumnRole | null {
  const name = (spec.property ?? spec.name).toLowerCase();
  const moment = shape.type === 'datetime' || shape.type === 'datetime-tz' || shape.type === 'date';
  if (spec.keywords.has('onupdate') && moment) return 'updated-at';
  const hasDefault =
    initial !== null ||
    spec.keywords.has('default') ||
    spec.keywords.has('default_factory') ||
    spec.keywords.has('insert_default');
  if (moment && hasDefault && /^(?:date_)?(?:created|inserted)(?:_?(?:at|on|date))?$/.test(name)) return 'created-at';
  if (moment && hasDefault && /^(?:updated|modified)_?(?:at|on|date)?$/.test(name)) return 'updated-at';
  if (moment && nullable && /^deleted_?(?:at|on|date)?$/.test(name)) return 'deleted-at';
  return null;
}
