/** Columns as they are declared: `Column(…)`, `mapped_column(…)`, `Mapped[…]` alone, fields of SQLModel. */
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { entryOf, isCall, isClass, isDict, isOperation, isSubscript } from '../shared/python/values.ts';
import { shapeOfType } from './types.ts';
import type { TypeContext } from './types.ts';

export interface ColumnSpec {
  readonly property: string | null;
  readonly name: string;
  /** Type given to the column; undefined = none is. */
  readonly type: PyValue | undefined;
  /** Type of its annotation, without `Mapped`, `Optional` and `Annotated`; undefined = none. */
  readonly annotated: PyValue | undefined;
  /** The annotation as `type_annotation_map` would be asked for it, `Annotated` included. */
  readonly annotation: PyValue | undefined;
  /** Its annotation allows None. */
  readonly optional: boolean;
  readonly style: 'column' | 'mapped' | 'sqlmodel';
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** `ForeignKey`, `Identity`, `Computed`, `Sequence`, … */
  readonly items: readonly PyCall[];
  /** The calls it is known by, for constraints that name it in the class. */
  readonly calls: readonly PyCall[];
  /** Parent that the column came from by copying: a mixin's file. */
  readonly at: SourceRange;
}

export interface AnnotationParts {
  readonly type: PyValue | undefined;
  readonly key: PyValue | undefined;
  readonly optional: boolean;
  /** `mapped_column(…)`, `Field(…)` of an `Annotated` type. */
  readonly metadata: readonly PyCall[];
}

const deepest = 8;

/** What stands in `Mapped[…]`; of SQLModel the annotation itself. */
export function annotationParts(value: PyValue | undefined, context: TypeContext, depth = 0): AnnotationParts {
  const none: AnnotationParts = { type: value, key: value, optional: false, metadata: [] };
  if (value === undefined || depth > deepest) return none;
  if (isSubscript(value)) {
    const name = lastName(context.names.path(value.object));
    const [first, ...rest] = value.index;
    if (name === 'Optional') return { ...annotationParts(first, context, depth + 1), optional: true };
    if (name === 'Union') return ofUnion(value.index, none, context, depth);
    if (name === 'Annotated') {
      const inner = annotationParts(first, context, depth + 1);
      return { ...inner, key: value, metadata: [...inner.metadata, ...rest.filter(isCall)] };
    }
    if (/^(?:Final|ClassVar|Required|NotRequired)$/.test(name)) return annotationParts(first, context, depth + 1);
    return none;
  }
  if (isOperation(value) && value.operator === '|') return ofUnion([value.left, value.right], none, context, depth);
  return none;
}

function ofUnion(
  parts: readonly PyValue[],
  none: AnnotationParts,
  context: TypeContext,
  depth: number,
): AnnotationParts {
  const others = parts.filter((part) => part !== null);
  const read = others.map((part) => annotationParts(part, context, depth + 1));
  const optional = others.length < parts.length || read.some((each) => each.optional);
  const [only] = read;
  return read.length === 1 && only ? { ...only, optional } : { ...(only ?? none), optional };
}

export function lastName(path: string | null): string {
  return path === null ? '' : path.slice(path.lastIndexOf('.') + 1);
}

/** `Mapped[X]` → X; undefined where it is no such annotation. */
export function mappedType(value: PyValue | undefined, context: TypeContext): PyValue | undefined {
  if (!isSubscript(value)) return undefined;
  const name = lastName(context.names.path(value.object));
  if (/^(?:Mapped|DynamicMapped|WriteOnlyMapped)$/.test(name)) return value.index[0];
  return name === 'Annotated' ? mappedType(value.index[0], context) : undefined;
}

/** `deferred(Column(…))` and `column_property(Column(…))` are the column. */
export function unwrapColumn(value: PyValue | undefined, context: TypeContext, depth = 0): PyValue | undefined {
  const { names } = context;
  if (depth < 3 && names.isCallOf(value, 'deferred', 'column_property')) {
    const inner = unwrapColumn(value.arguments[0], context, depth + 1);
    return names.isCallOf(inner, 'Column', 'mapped_column') ? inner : undefined;
  }
  // Fields of dataclasses: `field(metadata={'sa': Column(…)})`.
  if (isCall(value) && names.path(value.callee) === 'dataclasses.field') {
    const metadata = value.keywords.get('metadata');
    return isDict(metadata) ? entryOf(metadata, 'sa') : undefined;
  }
  return value;
}

/** Splits what `Column` and `mapped_column` are given: name, type, and the rest. */
export function columnSpec(
  property: string | null,
  call: PyCall | null,
  annotation: PyValue | undefined,
  at: SourceRange,
  context: TypeContext,
  style: ColumnSpec['style'] = 'column',
): ColumnSpec {
  const parts = annotationParts(annotation, context);
  const shared = parts.metadata.filter((each) => context.names.isCallOf(each, 'mapped_column', 'Column'));
  const given = [...shared, ...(call ? [call] : [])];
  const keywords = new Map(given.flatMap((each) => [...each.keywords]));
  const items: PyCall[] = [];
  let name = property ?? '';
  let type: PyValue | undefined = keywords.get('type_');
  for (const each of given)
    for (const [index, argument] of each.arguments.entries()) {
      if (index === 0 && typeof argument === 'string') name = argument;
      else if (isCall(argument) && isItem(argument, context)) items.push(argument);
      else if (argument !== null && type === undefined && isTypeLike(argument, context)) type = argument;
    }
  const stated = keywords.get('name');
  if (typeof stated === 'string') name = stated;
  return {
    property,
    name,
    type,
    annotated: parts.type,
    annotation: parts.key,
    optional: parts.optional,
    style,
    keywords,
    items,
    calls: given,
    at,
  };
}

const itemNames =
  /^(?:ForeignKey|Identity|Computed|Sequence|CheckConstraint|UniqueConstraint|FetchedValue|DefaultClause|ColumnDefault|Constraint)$/;

function isItem(call: PyCall, { names }: TypeContext): boolean {
  return itemNames.test(lastName(names.path(call.callee)));
}

/** A type, or something that may be one though it cannot be told which. */
function isTypeLike(value: PyValue, context: TypeContext): boolean {
  if (shapeOfType(value, context) !== null || isCall(value) || isClass(value)) return true;
  return typeof value === 'object' && value !== null && /^(?:external|subscript|unknown|member)$/.test(value.is);
}
