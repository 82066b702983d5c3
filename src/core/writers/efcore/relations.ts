/** Relations of EF Core entities: the key, the reference, and the collection on the other side. */
import type { Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { AddRelation, EntityWriteResult, WriteContext } from '../entityChange.ts';
import { refuse } from '../shared/refusals.ts';
import { addAttribute, attribute, csharpClassOf, insertProperty, removeProperty, using } from './csharpSource.ts';
import type { CsharpSource } from './csharpSource.ts';

const mapping = 'System.ComponentModel.DataAnnotations.Schema';

export function addRelation(change: AddRelation, source: CsharpSource, context: WriteContext): EntityWriteResult {
  const { property, inverse, nullable, cardinality } = change;
  const { table } = source;
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === change.target.table && namespace === change.target.namespace,
  );
  const other = target === table ? source : target ? csharpClassOf(target, context) : 'The other entity is gone.';
  if (!target || typeof other === 'string') return refuse(typeof other === 'string' ? other : 'It is gone.');
  const primary = target.columns.find(({ name }) => name === target.primaryKey[0])?.property;
  const key = other.properties.find(({ name }) => name.text === primary);
  if (!key || target.primaryKey.length !== 1)
    return refuse(`${target.entity ?? target.name} has no single key of its own to refer to.`);
  const column = `${property}${key.name.text === 'Id' ? 'Id' : key.name.text}`;
  const taken = [property, column].find((name) => source.properties.some((each) => each.name.text === name));
  if (taken !== undefined) return refuse(`${table.entity ?? ''} has a property ${taken} already.`);
  if (cardinality === 'one-to-one' && inverse === null)
    return refuse('EF Core needs both sides of a one-to-one relation.');
  const entity = shortName(target);
  const reference = source.nullableTypes
    ? `public ${entity}${nullable ? '?' : ''} ${property} { get; set; }${nullable ? '' : ' = null!;'}`
    : `public ${entity} ${property} { get; set; }`;
  const type = key.type.text.replace(/\?$/u, '');
  const mark = nullable && (type !== 'string' || source.nullableTypes) ? '?' : '';
  // Two relations between the same classes: conventions would not know which belongs to which.
  const isSecond = table.relations.some((each) => each.target === target.name) || target === table;
  const edits: TextEdit[] = [
    ...(isSecond ? using(source, mapping) : []),
    insertProperty(source, [
      `public ${type}${mark} ${column} { get; set; }`,
      '',
      ...(isSecond ? [`[ForeignKey(nameof(${column}))]`] : []),
      reference,
    ]),
  ];
  if (inverse === null) return { ok: true, edits };
  const self = shortName(table);
  const back =
    cardinality === 'one-to-one'
      ? `public ${self}${other.nullableTypes ? '?' : ''} ${inverse} { get; set; }`
      : `public ICollection<${self}> ${inverse} { get; set; } = new List<${self}>();`;
  return {
    ok: true,
    edits: [
      ...edits,
      ...(isSecond ? using(other, mapping) : []),
      ...(cardinality === 'many-to-one' && !/\bImplicitUsings\b/u.test(other.text)
        ? using(other, 'System.Collections.Generic')
        : []),
      ...(isSecond ? disambiguated(source, other, target) : []),
      ...importNamespace(source, other),
      ...importNamespace(other, source),
      insertProperty(other, [...(isSecond ? [`[InverseProperty(nameof(${self}.${property}))]`] : []), back]),
    ],
  };
}

/** Relations that are there say what they belong to as well: conventions do not choose between two. */
function disambiguated(source: CsharpSource, other: CsharpSource, target: Table): readonly TextEdit[] {
  return source.table.relations
    .filter((each) => each.target === target.name && each.inverse !== null)
    .flatMap(({ property, inverse }) => {
      const found = other.properties.find(({ name }) => name.text === inverse);
      return found && !attribute(found, 'InverseProperty')
        ? [addAttribute(other, found.node, `InverseProperty(nameof(${shortName(source.table)}.${property}))`)]
        : [];
    });
}

function shortName({ entity }: Table): string {
  return (entity ?? '').replace(/^.*[.+]/u, '');
}

function importNamespace(into: CsharpSource, from: CsharpSource): readonly TextEdit[] {
  const namespace = /\bnamespace\s+([\w.]+)/u.exec(from.text)?.[1];
  return namespace === undefined || into === from ? [] : using(into, namespace);
}

export function dropRelation(property: string, source: CsharpSource, context: WriteContext): EntityWriteResult {
  const { table } = source;
  const relation = table.relations.find((each) => each.property === property);
  const own = source.properties.find(({ name }) => name.text === property);
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === relation?.target && namespace === relation.targetNamespace,
  );
  if (!relation || !own || !target) return refuse(`${property} is not declared by ${table.entity ?? ''} itself.`);
  const other = target === table ? source : csharpClassOf(target, context);
  if (typeof other === 'string') return refuse(other);
  const back = target.relations.find(
    (each) => each.property === relation.inverse || (each.inverse === property && each.target === table.name),
  );
  const there = other.properties.find(({ name }) => name.text === back?.property);
  const [holder, columns] = relation.owner ? [source, relation.columns] : [other, back?.columns ?? []];
  if (columns.some((name) => holder.table.primaryKey.includes(name)))
    return refuse(`${property} rests on the primary key: delete it by hand.`);
  const keys = columns.flatMap((name) => {
    const named = holder.table.columns.find((each) => each.name === name)?.property;
    return holder.properties.find((each) => each.name.text === named) ?? [];
  });
  return {
    ok: true,
    edits: [
      removeProperty(source, own),
      ...(there && there !== own ? [removeProperty(other, there)] : []),
      ...keys.map((each) => removeProperty(holder, each)),
    ],
    notes: [`Where ${property} is configured in OnModelCreating or a configuration class, look there as well.`],
  };
}
