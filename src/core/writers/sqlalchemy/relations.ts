/** Relations of SQLAlchemy: the column with its foreign key, and `relationship` on both sides. */
import type { Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { AddRelation, EntityWriteResult, WriteContext } from '../entityChange.ts';
import { importPython } from '../shared/python/imports.ts';
import { fieldNamed, insertField, pythonClassOf, quoted, removeField, setKeywords } from '../shared/python/source.ts';
import type { PythonSource } from '../shared/python/source.ts';
import { refuse } from '../shared/refusals.ts';
import { optional, styleOf, typed } from './fieldStyle.ts';

export function addRelation(change: AddRelation, source: PythonSource, context: WriteContext): EntityWriteResult {
  const { property, inverse, nullable, cardinality } = change;
  const { table } = source;
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === change.target.table && namespace === change.target.namespace,
  );
  const other = target === table ? source : target ? pythonClassOf(target, context) : 'The other model is gone.';
  if (!target || typeof other === 'string') return refuse(typeof other === 'string' ? other : 'It is gone.');
  const key = target.columns.find(({ name }) => name === target.primaryKey[0]);
  if (!key || target.primaryKey.length !== 1) return refuse(`${target.name} has no single key to refer to.`);
  const column = `${property}_${key.name}`;
  const taken =
    [property, column].find((name) => fieldNamed(source, name)) ??
    (inverse !== null && fieldNamed(other, inverse) ? inverse : undefined);
  if (taken !== undefined) return refuse(`There is an attribute ${taken} already.`);
  const made = typed(source, { type: key.type, length: key.length, precision: null, scale: null }, nullable);
  if (!made) return refuse(`A key of type ${key.rawType} is not written yet.`);
  const { isMapped, prefix, call } = styleOf(source);
  const isOne = cardinality === 'one-to-one';
  const space = target.namespace === null ? '' : `${target.namespace}.`;
  const reference = `${prefix}ForeignKey(${quoted(`${space}${target.name}.${key.name}`, source)})`;
  const keywords = [...made.keywords, ...(isOne ? ['unique=True'] : [])];
  const list = isMapped ? [reference, ...keywords] : [made.type, reference, ...keywords];
  // Two keys to one table: both sides have to say which is meant.
  const isSecond = table.foreignKeys.some(({ references }) => references.table === target.name) || target === table;
  const which = isSecond ? [`foreign_keys=[${column}]`] : [];
  const remote = target === table ? [`remote_side=[${key.property ?? key.name}]`] : [];
  const back = inverse === null ? [] : [`back_populates=${quoted(inverse, source)}`];
  const entity = target.entity ?? '';
  const relationship = `${prefix === 'db.' ? prefix : ''}relationship`;
  const own = quoted(entity, source);
  const mapped = isMapped ? `: Mapped[${nullable ? optionalName(source, own) : own}]` : '';
  const edits: TextEdit[] = [
    ...made.edits.filter(({ newText }) => !isMapped || !newText.includes(made.type.replace(/\(.*$/u, ''))),
    ...(prefix === '' ? importPython(source, 'ForeignKey', 'sqlalchemy') : []),
    ...(relationship === 'relationship' ? importPython(source, 'relationship', 'sqlalchemy.orm') : []),
    insertField(source, [
      `${column}${made.annotation} = ${call}(${list.join(', ')})`,
      `${property}${mapped} = ${relationship}(${[...(isMapped ? [] : [own]), ...back, ...which, ...remote].join(', ')})`,
    ]),
  ];
  if (isSecond) edits.push(...disambiguated(target, source, other));
  if (inverse !== null) edits.push(...opposite(change, inverse, other, source, isSecond ? column : null, isOne));
  return { ok: true, edits };
}

/** Relations that are there say which key they mean as well: SQLAlchemy refuses to guess between two. */
function disambiguated(target: Table, source: PythonSource, other: PythonSource): readonly TextEdit[] {
  const { table } = source;
  return table.relations
    .filter(({ owner, target: name, columns }) => owner && name === target.name && columns.length === 1)
    .flatMap(({ property, inverse, columns: [column = ''] }) => {
      const key = propertyOf(table, column) ?? column;
      const own = fieldNamed(source, property)?.list;
      const back = inverse === null ? undefined : fieldNamed(other, inverse)?.list;
      const says = (list: SyntaxNode): boolean => /\b(?:foreign_keys|primaryjoin)\s*=/u.test(list.text);
      return [
        ...(own && !says(own) ? setKeywords(source, own, { foreign_keys: `[${key}]` }) : []),
        ...(back && !says(back)
          ? setKeywords(other, back, { foreign_keys: quoted(`${table.entity ?? ''}.${key}`, other) })
          : []),
      ];
    });
}

function optionalName(source: PythonSource, name: string): string {
  const plain = optional(source, name);
  // `"Order" | None` is no expression.
  return plain.endsWith('| None') ? `${name.slice(0, -1)} | None${name.slice(-1)}` : plain;
}

function opposite(
  { property }: AddRelation,
  inverse: string,
  other: PythonSource,
  source: PythonSource,
  key: string | null,
  isOne: boolean,
): readonly TextEdit[] {
  const { isMapped, prefix } = styleOf(other);
  const name = quoted(source.table.entity ?? '', other);
  const relationship = `${prefix === 'db.' ? prefix : ''}relationship`;
  const list = /\bList\[/u.test(other.text) ? 'List' : 'list';
  const annotation = isMapped ? `: Mapped[${isOne ? optionalName(other, name) : `${list}[${name}]`}]` : '';
  const which = key === null ? [] : [`foreign_keys=${quoted(`${source.table.entity ?? ''}.${key}`, other)}`];
  const alone = isOne && !isMapped ? ['uselist=False'] : [];
  const args = [...(isMapped ? [] : [name]), `back_populates=${quoted(property, other)}`, ...which, ...alone];
  return [
    ...(relationship === 'relationship' ? importPython(other, 'relationship', 'sqlalchemy.orm') : []),
    ...(isMapped ? importPython(other, 'Mapped', 'sqlalchemy.orm') : []),
    insertField(other, [`${inverse}${annotation} = ${relationship}(${args.join(', ')})`]),
  ];
}

export function dropRelation(property: string, source: PythonSource, context: WriteContext): EntityWriteResult {
  const { table } = source;
  const relation = table.relations.find((each) => each.property === property);
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === relation?.target && namespace === relation.targetNamespace,
  );
  const other = target === table ? source : target ? pythonClassOf(target, context) : 'The other model is gone.';
  if (!relation || !target || typeof other === 'string') return refuse(`The relation ${property} was not found.`);
  const back = target.relations.find(({ property: name }) => name === relation.inverse);
  const own = fieldNamed(source, property);
  const there = fieldNamed(other, back?.property);
  if (!own) return refuse(`${property} is not declared in ${table.entity ?? table.name} itself.`);
  const [holder, columns] = relation.owner ? [source, relation.columns] : [other, back?.columns ?? []];
  const keys = columns.map((name) => fieldNamed(holder, propertyOf(holder.table, name)));
  if (columns.some((name) => holder.table.primaryKey.includes(name)))
    return refuse(`${property} rests on the primary key: delete it by hand.`);
  return {
    ok: true,
    edits: [
      removeField(source, own),
      ...(there && there !== own ? [removeField(other, there)] : []),
      ...keys.flatMap((field) => (field ? [removeField(holder, field)] : [])),
    ],
  };
}

function propertyOf({ columns }: Table, column: string): string | null {
  return columns.find(({ name }) => name === column)?.property ?? null;
}
