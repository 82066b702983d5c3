/** Entity classes of EF Core, edited as a person asks for it: properties with attributes. What is configured by code stays. */
import type { ColumnType, Index } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { EntityChange, EntityWriter, EntityWriteResult, TypeSpec, WriteContext } from '../entityChange.ts';
import { tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { declaredAt, holds, notPlain } from '../shared/declaredIndex.ts';
import { refuse } from '../shared/refusals.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import {
  addAttribute,
  attribute,
  csharpClassOf,
  descendants,
  insertProperty,
  nameOf,
  removeAttribute,
  removeProperty,
  replace,
  using,
} from './csharpSource.ts';
import type { CsharpProperty, CsharpSource } from './csharpSource.ts';
import { addRelation, dropRelation } from './relations.ts';

const annotations = 'System.ComponentModel.DataAnnotations';
const mapping = `${annotations}.Schema`;

export const efcoreEntities: EntityWriter = {
  // Which tables there are is said by the context, which is another file of another kind.
  supported: [
    'renameTable',
    'addColumn',
    'dropColumn',
    'renameColumn',
    'renameProperty',
    'alterColumn',
    'addRelation',
    'dropRelation',
    'dropIndex',
  ],
  // An index may be declared where the model is configured.
  files: (change, schema) => [
    ...new Set([...touchedFiles(change, schema), ...(change.kind === 'dropIndex' ? [change.index.at.file] : [])]),
  ],
  write(change, context) {
    const table = tableOf(change, context.schema);
    const source = table ? csharpClassOf(table, context) : 'The entity is no longer there.';
    return typeof source === 'string' ? refuse(source) : onEntity(change, source, context);
  },
  spell: (spec) => {
    const type = types[spec.type];
    return type === undefined ? null : [type, ...attributesFor(spec).map((each) => `[${each}]`)].join(' ');
  },
};

function onEntity(change: EntityChange, source: CsharpSource, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'renameTable':
      return renameTable(change.to, source);
    case 'addColumn':
      return addProperty(change.column.property ?? change.column.name, change.column, source);
    case 'dropColumn':
      return onProperty(source, change.column.name, (property) => [
        removeProperty(source, property),
        ...indexing(source, property.name.text).map((each) => removeAttribute(source, each)),
      ]);
    case 'renameColumn':
      return onProperty(source, change.from, (property) => named(source, property, change.to));
    case 'renameProperty':
      return onProperty(source, change.column, (property) => renamed(source, property, change.to, change.column));
    case 'alterColumn':
      return onProperty(source, change.from.name, (property) =>
        change.facets.includes('type')
          ? retyped(source, property, change.to, change.from.nullable)
          : nullability(source, property, change.to.nullable),
      );
    case 'addRelation':
      return addRelation(change, source, context);
    case 'dropRelation':
      return dropRelation(change.property, source, context);
    case 'dropIndex':
      return dropIndex(change.index, source, context);
    default:
      return refuse('EF Core entities: this is not written yet; make the change by hand.');
  }
}

function onProperty(
  source: CsharpSource,
  column: string,
  make: (property: CsharpProperty) => readonly TextEdit[] | string,
): EntityWriteResult {
  const { table } = source;
  const name = table.columns.find((each) => each.name === column)?.property;
  const property = source.properties.find((each) => each.name.text === name);
  if (!property)
    return refuse(
      `${column} is not declared by a property of ${table.entity ?? ''} itself: change it where it is declared.`,
    );
  const made = make(property);
  if (typeof made === 'string') return refuse(made);
  return {
    ok: true,
    edits: made,
    notes: [
      `Where ${property.name.text} is configured in OnModelCreating or a configuration class, look there as well.`,
    ],
  };
}

const types: Readonly<Partial<Record<ColumnType, string>>> = {
  string: 'string',
  text: 'string',
  int16: 'short',
  int32: 'int',
  int64: 'long',
  decimal: 'decimal',
  float64: 'double',
  boolean: 'bool',
  date: 'DateOnly',
  time: 'TimeOnly',
  datetime: 'DateTime',
  'datetime-tz': 'DateTimeOffset',
  uuid: 'Guid',
  binary: 'byte[]',
};

function attributesFor({ type, length, precision, scale }: TypeSpec): readonly string[] {
  if (type === 'string' && length !== null) return [`MaxLength(${length})`];
  return precision === null || scale === null ? [] : [`Column(TypeName = "decimal(${precision},${scale})")`];
}

function isReference(type: string): boolean {
  return type === 'string' || type.endsWith('[]');
}

function addProperty(
  name: string,
  column: TypeSpec & { readonly nullable: boolean },
  source: CsharpSource,
): EntityWriteResult {
  const type = types[column.type];
  if (type === undefined) return refuse('EF Core has no plain type for that.');
  if (source.properties.some((each) => each.name.text === name))
    return refuse(`${source.table.entity ?? ''} has a property ${name} already.`);
  const reference = isReference(type);
  const mark = column.nullable && (!reference || source.nullableTypes) ? '?' : '';
  const isRequired = !column.nullable && reference && !source.nullableTypes;
  const filled = !column.nullable && reference && source.nullableTypes ? ' = null!;' : '';
  const attributes = [...(isRequired ? ['Required'] : []), ...attributesFor(column)];
  return {
    ok: true,
    edits: [
      ...usings(source, attributes),
      insertProperty(source, [
        ...attributes.map((each) => `[${each}]`),
        `public ${type}${mark} ${name} { get; set; }${filled}`,
      ]),
    ],
  };
}

function usings(source: CsharpSource, attributes: readonly string[]): readonly TextEdit[] {
  const isMapping = (each: string): boolean => each.startsWith('Column(') || each.startsWith('Table(');
  return [
    ...(attributes.some((each) => !isMapping(each)) ? using(source, annotations) : []),
    ...(attributes.some(isMapping) ? using(source, mapping) : []),
  ];
}

function named(source: CsharpSource, property: CsharpProperty, to: string): readonly TextEdit[] {
  const given = attribute(property, 'Column');
  const written = `Column("${to}"`;
  if (!given) return [...using(source, mapping), addAttribute(source, property.node, `${written})`)];
  const rest = /\(\s*(?:"[^"]*"\s*,?\s*)?(.*)\)$/su.exec(given.text)?.[1] ?? '';
  return [replace(source, given, `${written}${rest === '' ? '' : `, ${rest}`})`)];
}

/** `[Index(nameof(A), nameof(B))]` and keys of the class that name the property. */
function indexing({ attributes }: CsharpSource, name: string) {
  return attributes.filter((each) =>
    new RegExp(`(?:nameof\\(\\s*(?:\\w+\\.)?|")${name}(?:\\s*\\)|")`, 'u').test(each.text),
  );
}

/** `[Index(…)]` of the class, or a statement of the configuration that says nothing else. */
function dropIndex(index: Index, source: CsharpSource, { open }: WriteContext): EntityWriteResult {
  const file = open(index.at.file);
  const offset = declaredAt(index, file);
  if (!file || offset === null) return refuse(notPlain(index));
  const given = source.path === file.path ? source.attributes.find((each) => holds(each, offset)) : undefined;
  if (given) return { ok: true, edits: [removeAttribute(source, given)] };
  const statement = descendants(file.parsed().root, ['expression_statement'])
    .filter((each) => holds(each, offset))
    .at(-1);
  const isPlain = /^[\w.]+(?:\.Entity<[\w.]+>\(\))?\s*\.HasIndex\(/u.test(statement?.text ?? '');
  if (!statement || !isPlain || statement.parent?.type !== 'block') return refuse(notPlain(index));
  return {
    ok: true,
    edits: [removeBlock(file.path, file.text, statement.startIndex, statement.endIndex, lineComment)],
  };
}

const lineComment = /(?:^|(?<=\n))(?:[ \t]*\/\/[^\n]*\n)+$/u;

function renamed(
  source: CsharpSource,
  property: CsharpProperty,
  to: string,
  column: string,
): readonly TextEdit[] | string {
  const from = property.name.text;
  if (source.properties.some(({ name }) => name.text === to))
    return `${source.table.entity ?? ''} has a property ${to} already.`;
  const stated = /^Column(?:Attribute)?\(\s*"/u.test(attribute(property, 'Column')?.text ?? '');
  const attributes = [...indexing(source, from), ...source.properties.flatMap((each) => each.attributes)];
  const inAttributes = attributes
    .flatMap((each) => descendants(each, ['identifier', 'string_literal_content']))
    .filter(({ text }) => text === from);
  const inside = descendants(source.body, ['identifier']).filter(
    ({ text, parent }) =>
      text === from &&
      parent !== null &&
      /^(?:return_statement|assignment_expression|arrow_expression_clause|argument|binary_expression)$/u.test(
        parent.type,
      ),
  );
  const nodes = [property.name, ...inAttributes, ...inside];
  const unique = nodes.filter((node, at) => nodes.findIndex(({ startIndex }) => startIndex === node.startIndex) === at);
  return [...(stated ? [] : named(source, property, column)), ...unique.map((node) => replace(source, node, to))];
}

const sized = ['MaxLength', 'StringLength', 'Precision', 'Unicode'];

function retyped(
  source: CsharpSource,
  property: CsharpProperty,
  spec: TypeSpec,
  nullable: boolean,
): readonly TextEdit[] | string {
  const type = types[spec.type];
  if (type === undefined) return 'EF Core has no plain type for that.';
  const reference = isReference(type);
  const mark = nullable && (!reference || source.nullableTypes) ? '?' : '';
  const column = attribute(property, 'Column');
  const name = /^\w+\(\s*("[^"]*")/u.exec(column?.text ?? '')?.[1];
  const wanted = attributesFor(spec);
  const own = wanted.find((each) => each.startsWith('Column('));
  const others = wanted.filter((each) => each !== own);
  const typed = own?.slice('Column('.length, -1);
  const mapped = [name, typed].filter((each) => each !== undefined).join(', ');
  const value = property.node.childForFieldName('value');
  if (value && !/^null!?$/u.test(value.text))
    return `${property.name.text} has an initial value: change its type by hand.`;
  return [
    replace(source, property.type, type + mark),
    ...(column ? [mapped === '' ? removeAttribute(source, column) : replace(source, column, `Column(${mapped})`)] : []),
    ...(!column && own !== undefined ? [addAttribute(source, property.node, own)] : []),
    ...property.attributes.filter((each) => sized.includes(nameOf(each))).map((each) => removeAttribute(source, each)),
    ...others.map((each) => addAttribute(source, property.node, each)),
    ...(value && !reference ? initialRemoved(source, property) : []),
    ...usings(source, wanted),
  ];
}

/** ` = null!;` behind the accessors. */
function initialRemoved({ path, text }: CsharpSource, { node }: CsharpProperty): readonly TextEdit[] {
  const accessors = node.childForFieldName('accessors');
  if (!accessors || !/^\s*=/u.test(text.slice(accessors.endIndex, node.endIndex))) return [];
  return [{ file: path, start: accessors.endIndex, end: node.endIndex, newText: '' }];
}

function nullability(source: CsharpSource, property: CsharpProperty, nullable: boolean): readonly TextEdit[] {
  const text = property.type.text.replace(/\?$/u, '');
  const reference = isReference(text);
  const required = attribute(property, 'Required');
  const edits: TextEdit[] = required && nullable ? [removeAttribute(source, required)] : [];
  if (reference && !source.nullableTypes)
    return nullable ? edits : [...using(source, annotations), addAttribute(source, property.node, 'Required')];
  edits.push(replace(source, property.type, nullable ? `${text}?` : text));
  const accessors = property.node.childForFieldName('accessors');
  const value = property.node.childForFieldName('value');
  if (nullable && value?.text === 'null!') edits.push(...initialRemoved(source, property));
  if (!nullable && reference && !value && accessors?.endIndex === property.node.endIndex)
    edits.push({ file: source.path, start: property.node.endIndex, end: property.node.endIndex, newText: ' = null!;' });
  return edits;
}

function renameTable(to: string, source: CsharpSource): EntityWriteResult {
  const given = attribute(source, 'Table');
  if (!given)
    return { ok: true, edits: [...using(source, mapping), addAttribute(source, source.node, `Table("${to}")`)] };
  const name = descendants(given, ['string_literal'])[0];
  return name
    ? { ok: true, edits: [replace(source, name, `"${to}"`)] }
    : refuse('The name of the table is not written plainly; change it by hand.');
}
