/** Relations of TypeORM entities, written and deleted on both sides. */
import type { Relation, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { AddRelation, EntityWriteResult, WriteContext } from '../entityChange.ts';
import { importName } from '../shared/imports.ts';
import { refuse } from '../shared/refusals.ts';
import { relativeModule } from '../shared/relativeImport.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { quoted } from '../shared/style.ts';
import { unimport } from '../shared/unimport.ts';
import { definiteMark, insertMember } from './addColumn.ts';
import { endOf } from './editColumn.ts';
import { argumentsOf, classOf, mentionsOf, optionOf, relationDecorator, targetOf } from './parts.ts';
import type { ClassSource } from './parts.ts';

const relationKinds = /^(?:OneToOne|OneToMany|ManyToOne|ManyToMany|JoinColumn|JoinTable)$/u;

export function addRelation(change: AddRelation, table: Table, context: WriteContext): EntityWriteResult {
  const target = context.schema.tables.find(
    ({ name, namespace }) => name === change.target.table && namespace === change.target.namespace,
  );
  if (!target) return refuse(`No table ${change.target.table} was read in this project.`);
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const other = target === table ? source : classOf(target, context);
  if (typeof other === 'string') return refuse(other);
  const taken =
    nameTaken(source, change.property) ?? (change.inverse === null ? null : nameTaken(other, change.inverse));
  if (taken !== null) return refuse(taken);
  const self = table.entity ?? '';
  const entity = target.entity ?? '';
  const isOne = change.cardinality === 'one-to-one';
  const owner = isOne ? 'OneToOne' : 'ManyToOne';
  const joined = joinName(change.property, table, source, target);
  const decorators = [owner, ...(isOne || joined !== null ? ['JoinColumn'] : [])];
  const imports = decorators.map((name) => importName(source, name, 'typeorm', `TypeOrm${name}`));
  const [relation = owner, join] = imports.map(({ reference }) => reference);
  const variable = variableOf(entity);
  const inverse = change.inverse === null ? [] : [`(${variable}) => ${variable}.${change.inverse}`];
  const options = change.nullable ? [] : ['{ nullable: false }'];
  const typed = (type: string) => (source.path.endsWith('js') ? '' : `${definiteMark(source.declaration)}: ${type}`);
  const end = source.style.semicolons ? ';' : '';
  const own = [
    `@${relation}(${[`() => ${entity}`, ...inverse, ...options].join(', ')})`,
    ...(join === undefined ? [] : [`@${join}(${joined === null ? '' : `{ name: ${quoted(joined, source.style)} }`})`]),
    `${change.property}${typed(entity + (change.nullable ? ' | null' : ''))}${end}`,
  ];
  const edits: TextEdit[] = [
    ...imports.flatMap((each) => each.edits),
    ...importEntity(source, entity, other.path),
    insertMember(source, source.declaration, own, relationKinds),
  ];
  if (change.inverse !== null) edits.push(...inverseSide(change, other, self, source.path, target === table));
  return { ok: true, edits };
}

function inverseSide(
  { inverse, property, cardinality }: AddRelation,
  other: ClassSource,
  self: string,
  path: string,
  isSelf: boolean,
): readonly TextEdit[] {
  const isOne = cardinality === 'one-to-one';
  const imported = importName(other, isOne ? 'OneToOne' : 'OneToMany', 'typeorm', 'TypeOrmOneToMany');
  const mark = other.path.endsWith('js')
    ? ''
    : `${definiteMark(other.declaration)}: ${self}${isOne ? ' | null' : '[]'}`;
  const variable = variableOf(self);
  const lines = [
    `@${imported.reference}(() => ${self}, (${variable}) => ${variable}.${property})`,
    `${inverse ?? ''}${mark}${other.style.semicolons ? ';' : ''}`,
  ];
  return [
    ...imported.edits,
    ...(isSelf ? [] : importEntity(other, self, path)),
    insertMember(other, other.declaration, lines, relationKinds),
  ];
}

/** Where the other relations of the entity say their column outright, and not as TypeORM would name it, this one does as well. */
function joinName(property: string, table: Table, source: ClassSource, target: Table): string | null {
  const says = source.declaration.properties.some(({ decorators }) =>
    decorators.some((each) => each.name === 'JoinColumn' && optionOf(each, 'name') !== null),
  );
  const named = table.relations.find(({ columns, owner }) => owner && columns.length === 1)?.columns[0];
  const [key = 'id'] = target.primaryKey;
  if (!says || named === undefined) return null;
  if (named.includes('_'))
    return `${property.replace(/([a-z\d])([A-Z])/gu, '$1_$2').toLowerCase()}_${key.toLowerCase()}`;
  return null;
}

function importEntity(source: ClassSource, entity: string, path: string): readonly TextEdit[] {
  if (source.path === path) return [];
  const clause = new RegExp(`^import\\b[^;'"]*\\b${entity}\\b[^;'"]*from\\b`, 'mu');
  if (clause.test(source.text)) return [];
  return importName(source, entity, relativeModule(source.path, path, source.text), entity).edits;
}

function nameTaken({ declaration }: ClassSource, name: string): string | null {
  const found = declaration.properties.some((property) => property.name === name);
  const className = declaration.node.childForFieldName('name')?.text;
  return found ? `${className ?? 'The entity'} has a property ${name} already.` : null;
}

function variableOf(entity: string): string {
  return entity.charAt(0).toLowerCase() + entity.slice(1);
}

export function dropRelation(property: string, table: Table, context: WriteContext): EntityWriteResult {
  const relation = table.relations.find((each) => each.property === property);
  if (!relation) return refuse(`${table.entity ?? table.name} has no relation ${property}.`);
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const removed = sideOf(source, property);
  if (typeof removed === 'string') return refuse(removed);
  const target = targetOf(relation, context.schema);
  const opposite = oppositeOf(relation, table, target);
  if (!target || opposite === null) return { ok: true, edits: [...unimport(source, removed), ...removed] };
  const other = target.at.file === table.at.file && target.entity === table.entity ? source : classOf(target, context);
  if (typeof other === 'string') return refuse(other);
  const there = sideOf(other, opposite);
  if (typeof there === 'string') return refuse(there);
  // Two entities of one file are looked at together: what one of them still needs stays imported.
  const groups = other.path === source.path ? [[...removed, ...there]] : [removed, there];
  return {
    ok: true,
    edits: groups.flatMap((edits) => [...unimport(edits === there ? other : source, edits), ...edits]),
  };
}

function oppositeOf(relation: Relation, table: Table, target: Table | undefined): string | null {
  if (relation.inverse !== null) return relation.inverse;
  const found = target?.relations.find(
    (each) =>
      each.inverse === relation.property && each.target === table.name && each.targetNamespace === table.namespace,
  );
  return found?.property ?? null;
}

function sideOf(source: ClassSource, name: string): readonly TextEdit[] | string {
  const { declaration, path, text } = source;
  const property = declaration.properties.find((each) => each.name === name);
  if (!property || !relationDecorator(property))
    return `The property ${name} was not found in ${path}; it may be inherited.`;
  const naming = declaration.decorators.filter(
    (each) => /(?:Index|Unique)$/u.test(each.name) && argumentsOf(each) && mentionsOf(each.node, name).length > 0,
  );
  const ids = declaration.properties.filter((each) =>
    each.decorators.some((decorator) => decorator.name === 'RelationId' && mentionsOf(decorator.node, name).length > 0),
  );
  return [
    removeBlock(path, text, property.node.startIndex, endOf(text, property.node)),
    ...ids.map(({ node }) => removeBlock(path, text, node.startIndex, endOf(text, node))),
    ...naming.map(({ node }) => removeBlock(path, text, node.startIndex, node.endIndex)),
  ];
}
