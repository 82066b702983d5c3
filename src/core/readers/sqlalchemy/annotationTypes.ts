/** Types of columns that only an annotation states (docs.sqlalchemy.org, "ORM Annotated Declarative"). */
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isDict, isSubscript, rangeOf, sourceText } from '../shared/python/values.ts';
import { isEnumClass } from './enums.ts';
import { lastName } from './columnSpecs.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import { shapeOfType } from './types.ts';
import type { Shape, TypeContext } from './types.ts';

const types: Readonly<Record<string, string>> = {
  'builtins.int': 'Integer',
  'builtins.str': 'String',
  'builtins.bool': 'Boolean',
  'builtins.float': 'Float',
  'builtins.bytes': 'LargeBinary',
  'datetime.datetime': 'DateTime',
  'datetime.date': 'Date',
  'datetime.time': 'Time',
  'datetime.timedelta': 'Interval',
  'decimal.Decimal': 'Numeric',
  'uuid.UUID': 'Uuid',
};

/** Annotations that SQLModel knows besides: Pydantic's and the library's own strings. */
const ofSqlModel =
  /^(?:pydantic\.(?:EmailStr|NameEmail|AnyUrl|HttpUrl|UUID\d|constr|networks\.\w+)|ipaddress\.\w+|pathlib\.Path)$/;

export function shapeOfAnnotation(spec: ColumnSpec, cls: PyClass | null, context: TypeContext): Shape | null {
  if (spec.annotated === undefined) return null;
  const mapped = cls && spec.style === 'mapped' ? ofTypeMap(spec, cls, context) : null;
  return mapped ?? ofType(spec.annotated, spec, context, 0);
}

/** `type_annotation_map = {str: String(30), datetime: TIMESTAMP(timezone=True)}` of a base class or registry. */
function ofTypeMap(spec: ColumnSpec, cls: PyClass, context: TypeContext): Shape | null {
  const map = typeMapOf(cls, context);
  if (!map) return null;
  for (const key of [spec.annotation, spec.annotated]) {
    if (key === undefined) continue;
    const wanted = sourceText(key);
    const found = map.entries.find(([each]) => sourceText(each) === wanted);
    const shape = found && shapeOfType(found[1], context);
    if (shape) return shape;
  }
  return ofEnumInMap(spec.annotated, map, context);
}

/** `{enum.Enum: Enum(enum.Enum, values_callable=…)}` is how every enumeration is stored. */
function ofEnumInMap(
  value: PyValue | undefined,
  map: Extract<PyValue, { is: 'dict' }>,
  context: TypeContext,
): Shape | null {
  if (!isClass(value) || !isEnumClass(value, context.evaluator)) return null;
  const found = map.entries.find(([key]) => externalPath(key) === 'enum.Enum')?.[1];
  return isCall(found) && context.names.isCallOf(found, 'Enum')
    ? shapeOfType({ ...found, arguments: [value], at: rangeOf(value.file, value.declaration.at) }, context)
    : null;
}

const typeMaps = new WeakMap<PyClass, Extract<PyValue, { is: 'dict' }> | false>();

function typeMapOf(cls: PyClass, { evaluator }: TypeContext): Extract<PyValue, { is: 'dict' }> | null {
  let map = typeMaps.get(cls);
  if (map === undefined) {
    const own = evaluator.member(cls, 'type_annotation_map');
    const registry = evaluator.member(cls, 'registry');
    const value = own ? evaluator.memberValue(own) : undefined;
    const made = registry ? evaluator.memberValue(registry) : undefined;
    const given = isCall(made) ? made.keywords.get('type_annotation_map') : undefined;
    map = isDict(value) ? value : isDict(given) ? given : false;
    typeMaps.set(cls, map);
  }
  return map === false ? null : map;
}

function ofType(value: PyValue, spec: ColumnSpec, context: TypeContext, depth: number): Shape | null {
  if (depth > 6) return null;
  const path = externalPath(value) ?? '';
  if (isSubscript(value)) {
    if (lastName(path) === 'Literal') return ofLiteral(value.index, context);
    return null;
  }
  if (isCall(value) && lastName(externalPath(value.callee)) === 'NewType') {
    const inner = value.arguments[1];
    return inner === undefined ? null : ofType(inner, spec, context, depth + 1);
  }
  if (isClass(value)) {
    if (isEnumClass(value, context.evaluator)) return ofEnum(value, context);
    const base = context.evaluator
      .lineage(value)
      .foreign.find((each) => Object.hasOwn(types, externalPath(each) ?? ''));
    return base === undefined ? null : ofType(base, spec, context, depth + 1);
  }
  const known = Object.hasOwn(types, path) ? types[path] : undefined;
  if (known === undefined)
    return spec.style === 'sqlmodel' && ofSqlModel.test(path) ? make('String', spec, context) : null;
  return make(known, spec, context);
}

function make(type: string, spec: ColumnSpec, context: TypeContext): Shape | null {
  const { keywords, style } = spec;
  const of = (name: string): PyValue[] => {
    const value = style === 'sqlmodel' ? keywords.get(name) : undefined;
    return value === undefined ? [] : [value];
  };
  const args =
    type === 'String' ? of('max_length') : type === 'Numeric' ? [...of('max_digits'), ...of('decimal_places')] : [];
  return shapeOfType(
    {
      is: 'call',
      callee: { is: 'external', path: `sqlalchemy.${type}` },
      arguments: args,
      keywords: new Map(),
      open: false,
      at: spec.at,
    },
    context,
  );
}

function ofEnum(cls: PyClass, context: TypeContext): Shape | null {
  const at = rangeOf(cls.file, cls.declaration.at);
  const callee: PyValue = { is: 'external', path: 'sqlalchemy.Enum' };
  return shapeOfType({ is: 'call', callee, arguments: [cls], keywords: new Map(), open: false, at }, context);
}

/** Stored as text as long as the longest. */
function ofLiteral(values: readonly PyValue[], context: TypeContext): Shape | null {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length === 0) return null;
  const string = shapeOfType({ is: 'external', path: 'sqlalchemy.String' }, context);
  return string && { ...string, length: Math.max(...texts.map((text) => text.length)) };
}
