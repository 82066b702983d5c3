/** Relations of JPA entities, written and deleted on both sides. */
import type { AddRelation, EntityWriteResult, WriteContext } from '../entityChange.ts';
import { refuse } from '../shared/refusals.ts';
import { importJava, insertField, javaClassOf, packageOf, removeField } from './javaSource.ts';
import type { JavaSource } from './javaSource.ts';

export function addRelation(change: AddRelation, source: JavaSource, context: WriteContext): EntityWriteResult {
  const { property, inverse, nullable, cardinality } = change;
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === change.target.table && namespace === change.target.namespace,
  );
  const other = target === source.table ? source : target ? javaClassOf(target, context) : 'The other entity is gone.';
  if (!target || typeof other === 'string') return refuse(typeof other === 'string' ? other : 'It is gone.');
  const taken = [
    source.fields.some(({ name }) => name.text === property) ? property : null,
    inverse !== null && other.fields.some(({ name }) => name.text === inverse) ? inverse : null,
  ].find((name) => name !== null);
  if (taken !== undefined) return refuse(`There is a field ${taken} already.`);
  const isOne = cardinality === 'one-to-one';
  const kind = isOne ? 'OneToOne' : 'ManyToOne';
  const [key = 'id'] = target.primaryKey;
  const column = `${property.replace(/([a-z\d])([A-Z])/gu, '$1_$2').toLowerCase()}_${key}`;
  const options = [`fetch = FetchType.LAZY`, ...(nullable ? [] : ['optional = false'])];
  const joined = [`name = "${column}"`, ...(nullable ? [] : ['nullable = false']), ...(isOne ? ['unique = true'] : [])];
  const entity = nameOf(target.entity);
  const self = nameOf(source.table.entity);
  const edits = [
    ...[kind, 'FetchType', 'JoinColumn'].flatMap((name) => importJava(source, name, source.library)),
    ...importJava(source, entity, packageOf(other)),
    ...insertField(source, {
      name: property,
      type: entity,
      annotations: [`@${kind}(${options.join(', ')})`, `@JoinColumn(${joined.join(', ')})`],
    }),
  ];
  if (inverse === null) return { ok: true, edits };
  const back = isOne ? 'OneToOne' : 'OneToMany';
  return {
    ok: true,
    edits: [
      ...edits,
      ...importJava(other, back, other.library),
      ...importJava(other, self, packageOf(source)),
      ...(isOne ? [] : [...importJava(other, 'ArrayList', 'java.util'), ...importJava(other, 'List', 'java.util')]),
      ...insertField(other, {
        name: inverse,
        type: isOne ? self : `List<${self}>`,
        annotations: [`@${back}(mappedBy = "${property}")`],
        ...(isOne ? {} : { value: 'new ArrayList<>()' }),
      }),
    ],
  };
}

function nameOf(entity: string | null): string {
  return (entity ?? '').replace(/^.*[.$]/u, '');
}

export function dropRelation(property: string, source: JavaSource, context: WriteContext): EntityWriteResult {
  const { table } = source;
  const relation = table.relations.find((each) => each.property === property);
  const own = source.fields.find(({ name }) => name.text === property);
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === relation?.target && namespace === relation.targetNamespace,
  );
  if (!relation || !own || !target)
    return refuse(`${property} is not declared by a field of ${table.entity ?? ''} itself.`);
  const back = target.relations.find(
    (each) => each.property === relation.inverse || (each.inverse === property && each.target === table.name),
  );
  if (!back) return { ok: true, edits: removeField(source, own) };
  const other = target === table ? source : javaClassOf(target, context);
  if (typeof other === 'string') return refuse(other);
  const there = other.fields.find(({ name }) => name.text === back.property);
  if (!there) return refuse(`${back.property} is not declared by a field of ${target.entity ?? ''} itself.`);
  return { ok: true, edits: [...removeField(source, own), ...(there === own ? [] : removeField(other, there))] };
}
