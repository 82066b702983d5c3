/** JPA entities, edited as a person asks for it: annotated fields, with the accessors that are written out. */
import type { ColumnType, Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { EntityChange, EntityWriter, EntityWriteResult, TypeSpec, WriteContext } from '../entityChange.ts';
import { declaredAt, notPlain } from '../shared/declaredIndex.ts';
import { everyChange, tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { fileNameLike } from '../shared/fileNames.ts';
import { refuse } from '../shared/refusals.ts';
import { indentAt, lineStart, partsOf } from '../shared/style.ts';
import {
  addAnnotation,
  annotation,
  capital,
  descendants,
  importJava,
  insertField,
  javaClassOf,
  pairValue,
  removeField,
  removeNode,
  replace,
  setElements,
} from './javaSource.ts';
import type { JavaField, JavaSource } from './javaSource.ts';
import { addRelation, dropRelation } from './relations.ts';

export const jpaEntities: EntityWriter = {
  supported: [...everyChange, 'dropIndex'],
  files: touchedFiles,
  write(change, context) {
    const table = tableOf(change, context.schema);
    const source = table ? javaClassOf(table, context) : 'The entity is no longer there.';
    return typeof source === 'string' ? refuse(source) : onEntity(change, source, context);
  },
  spell: (spec) => {
    const known = types[spec.type];
    if (!known) return null;
    const list = elementsOf(spec, true);
    return known[0] + (list.length > 0 ? ` (${list.join(', ')})` : '');
  },
};

function onEntity(change: EntityChange, source: JavaSource, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'createTable':
      return createEntity(change.table, source);
    case 'dropTable':
      return partsOf(source.root).filter(({ type }) => /^(?:class|interface|enum|record)_/u.test(type)).length === 1
        ? { ok: true, edits: [], deleted: [source.path] }
        : { ok: true, edits: [removeNode(source, source.node)] };
    case 'renameTable':
      return renameTable(change.to, source);
    case 'addColumn':
      return addField(change.column.property ?? change.column.name, change.column, source);
    case 'dropColumn':
      return onField(source, change.column.name, (field) => [
        ...removeField(source, field),
        ...unindexed(source, change.column.name),
      ]);
    case 'renameColumn':
      return onField(source, change.from, (field) => [
        ...named(source, field, change.to),
        ...reindexed(source, change.from, change.to),
      ]);
    case 'renameProperty':
      return onField(source, change.column, (field) => renamed(source, field, change.to, change.column, context));
    case 'alterColumn':
      return onField(source, change.from.name, (field) =>
        change.facets.includes('type')
          ? retyped(source, field, change.to)
          : nullability(source, field, change.to.nullable),
      );
    case 'addRelation':
      return addRelation(change, source, context);
    case 'dropRelation':
      return dropRelation(change.property, source, context);
    case 'dropIndex':
      return dropIndex(change.index, source, context);
    default:
      return refuse('JPA entities: this is not written yet; make the change by hand.');
  }
}

function onField(
  source: JavaSource,
  column: string,
  make: (field: JavaField) => readonly TextEdit[] | string,
): EntityWriteResult {
  const { table } = source;
  const relation = table.relations.find(({ owner, columns }) => owner && columns.includes(column));
  const property = relation?.property ?? table.columns.find(({ name }) => name === column)?.property;
  const field = source.fields.find(({ name }) => name.text === property);
  if (!field)
    return refuse(
      `${column} is not declared by a field of ${table.entity ?? ''} itself: change it where it is declared.`,
    );
  const made = make(field);
  return typeof made === 'string' ? refuse(made) : { ok: true, edits: made };
}

type JavaType = readonly [type: string, pack: string];

const types: Readonly<Partial<Record<ColumnType, JavaType>>> = {
  string: ['String', ''],
  text: ['String', ''],
  int16: ['Short', ''],
  int32: ['Integer', ''],
  int64: ['Long', ''],
  decimal: ['BigDecimal', 'java.math'],
  float64: ['Double', ''],
  boolean: ['Boolean', ''],
  date: ['LocalDate', 'java.time'],
  time: ['LocalTime', 'java.time'],
  datetime: ['LocalDateTime', 'java.time'],
  'datetime-tz': ['OffsetDateTime', 'java.time'],
  uuid: ['UUID', 'java.util'],
  binary: ['byte[]', ''],
};

function sizes({ type, length, precision, scale }: TypeSpec): Readonly<Record<string, string | null>> {
  const number = (size: number | null): string | null => (size === null ? null : String(size));
  return {
    length: number(length),
    precision: number(precision),
    scale: number(scale),
    columnDefinition: type === 'text' ? '"text"' : null,
  };
}

function elementsOf(spec: TypeSpec, nullable: boolean): readonly string[] {
  const list = Object.entries(sizes(spec)).flatMap(([key, value]) => (value === null ? [] : [`${key} = ${value}`]));
  return [...(nullable ? [] : ['nullable = false']), ...list];
}

function addField(
  name: string,
  column: TypeSpec & { readonly name: string; readonly nullable: boolean },
  source: JavaSource,
): EntityWriteResult {
  const known = types[column.type];
  if (!known) return refuse('JPA has no plain type for that.');
  if (source.fields.some((field) => field.name.text === name))
    return refuse(`${source.table.entity ?? ''} has a field ${name} already.`);
  // Naming strategies make the one of the other; where names say it outright, so does this one.
  const says = source.fields.some((field) => pairValue(annotation(field, 'Column'), 'name') !== null);
  const label = says && name !== column.name ? [`name = "${column.name}"`] : [];
  const list = [...label, ...elementsOf(column, column.nullable)];
  const annotations = list.length > 0 ? [`@Column(${list.join(', ')})`] : [];
  return {
    ok: true,
    edits: [
      ...(annotations.length > 0 ? importJava(source, 'Column', source.library) : []),
      ...importJava(source, known[0], known[1]),
      ...insertField(source, { name, type: known[0], annotations }),
    ],
  };
}

function isRelation(field: JavaField): boolean {
  return ['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany'].some((name) => annotation(field, name));
}

/** Elements of `@Column` (of a relation, `@JoinColumn`), which is added where there is none. */
function columnElements(
  source: JavaSource,
  field: JavaField,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const name = isRelation(field) ? 'JoinColumn' : 'Column';
  const given = annotation(field, name);
  if (given) return setElements(source, given, options);
  const list = Object.entries(options).flatMap(([key, value]) => (value === null ? [] : [`${key} = ${value}`]));
  if (list.length === 0) return [];
  return [...importJava(source, name, source.library), addAnnotation(source, field, `@${name}(${list.join(', ')})`)];
}

function named(source: JavaSource, field: JavaField, name: string): readonly TextEdit[] {
  return columnElements(source, field, { name: `"${name}"` });
}

function renamed(
  source: JavaSource,
  field: JavaField,
  to: string,
  column: string,
  { schema, open }: WriteContext,
): readonly TextEdit[] | string {
  const from = field.name.text;
  if (source.fields.some(({ name }) => name.text === to))
    return `${source.table.entity ?? ''} has a field ${to} already.`;
  const inside = descendants(source.body, ['identifier']).filter(
    (node) =>
      node.text === from &&
      (node.parent?.type !== 'method_invocation' ||
        node.parent.childForFieldName('object')?.startIndex === node.startIndex) &&
      node.parent?.type !== 'element_value_pair',
  );
  const accessors = field.accessors.flatMap((method) => method.childForFieldName('name') ?? []);
  const stated = pairValue(annotation(field, isRelation(field) ? 'JoinColumn' : 'Column'), 'name') !== null;
  const others = [...new Set(schema.tables.map(({ at }) => at.file))].flatMap((path) => {
    const file = open(path);
    if (!file?.path.endsWith('.java')) return [];
    return descendants(file.parsed().root, ['element_value_pair'])
      .filter((pair) => pair.childForFieldName('key')?.text === 'mappedBy')
      .flatMap((pair) => pair.childForFieldName('value') ?? [])
      .filter((value) => value.text === `"${from}"` && isOf(value, source.table.entity ?? ''))
      .map((value) => replace({ path }, value, `"${to}"`));
  });
  return [
    ...(stated ? [] : named(source, field, column)),
    ...inside.map((node) => replace(source, node, to)),
    ...accessors.map((node) => replace(source, node, node.text.replace(capital(from), capital(to)))),
    ...others,
  ];
}

/** The field whose annotation holds the value is of the type. */
function isOf(value: Parameters<typeof replace>[1], entity: string): boolean {
  for (let node = value.parent; node; node = node.parent)
    if (node.type === 'field_declaration')
      return new RegExp(`\\b${entity}\\b`, 'u').test(node.childForFieldName('type')?.text ?? '');
  return false;
}

function retyped(source: JavaSource, field: JavaField, spec: TypeSpec): readonly TextEdit[] | string {
  const known = types[spec.type];
  if (!known) return 'JPA has no plain type for that.';
  if (isRelation(field) || annotation(field, 'Id')) return 'The type of a key is changed by hand.';
  const special = ['Enumerated', 'Convert', 'Type', 'Temporal', 'Lob', 'JdbcTypeCode'].find((name) =>
    annotation(field, name),
  );
  if (special !== undefined) return `${field.name.text} has @${special}: change its type by hand.`;
  const old = field.type.text;
  const uses = field.accessors.flatMap((method) =>
    descendants(method, [
      'type_identifier',
      'integral_type',
      'boolean_type',
      'floating_point_type',
      'generic_type',
      'array_type',
    ]).filter(({ text }) => text === old),
  );
  return [
    ...importJava(source, known[0], known[1]),
    ...[field.type, ...uses].map((node) => replace(source, node, known[0])),
    ...columnElements(source, field, sizes(spec)),
  ];
}

const boxes: Readonly<Record<string, string>> = {
  int: 'Integer',
  long: 'Long',
  short: 'Short',
  boolean: 'Boolean',
  double: 'Double',
  float: 'Float',
};

function nullability(source: JavaSource, field: JavaField, nullable: boolean): readonly TextEdit[] {
  const box = nullable ? boxes[field.type.text] : undefined;
  const required = ['NotNull', 'NotBlank', 'NotEmpty', 'NonNull'].flatMap((name) => annotation(field, name) ?? []);
  const relation = ['ManyToOne', 'OneToOne'].map((name) => annotation(field, name)).find((each) => each !== undefined);
  return [
    ...columnElements(source, field, { nullable: nullable ? null : 'false' }),
    ...(relation && (!nullable || pairValue(relation, 'optional'))
      ? setElements(source, relation, { optional: nullable ? null : 'false' })
      : []),
    ...(nullable ? required.map((each) => removeNode(source, each)) : []),
    ...(box === undefined ? [] : [replace(source, field.type, box)]),
  ];
}

/** `@Index` and `@UniqueConstraint` of the class that name a column. */
function indexing({ annotations }: JavaSource, column: string) {
  return annotations
    .flatMap((each) => descendants(each, ['annotation']))
    .filter((each) => /^@(?:\w+\.)*(?:Index|UniqueConstraint)\b/u.test(each.text))
    .filter((each) => new RegExp(`["\\s,]${column}["\\s,]`, 'u').test(each.text));
}

function unindexed(source: JavaSource, column: string): readonly TextEdit[] {
  return withoutEntries(source, indexing(source, column));
}

/** `@Index` among the elements of the class's annotation. */
function dropIndex(index: Index, source: JavaSource, { open }: WriteContext): EntityWriteResult {
  const offset = declaredAt(index, open(source.path));
  const entry = source.annotations
    .flatMap((each) => descendants(each, ['annotation']))
    .find((each) => offset !== null && /^@(?:\w+\.)*Index\b/u.test(each.text) && each.startIndex === offset);
  if (!entry) return refuse(notPlain(index));
  return { ok: true, edits: withoutEntries(source, [entry]) };
}

function withoutEntries({ path, text }: JavaSource, entries: readonly SyntaxNode[]): readonly TextEdit[] {
  return entries.map((each) => {
    const list = each.parent?.type === 'element_value_array_initializer' ? each.parent : null;
    const parts = list ? partsOf(list) : [];
    const at = parts.findIndex(({ startIndex }) => startIndex === each.startIndex);
    const next = parts[at + 1];
    const previous = parts[at - 1];
    if (list && next) return { file: path, start: each.startIndex, end: next.startIndex, newText: '' };
    if (list && previous) return { file: path, start: previous.endIndex, end: each.endIndex, newText: '' };
    // The last of its list: the element goes, with the comma before or behind it.
    const pair = (list ?? each).parent ?? each;
    const before = /,\s*$/u.exec(text.slice(0, pair.startIndex))?.[0].length ?? 0;
    const behind = before > 0 ? 0 : (/^\s*,\s*/u.exec(text.slice(pair.endIndex))?.[0].length ?? 0);
    return { file: path, start: pair.startIndex - before, end: pair.endIndex + behind, newText: '' };
  });
}

function reindexed(source: JavaSource, from: string, to: string): readonly TextEdit[] {
  return indexing(source, from)
    .flatMap((each) => descendants(each, ['string_literal']))
    .filter(({ text }) => new RegExp(`["\\s,]${from}["\\s,]`, 'u').test(text))
    .map((node) => replace(source, node, node.text.replace(new RegExp(`(?<=["\\s,])${from}(?=["\\s,])`, 'u'), to)));
}

function renameTable(to: string, source: JavaSource): EntityWriteResult {
  const given = annotation(source, 'Table');
  if (given) return { ok: true, edits: setElements(source, given, { name: `"${to}"` }) };
  const { path, text, eol, node } = source;
  const at = lineStart(text, node.startIndex);
  const line = `${indentAt(text, node.startIndex)}@Table(name = "${to}")${eol}`;
  return {
    ok: true,
    edits: [...importJava(source, 'Table', source.library), { file: path, start: at, end: at, newText: line }],
  };
}

function createEntity(table: Table, source: JavaSource): EntityWriteResult {
  const { text, eol, root, node, library, indent } = source;
  const keys = source.fields.filter((field) => annotation(field, 'Id'));
  const heritage = keys.length === 0 ? (node.childForFieldName('superclass')?.text ?? null) : null;
  if (keys.length === 0 && heritage === null)
    return refuse(`${source.table.entity ?? ''} has no field with @Id to go by.`);
  const members = keys.flatMap((field) => [field.node, ...field.accessors]);
  const body = members.map((each) => indent + text.slice(each.startIndex, each.endIndex)).join(eol + eol);
  const used = new Set(`${body} ${heritage ?? ''}`.match(/\b\p{Lu}\w*/gu) ?? []);
  const lombok = source.annotations
    .map((each) => each.text)
    .filter((each) => /^@(?:Getter|Setter|Data|NoArgsConstructor|AllArgsConstructor)$/u.test(each));
  for (const each of lombok) used.add(each.slice(1));
  const imports = partsOf(root)
    .filter(({ type }) => type === 'import_declaration')
    .map((each) => each.text)
    .filter((each) => each.endsWith('.*;') || used.has(/(\w+);$/u.exec(each)?.[1] ?? ''));
  for (const name of ['Entity', 'Table'])
    if (!imports.some((each) => each.includes(`${library}.*`))) imports.push(`import ${library}.${name};`);
  const pack = partsOf(root).find(({ type }) => type === 'package_declaration')?.text;
  const entity = table.entity ?? table.name;
  const path = fileNameLike(source.path, source.table.entity ?? '', entity);
  if (path === null) return refuse(`${source.path} is not named after its class.`);
  const lines = [
    ...(pack === undefined ? [] : [pack, '']),
    ...[...new Set(imports)].sort(),
    '',
    ...lombok,
    '@Entity',
    `@Table(name = "${table.name}")`,
    `public class ${entity}${heritage === null ? '' : ` ${heritage}`} {`,
    ...(body === '' ? [] : [body]),
    '}',
    '',
  ];
  return { ok: true, edits: [], created: [{ path, text: lines.join(eol) }] };
}
