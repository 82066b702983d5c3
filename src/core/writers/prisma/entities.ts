/** Models of a Prisma schema, edited as a person asks for it. */
import type { Dialect, Relation, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { PrismaAttribute, PrismaField } from '../../syntax/prisma/ast.ts';
import { parsePrisma } from '../../syntax/prisma/parse.ts';
import type {
  AddRelation,
  EntityChange,
  EntityWriter,
  EntityWriteResult,
  TypeSpec,
  WriteContext,
} from '../entityChange.ts';
import { everyChange, tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { rawTypeOf } from '../shared/rawTypes.ts';
import { refuse } from '../shared/refusals.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { nativeOf, scalars } from './addColumn.ts';
import { indentOf, insertLine, removeAttribute } from './modelSource.ts';
import type { ModelSource } from './modelSource.ts';

export const prismaEntities: EntityWriter = {
  supported: everyChange,
  files: touchedFiles,
  write(change, context) {
    const table = tableOf(change, context.schema);
    const source = table ? sourceOf(table, context) : 'The model is no longer there.';
    if (!table || typeof source === 'string') return refuse(typeof source === 'string' ? source : 'The model is gone.');
    return onModel(change, source, context);
  },
  spell: (spec, dialect) => spelled(spec, dialect),
};

function sourceOf(table: Table, { open }: WriteContext): ModelSource | string {
  const file = open(table.at.file);
  if (!file || table.entity === null) return `No model stands for ${table.name}.`;
  const document = parsePrisma(file.text);
  const block = document.blocks.find(({ kind, name }) => kind === 'model' && name === table.entity);
  if (!block) return `The model ${table.entity} was not found in ${file.path}.`;
  if (!block.isClosed) return `${file.path} has a syntax error in ${table.entity}; correct it first.`;
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  return { path: file.path, text: file.text, lines: file.lines, eol, document, block, table };
}

function onModel(change: EntityChange, source: ModelSource, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'createTable':
      return createModel(change.table, source);
    case 'dropTable':
      return ok([removeBlock(source.path, source.text, source.block.start, source.block.end)]);
    case 'renameTable':
      return ok([mapBlock(source, change.to)]);
    case 'addColumn':
      return addField(change.column.property ?? change.column.name, change.column, source);
    case 'dropColumn':
      return dropField(source, change.column.name);
    case 'renameColumn':
      return onField(source, change.from, (field) => mapField(source, field, change.to));
    case 'renameProperty':
      return onField(source, change.column, (field) => renameField(source, field, change.to, change.column, context));
    case 'alterColumn':
      return onField(source, change.from.name, (field) =>
        change.facets.includes('type')
          ? retype(source, field, change.to, context)
          : [...optional(source, field, change.to.nullable), ...relationOptional(source, field, change.to.nullable)],
      );
    case 'addRelation':
      return addRelation(change, source, context);
    case 'dropRelation':
      return dropRelation(change.property, source, context);
    default:
      return refuse('Prisma schemas: this is not written yet; make the change by hand.');
  }
}

function ok(edits: readonly TextEdit[]): EntityWriteResult {
  return { ok: true, edits };
}

function onField(
  source: ModelSource,
  column: string,
  make: (field: PrismaField) => readonly TextEdit[],
): EntityWriteResult {
  const property = source.table.columns.find(({ name }) => name === column)?.property;
  const field = source.block.fields.find(({ name }) => name === property);
  if (!field) return refuse(`No field of ${source.block.name} stands for ${column}.`);
  return ok(make(field));
}

function replace({ path }: ModelSource, start: number, end: number, newText: string): TextEdit {
  return { file: path, start, end, newText };
}

function typeText(
  spec: TypeSpec,
  source: ModelSource,
  dialect: Dialect | null,
): readonly [type: string, native: string] {
  const type = scalars[spec.type] ?? 'String';
  const rawType = rawTypeOf(spec, dialect) ?? '';
  const plain = { rawType, enum: null, length: spec.length, precision: spec.precision, scale: spec.scale };
  return [type, nativeOf(plain, type, source).join(' ')];
}

function spelled(spec: TypeSpec, dialect: Dialect | null): string | null {
  const type = scalars[spec.type];
  if (type === undefined || rawTypeOf(spec, dialect) === null) return null;
  const sizes = [spec.length, spec.precision, spec.scale].filter((size) => size !== null).join(', ');
  return `${type} (${rawTypeOf(spec, dialect) ?? ''}${sizes === '' ? '' : `(${sizes})`})`;
}

function addField(
  name: string,
  column: TypeSpec & { readonly name: string; readonly nullable: boolean; readonly rawType: string },
  source: ModelSource,
): EntityWriteResult {
  if (source.block.fields.some((field) => field.name === name))
    return refuse(`${source.block.name} has a field ${name} already.`);
  const type = scalars[column.type];
  if (type === undefined) return refuse(`Prisma has no type for ${column.rawType}.`);
  const native = nativeOf({ ...column, enum: null }, type, source);
  const map = name === column.name ? [] : [`@map(${JSON.stringify(column.name)})`];
  const relations = new Set(source.table.relations.map(({ property }) => property));
  const after = source.block.fields.findLast((field) => field.type !== null && !relations.has(field.name));
  return ok([newLine(source, after, [name, type + (column.nullable ? '?' : ''), ...map, ...native])]);
}

/** In the columns of the field before. */
function newLine(source: ModelSource, after: PrismaField | undefined, words: readonly string[]): TextEdit {
  const [name = '', type = '', ...attributes] = words;
  const typeAt = after?.type ? after.type.start - after.start : 0;
  const first = after?.attributes[0];
  const attributesAt = after && first ? first.start - after.start : 0;
  const typed = `${name.padEnd(typeAt - 1)} ${type}`;
  const line = attributes.length === 0 ? typed : `${typed.padEnd(attributesAt - 1)} ${attributes.join(' ')}`;
  return insertLine(source, after?.end ?? source.block.body.start, source.eol + indentOf(source) + line);
}

function dropField(source: ModelSource, column: string): EntityWriteResult {
  const { block, path, text, table } = source;
  const property = table.columns.find(({ name }) => name === column)?.property ?? '';
  const field = block.fields.find(({ name }) => name === property);
  const relation = table.relations.find(({ owner, columns }) => owner && columns.includes(column));
  if (relation) return refuse(`${column} holds the key of the relation ${relation.property}: delete the relation.`);
  if (!field) return refuse(`No field of ${block.name} stands for ${column}.`);
  const naming = block.attributes.filter((attribute) => names(attribute, field.name));
  return ok([
    removeBlock(path, text, field.start, field.end, tripleSlash),
    ...naming.map((attribute) => removeAttribute(source, attribute, true)),
  ]);
}

const tripleSlash = /(?:^|(?<=\n))(?:[ \t]*\/\/\/[^\n]*\n)+$/u;

/** `@@index([a, b(sort: Desc)])` and the like name their fields in a list. */
function names({ arguments: list }: PrismaAttribute, field: string): boolean {
  return fieldSpans(list, field).length > 0;
}

function fieldSpans(list: PrismaAttribute['arguments'], field: string): readonly { start: number; end: number }[] {
  return list.flatMap(({ value }) =>
    value.kind === 'list'
      ? value.items
          .filter((item) => (item.kind === 'name' || item.kind === 'call') && item.value === field)
          .map(({ start }) => ({ start, end: start + field.length }))
      : [],
  );
}

function attribute(field: PrismaField, name: string): PrismaAttribute | undefined {
  return field.attributes.find((each) => each.name === name);
}

function mapField(source: ModelSource, field: PrismaField, to: string): readonly TextEdit[] {
  const map = attribute(field, 'map');
  const text = `@map(${JSON.stringify(to)})`;
  if (map && field.name === to) return [removeAttribute(source, map, false)];
  if (map) return [replace(source, map.start, map.end, text)];
  return field.name === to ? [] : [replace(source, field.end, field.end, ` ${text}`)];
}

function mapBlock(source: ModelSource, to: string): TextEdit {
  const map = source.block.attributes.find(({ name }) => name === 'map');
  const text = `@@map(${JSON.stringify(to)})`;
  if (map && source.block.name === to) return removeAttribute(source, map, true);
  if (map) return replace(source, map.start, map.end, text);
  const lastAttribute = source.block.attributes.at(-1);
  const last = lastAttribute ?? source.block.fields.at(-1);
  const gap = lastAttribute ? '' : source.eol;
  return insertLine(source, last?.end ?? source.block.body.start, `${gap}${source.eol}${indentOf(source)}${text}`);
}

function renameField(
  source: ModelSource,
  field: PrismaField,
  to: string,
  column: string,
  context: WriteContext,
): readonly TextEdit[] {
  const renamed = (at: ModelSource, { start, end }: { start: number; end: number }) => replace(at, start, end, to);
  const lists = [...source.block.attributes, ...source.block.fields.flatMap(({ attributes }) => attributes)];
  // `references: […]` of a relation to the model itself is in it as well.
  const own = lists.flatMap((each) =>
    fieldSpans(
      each.arguments.filter(({ name }) => name !== 'references'),
      field.name,
    ),
  );
  const stated = attribute(field, 'map') !== undefined;
  const referring = context.schema.tables.flatMap((table) => {
    const other = table === source.table ? source : sourceOf(table, context);
    if (typeof other === 'string') return [];
    return other.block.fields
      .filter(({ type }) => type?.name === source.block.name)
      .flatMap((each) => attribute(each, 'relation')?.arguments.filter(({ name }) => name === 'references') ?? [])
      .flatMap((argument) => fieldSpans([argument], field.name))
      .map((span) => renamed(other, span));
  });
  return [
    replace(source, field.start, field.nameEnd, to),
    ...(stated || to === column ? [] : [replace(source, field.end, field.end, ` @map(${JSON.stringify(column)})`)]),
    ...own.map((span) => renamed(source, span)),
    ...referring,
  ];
}

function retype(source: ModelSource, field: PrismaField, to: TypeSpec, { dialect }: WriteContext): readonly TextEdit[] {
  const [type, native] = typeText(to, source, dialect);
  if (!field.type) return [];
  const old = field.attributes.find(({ name }) => name.startsWith('db.'));
  const suffix = field.type.list ? '[]' : field.type.optional ? '?' : '';
  return [
    replace(source, field.type.start, field.type.end, type + suffix),
    ...(old && native === '' ? [removeAttribute(source, old, false)] : []),
    ...(old && native !== '' ? [replace(source, old.start, old.end, native)] : []),
    ...(!old && native !== '' ? [replace(source, field.end, field.end, ` ${native}`)] : []),
  ];
}

function optional(source: ModelSource, field: PrismaField, nullable: boolean): readonly TextEdit[] {
  const { type } = field;
  if (!type || type.list || type.optional === nullable) return [];
  if (!nullable) return [replace(source, type.end - 1, type.end, '')];
  // What is laid out in columns stays so.
  const spare = source.text.startsWith('  ', type.end) ? 1 : 0;
  return [replace(source, type.end, type.end + spare, '?')];
}

/** The relation whose key the field holds is as optional as the field. */
function relationOptional(source: ModelSource, field: PrismaField, nullable: boolean): readonly TextEdit[] {
  const holders = source.block.fields.filter((each) => {
    const list = attribute(each, 'relation')?.arguments.filter(({ name }) => name === 'fields') ?? [];
    return fieldSpans(list, field.name).length > 0;
  });
  return holders.flatMap((each) => optional(source, each, nullable));
}

function createModel(table: Table, source: ModelSource): EntityWriteResult {
  const { block, text, eol, path } = source;
  const key = block.fields.find((field) => attribute(field, 'id'));
  if (!key) return refuse(`${block.name} has no field with @id to go by.`);
  const line = text.slice(key.start, key.end).replace(/[ \t]{2,}/gu, ' ');
  const name = table.entity ?? table.name;
  const indent = indentOf(source);
  const map = name === table.name ? [] : ['', `${indent}@@map(${JSON.stringify(table.name)})`];
  const lines = [`model ${name} {`, `${indent}${line}`, ...map, '}', ''].join(eol);
  const gap = text.endsWith('\n') ? eol : eol + eol;
  return ok([{ file: path, start: text.length, end: text.length, newText: gap + lines }]);
}

function addRelation(change: AddRelation, source: ModelSource, context: WriteContext): EntityWriteResult {
  const { target, property, inverse, cardinality, nullable } = change;
  const table = context.schema.tables.find((each) => each.name === target.table && each.namespace === target.namespace);
  const other = table === source.table ? source : table ? sourceOf(table, context) : 'The other model is gone.';
  if (typeof other === 'string') return refuse(other);
  const key = other.block.fields.find((field) => attribute(field, 'id'));
  if (!key?.type) return refuse(`${other.block.name} has no single key to refer to.`);
  if (inverse === null) return refuse('Prisma needs a name on both sides of a relation.');
  const snake = source.block.fields.some(({ name }) => /[a-z]_[a-z]/u.test(name));
  const fk = snake ? `${property}_${key.name}` : property + key.name.charAt(0).toUpperCase() + key.name.slice(1);
  const taken = source.block.fields.some(({ name }) => name === fk || name === property);
  if (taken || other.block.fields.some(({ name }) => name === inverse))
    return refuse(`There is a field ${property}, ${fk} or ${inverse} already.`);
  const native = key.attributes
    .filter(({ name }) => name.startsWith('db.'))
    .map((each) => source.text.slice(each.start, each.end));
  const isMapped = !snake && source.table.columns.some(({ name }) => /[a-z]_[a-z]/u.test(name));
  const column = fk.replace(/([a-z\d])([A-Z])/gu, '$1_$2').toLowerCase();
  const mark = nullable ? '?' : '';
  // Two relations between the same models are told apart by a name.
  const many = source.block.fields.some(({ type }) => type?.name === other.block.name);
  const isSelf = other === source;
  const label = many || isSelf ? `${JSON.stringify(`${source.block.name}_${property}`)}, ` : '';
  const one = cardinality === 'one-to-one';
  const last = source.block.fields.at(-1);
  const fkLine = [
    fk,
    `${key.type.name}${mark}`,
    ...(one ? ['@unique'] : []),
    ...(isMapped ? [`@map(${JSON.stringify(column)})`] : []),
    ...(other.path === source.path ? native : []),
  ];
  const relation = `@relation(${label}fields: [${fk}], references: [${key.name}])`;
  const back = [
    inverse,
    `${source.block.name}${one ? '?' : '[]'}`,
    ...(label === '' ? [] : [`@relation(${label.slice(0, -2)})`]),
  ];
  return ok([
    newLine(source, last, fkLine),
    newLine(source, last, [property, `${other.block.name}${mark}`, relation]),
    newLine(other, other.block.fields.at(-1), back),
  ]);
}

function dropRelation(property: string, source: ModelSource, context: WriteContext): EntityWriteResult {
  const { table } = source;
  const relation = table.relations.find((each) => each.property === property);
  const target = relation && targetOf(relation, context);
  if (!relation || !target) return refuse(`${table.entity ?? table.name} has no relation ${property}.`);
  const other = target === table ? source : sourceOf(target, context);
  if (typeof other === 'string') return refuse(other);
  const back = target.relations.find(
    (each) => each.property === relation.inverse || (each.inverse === property && each.target === table.name),
  );
  const remove = (at: ModelSource, field: PrismaField) =>
    removeBlock(at.path, at.text, field.start, field.end, tripleSlash);
  const field = source.block.fields.find(({ name }) => name === property);
  const opposite = other.block.fields.find(({ name }) => name === back?.property);
  if (!field || !opposite) return refuse(`Not both sides of ${property} were found.`);
  const keys = [
    ...keyFields(source, field).map((each) => [source, each] as const),
    ...keyFields(other, opposite).map((each) => [other, each] as const),
  ];
  const shared = keys.find(
    ([at, key]) =>
      attribute(key, 'id') ?? at.block.attributes.find((each) => each.name === 'id' && names(each, key.name)),
  );
  if (shared) return refuse(`${shared[1].name} belongs to the primary key: delete the relation by hand.`);
  const naming = keys.flatMap(([at, key]) =>
    at.block.attributes.filter((each) => names(each, key.name)).map((each) => removeAttribute(at, each, true)),
  );
  const edits = [
    remove(source, field),
    remove(other, opposite),
    ...keys.map(([at, key]) => remove(at, key)),
    ...naming,
  ];
  return ok(
    edits.filter((edit, at) => edits.findIndex(({ file, start }) => file === edit.file && start === edit.start) === at),
  );
}

function keyFields(source: ModelSource, field: PrismaField): readonly PrismaField[] {
  const list = attribute(field, 'relation')?.arguments.filter(({ name }) => name === 'fields') ?? [];
  return source.block.fields.filter(({ name }) => fieldSpans(list, name).length > 0);
}

function targetOf(relation: Relation, { schema }: WriteContext): Table | undefined {
  return schema.tables.find(
    ({ name, namespace }) => name === relation.target && namespace === relation.targetNamespace,
  );
}
