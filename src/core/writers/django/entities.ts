/** Django models, edited as a person asks for it. */
import type { ColumnType, Dialect, Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type {
  AddRelation,
  EntityChange,
  EntityWriter,
  EntityWriteResult,
  TypeSpec,
  WriteContext,
} from '../entityChange.ts';
import { everyChange, tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { importPython } from '../shared/python/imports.ts';
import {
  calledName,
  changedList,
  descendants,
  fieldNamed,
  fieldsOf,
  insertField,
  memberUses,
  pythonClassOf,
  quoted,
  removeClass,
  removeField,
  replace,
  setKeywords,
  stringOf,
} from '../shared/python/source.ts';
import type { PythonField, PythonSource } from '../shared/python/source.ts';
import { declaredAt, holds, notPlain } from '../shared/declaredIndex.ts';
import { refuse } from '../shared/refusals.ts';
import { hashComment, removeBlock } from '../shared/removeBlock.ts';
import { lineEnd, partsOf } from '../shared/style.ts';

export const djangoEntities: EntityWriter = {
  supported: [...everyChange, 'dropIndex'],
  files: touchedFiles,
  write(change, context) {
    const table = tableOf(change, context.schema);
    const source = table ? pythonClassOf(table, context) : 'The model is no longer there.';
    return typeof source === 'string' ? refuse(source) : onModel(change, source, context);
  },
  spell,
};

function onModel(change: EntityChange, source: PythonSource, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'createTable':
      return createModel(change.table, source);
    case 'dropTable':
      return ok([removeClass(source)]);
    case 'renameTable':
      return ok(setMeta(source, 'db_table', quoted(change.to, source)));
    case 'addColumn':
      return addField(change.column.property ?? change.column.name, change.column, change.column.nullable, source);
    case 'dropColumn':
      return onField(source, change.column.name, (field) =>
        isRelation(field)
          ? 'It is a relation: delete the relation.'
          : [removeField(source, field), ...unmentioned(source, field.name.text)],
      );
    case 'renameColumn':
      return onField(source, change.from, (field, list) =>
        setKeywords(source, list, { db_column: change.to === implied(field) ? null : quoted(change.to, source) }),
      );
    case 'renameProperty':
      return onField(source, change.column, (field, list) => renamed(source, field, list, change.to, change.column));
    case 'alterColumn':
      return onField(source, change.from.name, (field, list) =>
        change.facets.includes('type')
          ? retyped(source, field, list, change.to)
          : setKeywords(source, list, nullability(change.to.nullable)),
      );
    case 'addRelation':
      return addRelation(change, source, context);
    case 'dropRelation':
      return dropRelation(change.property, source, context);
    case 'dropIndex':
      return dropIndex(change.index, source, context);
    default:
      return refuse('Django models: this is not written yet; make the change by hand.');
  }
}

function ok(edits: readonly TextEdit[]): EntityWriteResult {
  return { ok: true, edits };
}

function onField(
  source: PythonSource,
  column: string,
  make: (field: PythonField, list: SyntaxNode) => readonly TextEdit[] | string,
): EntityWriteResult {
  const { table } = source;
  const field = fieldNamed(source, propertyOf(table, column));
  if (!field?.list)
    return refuse(`${column} is not declared in ${table.entity ?? table.name} itself: change it where it is declared.`);
  const made = make(field, field.list);
  return typeof made === 'string' ? refuse(made) : ok(made);
}

function propertyOf(table: Table, column: string): string | null {
  const relation = table.relations.find(({ owner, columns }) => owner && columns.includes(column));
  return relation?.property ?? table.columns.find(({ name }) => name === column)?.property ?? null;
}

function isRelation(field: PythonField): boolean {
  return /(?:ForeignKey|OneToOneField|ManyToManyField)$/u.test(calledName(field));
}

/** The column that Django makes of the name. */
function implied(field: PythonField): string {
  return isRelation(field) ? `${field.name.text}_id` : field.name.text;
}

/** Forms take what is blank, the database what is null: both belong together. */
function nullability(nullable: boolean): Readonly<Record<string, string | null>> {
  return nullable ? { null: 'True', blank: 'True' } : { null: null, blank: null };
}

const fieldClasses: Readonly<Partial<Record<ColumnType, string>>> = {
  string: 'CharField',
  text: 'TextField',
  int16: 'SmallIntegerField',
  int32: 'IntegerField',
  int64: 'BigIntegerField',
  decimal: 'DecimalField',
  float64: 'FloatField',
  boolean: 'BooleanField',
  date: 'DateField',
  time: 'TimeField',
  'datetime-tz': 'DateTimeField',
  uuid: 'UUIDField',
  json: 'JSONField',
  binary: 'BinaryField',
};

function sizes({ length, precision, scale }: TypeSpec): Readonly<Record<string, string | null>> {
  const text = (size: number | null): string | null => (size === null ? null : String(size));
  return { max_length: text(length), max_digits: text(precision), decimal_places: text(scale) };
}

function written(spec: TypeSpec): string | null {
  const name = fieldClasses[spec.type];
  const list = Object.entries(sizes(spec)).flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]));
  return name === undefined ? null : `${name}(${list.join(', ')})`;
}

function spell(spec: TypeSpec, _dialect: Dialect | null): string | null {
  return written(spec);
}

function addField(name: string, spec: TypeSpec, nullable: boolean, source: PythonSource): EntityWriteResult {
  const call = written(spec);
  if (call === null) return refuse('Django has no field for that type.');
  if (fieldNamed(source, name)) return refuse(`${source.table.entity ?? ''} has a field ${name} already.`);
  const { prefix, edits } = prefixOf(source, call.replace(/\(.*$/u, ''));
  const list = nullable ? call.replace(/\)$/u, `${call.endsWith('()') ? '' : ', '}null=True, blank=True)`) : call;
  return ok([...edits, insertField(source, [`${name} = ${prefix}${list}`])]);
}

/** `models.` as the other fields have it; the field's class imported where they stand for themselves. */
function prefixOf(
  source: PythonSource,
  name: string,
): { readonly prefix: string; readonly edits: readonly TextEdit[] } {
  const plain = source.fields.find(
    (field) => field.called !== null && Object.values(fieldClasses).includes(calledName(field)),
  );
  const prefix = plain?.called ? plain.called.text.slice(0, -calledName(plain).length) : 'models.';
  if (prefix === '') return { prefix, edits: importPython(source, name, 'django.db.models') };
  return { prefix, edits: prefix === 'models.' ? importPython(source, 'models', 'django.db') : [] };
}

function retyped(
  source: PythonSource,
  field: PythonField,
  list: SyntaxNode,
  spec: TypeSpec,
): readonly TextEdit[] | string {
  const name = fieldClasses[spec.type];
  if (isRelation(field)) return 'The type of a key is that of the key it refers to.';
  if (name === undefined || !field.called) return 'Django has no field for that type.';
  const choices = partsOf(list).some((part) => part.childForFieldName('name')?.text === 'choices');
  if (choices) return `${field.name.text} has choices: change its type by hand.`;
  const { prefix, edits } = prefixOf(source, name);
  return [...edits, replace(source, field.called, prefix + name), ...setKeywords(source, list, sizes(spec))];
}

function renamed(
  source: PythonSource,
  field: PythonField,
  list: SyntaxNode,
  to: string,
  column: string,
): readonly TextEdit[] | string {
  if (fieldNamed(source, to)) return `${source.table.entity ?? ''} has a field ${to} already.`;
  const from = field.name.text;
  const meta = metaOf(source);
  const strings = meta ? descendants(meta, ['string']) : [];
  const stays = (isRelation(field) ? `${to}_id` : to) === column;
  return [
    replace(source, field.name, to),
    ...setKeywords(source, list, { db_column: stays ? null : quoted(column, source) }),
    ...memberUses(source, from).map((node) => replace(source, node, to)),
    ...strings
      .filter((node) => stringOf(node) === from || stringOf(node) === `-${from}`)
      .map((node) => replace(source, node, node.text.replace(from, to))),
  ];
}

function metaOf({ body }: PythonSource): SyntaxNode | undefined {
  return partsOf(body).find(
    (node) => node.type === 'class_definition' && node.childForFieldName('name')?.text === 'Meta',
  );
}

function setMeta(source: PythonSource, key: string, value: string): readonly TextEdit[] {
  const meta = metaOf(source)?.childForFieldName('body');
  const { path, text, eol, indent } = source;
  if (!meta) {
    const last = source.fields.at(-1)?.node;
    const lines = ['', 'class Meta:', `    ${key} = ${value}`];
    const edit = insertField(source, lines, last);
    return [{ ...edit, newText: edit.newText.replace(new RegExp(`${indent}(?=\\r?\\n)`, 'u'), '') }];
  }
  const given = fieldsOf(meta).find(({ name }) => name.text === key);
  if (given?.value) return [replace(source, given.value, value)];
  const last = partsOf(meta).at(-1);
  const at = last ? lineEnd(text, last.endIndex) : meta.endIndex;
  const own = indent + indent.slice(0, Math.max(4, indent.length / 2));
  const column = last ? ' '.repeat(last.startPosition.column) : own;
  return [
    { file: path, start: at, end: at, newText: `${eol}${text.includes('\n\t') ? own : column}${key} = ${value}` },
  ];
}

/** Indexes, constraints and orders of the Meta that name a field are taken out of their lists. */
function unmentioned(source: PythonSource, name: string): readonly TextEdit[] {
  const meta = metaOf(source)?.childForFieldName('body');
  if (!meta) return [];
  return fieldsOf(meta).flatMap(({ value }) => {
    if (!value || !['list', 'tuple', 'set'].includes(value.type)) return [];
    const parts = partsOf(value);
    const gone = parts.filter((part) =>
      [part, ...descendants(part, ['string'])].some((node) => stringOf(node) === name || stringOf(node) === `-${name}`),
    );
    return gone.length === 0 ? [] : changedList(source, value, parts, new Set(gone), []);
  });
}

/** An entry of the Meta, or `db_index=True` of the field. */
function dropIndex(index: Index, source: PythonSource, { open }: WriteContext): EntityWriteResult {
  const offset = declaredAt(index, open(source.path));
  if (offset === null) return refuse(notPlain(index));
  const meta = metaOf(source)?.childForFieldName('body');
  for (const statement of meta ? fieldsOf(meta) : []) {
    const { value } = statement;
    const parts = value && ['list', 'tuple'].includes(value.type) ? partsOf(value) : [];
    const gone = parts.find((part) => holds(part, offset));
    if (!gone || !value) continue;
    if (parts.length > 1) return ok(changedList(source, value, parts, new Set([gone]), []));
    return ok([removeStatement(source, meta, statement)]);
  }
  const field = source.fields.find(({ node }) => holds(node, offset));
  const stated = field?.list && setKeywords(source, field.list, { db_index: null });
  return stated && stated.length > 0 ? ok(stated) : refuse(notPlain(index));
}

/** With the Meta, where nothing else stands in it. */
function removeStatement(source: PythonSource, meta: SyntaxNode | null | undefined, field: PythonField): TextEdit {
  const whole = meta && partsOf(meta).length === 1 ? metaOf(source) : null;
  const { path, text } = source;
  const { startIndex, endIndex } = whole ?? field.node;
  return removeBlock(path, text, startIndex, endIndex, hashComment);
}

function createModel(table: Table, source: PythonSource): EntityWriteResult {
  const { path, text, eol, node } = source;
  const bases = node.childForFieldName('superclasses')?.text ?? '(models.Model)';
  const indent = source.indent.slice(0, source.indent.length);
  const lines = [`class ${table.entity ?? table.name}${bases}:`, `${indent}pass`, ''].join(eol);
  const end = text.trimEnd().length;
  return ok([{ file: path, start: end, end: text.length, newText: `${eol}${eol}${eol}${lines}` }]);
}

function addRelation(change: AddRelation, source: PythonSource, { schema }: WriteContext): EntityWriteResult {
  const target = schema.tables.find(
    ({ name, namespace }) => name === change.target.table && namespace === change.target.namespace,
  );
  if (!target?.entity) return refuse(`No model stands for ${change.target.table}.`);
  const name = change.cardinality === 'one-to-one' ? 'OneToOneField' : 'ForeignKey';
  const { prefix, edits } = prefixOf(source, name);
  const folder = (path: string): string =>
    path
      .split('/')
      .slice(0, -1)
      .join('/')
      .replace(/\/models$/u, '');
  const app = target.name.endsWith(`_${target.entity.toLowerCase()}`)
    ? target.name.slice(0, -target.entity.length - 1)
    : null;
  const isNear = folder(target.at.file) === folder(source.path);
  if (!isNear && app === null)
    return refuse(`The application of ${target.entity} was not found: write the relation by hand.`);
  const reference = target === source.table ? 'self' : isNear ? target.entity : `${app ?? ''}.${target.entity}`;
  const action = change.nullable ? 'SET_NULL' : 'PROTECT';
  const named = prefix === '' ? importPython(source, action, 'django.db.models') : [];
  const list = [
    quoted(reference, source),
    `on_delete=${prefix}${action}`,
    ...(change.nullable ? ['null=True', 'blank=True'] : []),
    ...(change.inverse === null ? [] : [`related_name=${quoted(change.inverse, source)}`]),
  ];
  return ok([...edits, ...named, insertField(source, [`${change.property} = ${prefix}${name}(${list.join(', ')})`])]);
}

/** Only one side is written down: the other one is the field's `related_name`. */
function dropRelation(property: string, source: PythonSource, context: WriteContext): EntityWriteResult {
  const field = fieldNamed(source, property);
  if (field) return ok([removeField(source, field), ...unmentioned(source, property)]);
  const { table } = source;
  const relation = table.relations.find((each) => each.property === property);
  const owner = context.schema.tables.find(
    ({ name, namespace }) => name === relation?.target && namespace === relation.targetNamespace,
  );
  const there = owner && pythonClassOf(owner, context);
  const opposite = there && typeof there !== 'string' ? fieldNamed(there, relation?.inverse) : undefined;
  if (!there || typeof there === 'string' || !opposite)
    return refuse(
      `${property} is not declared in ${table.entity ?? table.name} itself: delete it where it is declared.`,
    );
  return ok([removeField(there, opposite), ...unmentioned(there, opposite.name.text)]);
}
