/** The parts of a TypeORM entity that changes are made to. */
import type { Column, Relation, Schema, Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { WriteContext } from '../entityChange.ts';
import { findDeclaration } from '../shared/declaration.ts';
import type { ClassDeclaration, DecoratorNode, PropertyNode } from '../shared/declaration.ts';
import type { EntitySource } from '../shared/entitySource.ts';
import { partsOf, styleOf } from '../shared/style.ts';

export interface ClassSource extends EntitySource {
  readonly declaration: ClassDeclaration;
}

/** The decorated class of a table, or why it cannot be changed, in a sentence. */
export function classOf(table: Table, { open }: WriteContext): ClassSource | string {
  if (table.entity === null)
    return `No entity stands for ${table.name}: TypeORM creates the table for a many-to-many relation. Declare it as an entity of its own to change it.`;
  const file = open(table.at.file);
  if (!file) return `${table.at.file} cannot be read.`;
  const { root } = file.parsed();
  const declaration = findDeclaration(root, table.entity, table.at.line);
  if (declaration?.kind === 'schema')
    return `${table.entity} is declared by an EntitySchema, of which only columns and indexes are written so far; make this change by hand.`;
  if (!declaration) return `The class ${table.entity} was not found in ${table.at.file}.`;
  if (declaration.node.hasError) return `${table.at.file} has a syntax error in ${table.entity}; correct it first.`;
  return { path: file.path, text: file.text, root, style: styleOf(file.text), declaration };
}

export interface Member {
  readonly property: PropertyNode;
  readonly column: Column;
  /** The relation whose key the column holds, where the property is that relation. */
  readonly relation: Relation | null;
}

/** The property that stands for a column, or why there is none. */
export function memberOf(table: Table, name: string, source: ClassSource): Member | string {
  const column = table.columns.find((each) => each.name === name);
  if (!column) return `No column ${name} was read in ${table.name}.`;
  const own = source.declaration.properties.find(
    (each) => each.name === column.property && each.decorators.some((decorator) => isColumn(decorator)),
  );
  if (own) return { property: own, column, relation: null };
  const relation = table.relations.find((each) => each.owner && each.columns.includes(name)) ?? null;
  const property = source.declaration.properties.find((each) => each.name === relation?.property);
  if (relation && property) return { property, column, relation };
  return column.property?.includes('.')
    ? `${name} belongs to an embedded entity (${column.property}); change it there.`
    : `${name} is not declared in ${table.entity ?? table.name} itself: it is inherited, or TypeORM adds it. Change it where it is declared.`;
}

export function isColumn({ name }: DecoratorNode): boolean {
  return /(?:^|[a-z])Column$/u.test(name) && !/^JoinColumn$|^InverseJoinColumn$/u.test(name);
}

export function columnDecorator({ decorators }: PropertyNode): DecoratorNode | undefined {
  return decorators.find(isColumn);
}

export function relationDecorator({ decorators }: PropertyNode): DecoratorNode | undefined {
  return decorators.find(({ name }) => /^(?:TypeOrm)?(?:OneToOne|OneToMany|ManyToOne|ManyToMany)$/u.test(name));
}

/** The brackets of a decorator with what stands in them. */
export function argumentsOf({ node }: DecoratorNode): SyntaxNode | null {
  return partsOf(node)[0]?.childForFieldName('arguments') ?? null;
}

export function optionOf(decorator: DecoratorNode, key: string): SyntaxNode | null {
  const object = decorator.arguments?.findLast(({ type }) => type === 'object');
  const pair = object && partsOf(object).find((each) => each.childForFieldName('key')?.text === key);
  return pair?.childForFieldName('value') ?? null;
}

export function targetOf(relation: Relation, schema: Schema): Table | undefined {
  return schema.tables.find(
    ({ name, namespace }) => name === relation.target && namespace === relation.targetNamespace,
  );
}

/** Occurrences of a property by name within some part of the source: strings, and members of what an arrow function is given. */
export function mentionsOf(node: SyntaxNode, property: string): readonly SyntaxNode[] {
  const strings = (node.descendantsOfType('string') as readonly SyntaxNode[]).filter(
    ({ text }) => text.slice(1, -1) === property,
  );
  const members = (node.descendantsOfType('property_identifier') as readonly SyntaxNode[]).filter(
    ({ text, parent }) => text === property && parent?.type === 'member_expression',
  );
  return [...strings, ...members];
}
