/** Fields of SQLModel → columns (sqlmodel.tiangolo.com; `sqlmodel/main.py`, `get_column_from_field`). */
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { entryOf, isCall, isDict, isSequence, isSubscript, textOf } from '../shared/python/values.ts';
import { annotationParts, columnSpec, lastName } from './columnSpecs.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import type { TypeContext } from './types.ts';

/** Null = no column: a relationship, a constant of the class, configuration. */
export function sqlModelColumn(
  property: string,
  value: PyValue | undefined,
  annotation: PyValue | undefined,
  at: SourceRange,
  context: TypeContext,
): ColumnSpec | null {
  const { names } = context;
  if (property.startsWith('_') || property === 'model_config' || annotation === undefined) return null;
  if (isSubscript(annotation) && lastName(names.path(annotation.object)) === 'ClassVar') return null;
  const called = isCall(value) ? lastName(names.path(value.callee)) : '';
  if (/^(?:Relationship|relationship|PrivateAttr)$/.test(called)) return null;
  const parts = annotationParts(annotation, context);
  const fields = [...parts.metadata, ...(isCall(value) && called === 'Field' ? [value] : [])].filter(
    (call) => lastName(names.path(call.callee)) === 'Field',
  );
  const keywords = new Map(fields.flatMap((call) => [...call.keywords]));
  const stated = keywords.get('sa_column');
  if (names.isCallOf(stated, 'Column')) return columnSpec(property, stated, undefined, at, context);
  const options = optionsOf(keywords);
  const reference = keywords.get('foreign_key');
  const args = keywords.get('sa_column_args');
  const items = [
    ...(isSequence(args) ? args.items.filter(isCall) : []),
    ...(typeof reference === 'string' ? [foreignKey(reference, keywords, at)] : []),
  ];
  const length = keywords.get('max_length');
  const type = keywords.get('sa_type');
  return {
    property,
    name: textOf(options.get('name')) ?? property,
    type,
    annotated: parts.type,
    annotation: undefined,
    optional: parts.optional,
    style: 'sqlmodel',
    keywords: typeof length === 'number' ? new Map([...options, ['max_length', length]]) : options,
    items,
    calls: isCall(value) ? [value] : [],
    at,
  };
}

const kept = [
  'primary_key',
  'unique',
  'index',
  'nullable',
  'default',
  'default_factory',
  'max_digits',
  'decimal_places',
];

function optionsOf(keywords: ReadonlyMap<string, PyValue>): Map<string, PyValue> {
  const options = new Map<string, PyValue>();
  for (const key of kept) {
    const value = keywords.get(key);
    if (value !== undefined) options.set(key, value);
  }
  const more = keywords.get('sa_column_kwargs');
  if (isDict(more)) for (const [key, value] of more.entries) if (typeof key === 'string') options.set(key, value);
  const comment = isDict(more) ? entryOf(more, 'comment') : undefined;
  if (comment !== undefined) options.set('comment', comment);
  return options;
}

function foreignKey(target: string, keywords: ReadonlyMap<string, PyValue>, at: SourceRange): PyCall {
  const onDelete = keywords.get('ondelete');
  return {
    is: 'call',
    callee: { is: 'external', path: 'sqlalchemy.ForeignKey' },
    arguments: [target],
    keywords: onDelete === undefined ? new Map() : new Map([['ondelete', onDelete]]),
    open: false,
    at,
  };
}
