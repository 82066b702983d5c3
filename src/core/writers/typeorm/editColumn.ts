/** Columns of TypeORM entities: deleted, renamed, of another type, nullable or not. */
import type { Column, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { EntityWriteResult, TypeSpec, WriteContext } from '../entityChange.ts';
import { setOptions } from '../shared/callOptions.ts';
import type { DecoratorNode } from '../shared/declaration.ts';
import { decorateProperty } from '../shared/decorate.ts';
import { importName } from '../shared/imports.ts';
import { rawTypeOf } from '../shared/rawTypes.ts';
import { refuse } from '../shared/refusals.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { childrenOf, quoted } from '../shared/style.ts';
import { unimport } from '../shared/unimport.ts';
import { definiteMark, scriptType } from './addColumn.ts';
import {
  argumentsOf,
  classOf,
  columnDecorator,
  memberOf,
  mentionsOf,
  optionOf,
  relationDecorator,
  targetOf,
} from './parts.ts';
import type { ClassSource, Member } from './parts.ts';

export function dropColumn(column: Column, table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const member = memberOf(table, column.name, source);
  if (typeof member === 'string') return refuse(member);
  if (member.relation)
    return refuse(`${column.name} holds the key of the relation ${member.relation.property}: delete the relation.`);
  const { name, node } = member.property;
  const { declaration, text, path } = source;
  const removed = [
    removeBlock(path, text, node.startIndex, endOf(text, node)),
    ...declaration.decorators
      .filter((each) => isIndexing(each) && mentionsOf(each.node, name).length > 0)
      .map((each) => removeBlock(path, text, each.node.startIndex, each.node.endIndex)),
  ];
  const used = thisUses(source, name).length;
  return {
    ok: true,
    edits: [...unimport(source, removed), ...removed],
    notes: used > 0 ? [`${table.entity ?? ''} itself uses this.${name} in its code: correct that.`] : [],
  };
}

export function renameColumn(from: string, to: string, table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const member = memberOf(table, from, source);
  if (typeof member === 'string') return refuse(member);
  return named(member, to, source);
}

/** The physical name said outright. */
function named(member: Member, name: string, source: ClassSource): EntityWriteResult {
  const { property, relation } = member;
  const options = { name: quoted(name, source.style) };
  if (!relation) {
    const decorator = columnDecorator(property);
    const list = decorator ? argumentsOf(decorator) : null;
    return list
      ? { ok: true, edits: setOptions(source, list, options) }
      : refuse(`The decorator of ${property.name} is not called; write @Column() first.`);
  }
  if (relation.columns.length > 1)
    return refuse(`${property.name} is a relation over several columns; name them in its @JoinColumn by hand.`);
  const join = property.decorators.find((each) => each.name.endsWith('JoinColumn'));
  const list = join ? argumentsOf(join) : null;
  if (list) return { ok: true, edits: setOptions(source, list, options) };
  const imported = importName(source, 'JoinColumn', 'typeorm', 'TypeOrmJoinColumn');
  const decorator = `@${imported.reference}({ name: ${options.name} })`;
  return { ok: true, edits: [...imported.edits, decorateProperty(source, property, decorator)] };
}

/** The property is renamed, wherever its class and the other sides of its relations name it; its column keeps its name. */
export function renameProperty(column: string, to: string, table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const member = memberOf(table, column, source);
  if (typeof member === 'string') return refuse(member);
  if (source.declaration.properties.some(({ name }) => name === to))
    return refuse(`${table.entity ?? table.name} has a property ${to} already.`);
  const { property, relation } = member;
  const decorator = columnDecorator(property);
  const stated = relation
    ? property.decorators.some((each) => each.name.endsWith('JoinColumn') && optionOf(each, 'name') !== null)
    : decorator !== undefined && optionOf(decorator, 'name') !== null;
  const mapping = stated ? { ok: true as const, edits: [] } : named(member, column, source);
  if (!mapping.ok) return mapping;
  const { declaration } = source;
  const indexing = [...declaration.decorators, ...declaration.properties.flatMap(({ decorators }) => decorators)];
  const own = indexing
    .filter((each) => isIndexing(each) || each.name === 'RelationId')
    .flatMap((each) => mentionsOf(each.node, property.name));
  const name = property.node.childForFieldName('name');
  if (!name) return refuse(`The name of ${property.name} was not found.`);
  const edits = [name, ...own, ...thisUses(source, property.name)].map((node) => replaced(source.path, node, to));
  return {
    ok: true,
    edits: [...mapping.edits, ...edits, ...otherSides(table, property.name, to, context)],
  };
}

/** `(order) => order.customer` and `referencedColumnName` where other entities name the property. */
function otherSides(table: Table, from: string, to: string, context: WriteContext): readonly TextEdit[] {
  return context.schema.tables.flatMap((other) => {
    const relations = other.relations.filter((each) => targetOf(each, context.schema) === table);
    if (relations.length === 0) return [];
    const source = classOf(other, context);
    if (typeof source === 'string') return [];
    return relations.flatMap((relation) => {
      const property = source.declaration.properties.find(({ name }) => name === relation.property);
      const inverse = relation.inverse === from && property ? relationDecorator(property)?.arguments?.[1] : undefined;
      const joins = property?.decorators.filter((each) => each.name.endsWith('JoinColumn')) ?? [];
      const referenced = joins.flatMap((each) => optionOf(each, 'referencedColumnName') ?? []);
      return [
        ...(inverse ? mentionsOf(wrapped(inverse), from) : []),
        ...referenced.filter(({ text }) => text.slice(1, -1) === from),
      ].map((node) => replaced(source.path, node, to));
    });
  });
}

/** `descendantsOfType` looks below a node: a string that is an argument itself is found below its list. */
function wrapped(node: SyntaxNode): SyntaxNode {
  return node.type === 'string' ? (node.parent ?? node) : node;
}

function replaced(path: string, node: SyntaxNode, to: string): TextEdit {
  const isString = node.type === 'string';
  const [start, end] = isString ? [node.startIndex + 1, node.endIndex - 1] : [node.startIndex, node.endIndex];
  return { file: path, start, end, newText: to };
}

export function changeType(column: string, spec: TypeSpec, table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const member = memberOf(table, column, source);
  if (typeof member === 'string') return refuse(member);
  const { property, relation } = member;
  if (relation)
    return refuse(
      `${column} holds the key of the relation ${relation.property}: its type is that of the key it refers to.`,
    );
  if (member.column.generated !== null)
    return refuse(`${column} is generated (${member.column.generated.kind}); change its type by hand.`);
  if (member.column.array) return refuse(`${column} is an array; change its type by hand.`);
  const decorator = columnDecorator(property);
  const list = decorator ? argumentsOf(decorator) : null;
  const rawType = rawTypeOf(spec, context.dialect);
  if (!decorator || !list) return refuse(`The decorator of ${property.name} is not called; write @Column() first.`);
  if (rawType === null) return refuse(`${context.dialect ?? 'The database'} has no type for that.`);
  const { style } = source;
  const [first] = decorator.arguments ?? [];
  const positional = first && first.type !== 'object' ? first : null;
  const number = (size: number | null): string | null => (size === null ? null : String(size));
  const options = {
    ...(positional ? {} : { type: quoted(rawType, style) }),
    ...{ length: number(spec.length), precision: number(spec.precision), scale: number(spec.scale) },
    ...{ enum: null, enumName: null, width: null, unsigned: null },
  };
  return {
    ok: true,
    edits: [
      ...(positional
        ? [
            {
              file: source.path,
              start: positional.startIndex,
              end: positional.endIndex,
              newText: quoted(rawType, style),
            },
          ]
        : []),
      ...setOptions(source, list, options),
      ...retyped(property.node, source, scriptType({ type: spec.type, array: false })),
    ],
    notes:
      member.column.default === null
        ? []
        : [`${column} keeps its default (${member.column.default}): look whether it suits the new type.`],
  };
}

/** Only the name of the type: ` | null` and the like stay. */
function retyped(property: SyntaxNode, { path, text }: ClassSource, type: string): readonly TextEdit[] {
  const annotation = property.childForFieldName('type');
  if (!annotation) return [];
  const start = annotation.startIndex + (/^:\s*/u.exec(annotation.text)?.[0].length ?? 0);
  const rest = /(?:\s*\|\s*(?:null|undefined))+$/u.exec(annotation.text)?.[0] ?? '';
  const end = annotation.endIndex - rest.length;
  return text.slice(start, end) === type ? [] : [{ file: path, start, end, newText: type }];
}

export function setNullable(column: string, nullable: boolean, table: Table, context: WriteContext): EntityWriteResult {
  const source = classOf(table, context);
  if (typeof source === 'string') return refuse(source);
  const member = memberOf(table, column, source);
  if (typeof member === 'string') return refuse(member);
  if (table.primaryKey.includes(column)) return refuse(`${column} belongs to the primary key, which is never null.`);
  const { property, relation } = member;
  const decorator = relation ? relationDecorator(property) : columnDecorator(property);
  const list = decorator ? argumentsOf(decorator) : null;
  if (!decorator || !list) return refuse(`The decorator of ${property.name} is not called; write @Column() first.`);
  if (/^(?:Create|Update|Delete)DateColumn$|^VersionColumn$/u.test(decorator.name))
    return refuse(`@${decorator.name}() decides by itself whether ${column} is nullable.`);
  // Relations are nullable unless they say otherwise, columns are not.
  const value = relation ? (nullable ? null : 'false') : nullable ? 'true' : null;
  const typed =
    relation !== null || decorator.arguments?.[0]?.type === 'string' || optionOf(decorator, 'type') !== null;
  return {
    ok: true,
    edits: [...setOptions(source, list, { nullable: value }), ...nullMark(property.node, source, nullable, typed)],
  };
}

/** A type that TypeORM infers from the property must stay a plain one there: `?` marks it, ` | null` would hide it. */
function nullMark(property: SyntaxNode, source: ClassSource, nullable: boolean, typed: boolean): readonly TextEdit[] {
  const annotation = property.childForFieldName('type');
  const name = property.childForFieldName('name');
  if (!annotation || !name) return [];
  const { path, text, declaration } = source;
  const mark = childrenOf(property).find(({ type }) => type === '?' || type === '!');
  const edit = (start: number, end: number, newText: string): TextEdit => ({ file: path, start, end, newText });
  const hasNull = /\bnull\b/u.test(annotation.text);
  if (nullable) {
    if (hasNull || mark?.type === '?') return [];
    if (typed) return [edit(annotation.endIndex, annotation.endIndex, ' | null')];
    return mark ? [edit(mark.startIndex, mark.endIndex, '?')] : [edit(name.endIndex, name.endIndex, '?')];
  }
  const kept = annotation.text
    .replace(/\s*\|\s*(?:null|undefined)\b/gu, '')
    .replace(/\b(?:null|undefined)\s*\|\s*/gu, '');
  return [
    ...(kept === annotation.text ? [] : [edit(annotation.startIndex, annotation.endIndex, kept)]),
    ...(mark?.type === '?' ? [edit(mark.startIndex, mark.endIndex, definiteMark(declaration))] : []),
  ].filter(({ start, end, newText }) => text.slice(start, end) !== newText);
}

function isIndexing({ name }: DecoratorNode): boolean {
  return /(?:Index|Unique)$/u.test(name);
}

function thisUses({ declaration }: ClassSource, property: string): readonly SyntaxNode[] {
  return (declaration.body.descendantsOfType('member_expression') as readonly SyntaxNode[]).flatMap((node) => {
    const name = node.childForFieldName('property');
    return node.childForFieldName('object')?.type === 'this' && name?.text === property ? [name] : [];
  });
}

/** Behind the semicolon, which is no part of the property. */
export function endOf(text: string, node: SyntaxNode): number {
  return node.endIndex + (/^[ \t]*;/u.exec(text.slice(node.endIndex))?.[0].length ?? 0);
}
