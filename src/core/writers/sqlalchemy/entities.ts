/** Declarative classes of SQLAlchemy, edited as a person asks for it. */
import type { Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { EntityChange, EntityWriter, EntityWriteResult, TypeSpec, WriteContext } from '../entityChange.ts';
import { everyChange, tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { importPython } from '../shared/python/imports.ts';
import {
  calledName,
  changedList,
  descendants,
  fieldNamed,
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
import { indentAt, partsOf } from '../shared/style.ts';
import { annotationOf, optionalEdits, typeCall, typeNames, typed } from './fieldStyle.ts';
import { addRelation, dropRelation } from './relations.ts';

export const sqlalchemyEntities: EntityWriter = {
  supported: [...everyChange, 'dropIndex'],
  files: (change, schema) =>
    change.kind === 'renameTable'
      ? [...new Set(schema.tables.filter(({ reader }) => reader === 'sqlalchemy').map(({ at }) => at.file))]
      : touchedFiles(change, schema),
  write(change, context) {
    const table = tableOf(change, context.schema);
    const source = table ? pythonClassOf(table, context) : 'The model is no longer there.';
    return typeof source === 'string' ? refuse(source) : onModel(change, source, context);
  },
  spell: (spec) => typeCall(spec),
};

function onModel(change: EntityChange, source: PythonSource, context: WriteContext): EntityWriteResult {
  switch (change.kind) {
    case 'createTable':
      return createModel(change.table, source);
    case 'dropTable':
      return { ok: true, edits: [removeClass(source)] };
    case 'renameTable':
      return renameTable(change.to, source, context);
    case 'addColumn':
      return addField(change.column.property ?? change.column.name, change.column, source);
    case 'dropColumn':
      return onField(source, change.column.name, (field) => [
        removeField(source, field),
        ...unlisted(source, change.column.name),
      ]);
    case 'renameColumn':
      return onField(source, change.from, (field) => [
        ...named(source, field, field.name.text === change.to ? null : change.to),
        ...relisted(source, change.from, change.to),
      ]);
    case 'renameProperty':
      return onField(source, change.column, (field) =>
        fieldNamed(source, change.to)
          ? `${source.table.entity ?? ''} has an attribute ${change.to} already.`
          : [
              replace(source, field.name, change.to),
              ...named(source, field, change.to === change.column ? null : change.column),
              ...memberUses(source, field.name.text).map((node) => replace(source, node, change.to)),
              ...keyUses(source, field.name.text).map((node) => replace(source, node, change.to)),
            ],
      );
    case 'alterColumn':
      return onField(source, change.from.name, (field) =>
        change.facets.includes('type')
          ? retyped(source, field, change.to, referencedType(change.from.name, source.table, context))
          : nullability(source, field, change.to.nullable),
      );
    case 'addRelation':
      return addRelation(change, source, context);
    case 'dropRelation':
      return dropRelation(change.property, source, context);
    case 'dropIndex':
      return dropIndex(change.index, source, context);
    default:
      return refuse('SQLAlchemy models: this is not written yet; make the change by hand.');
  }
}

function onField(
  source: PythonSource,
  column: string,
  make: (field: PythonField) => readonly TextEdit[] | string,
): EntityWriteResult {
  const property = source.table.columns.find(({ name }) => name === column)?.property;
  const field = fieldNamed(source, property);
  if (!field || (field.list && !/^(?:Column|mapped_column|Field|deferred)$/u.test(calledName(field))))
    return refuse(`${column} is not declared in ${source.table.entity ?? ''} itself: change it where it is declared.`);
  const made = make(field);
  return typeof made === 'string' ? refuse(made) : { ok: true, edits: made };
}

function addField(
  name: string,
  column: TypeSpec & { readonly name: string; readonly nullable: boolean },
  source: PythonSource,
): EntityWriteResult {
  if (fieldNamed(source, name)) return refuse(`${source.table.entity ?? ''} has an attribute ${name} already.`);
  const made = typed(source, column, column.nullable);
  if (made === null) return refuse('SQLAlchemy has no type for that.');
  const label = name === column.name ? [] : [quoted(column.name, source)];
  const { annotation, call, type, keywords, edits } = made;
  const list = [...label, type, ...keywords].join(', ');
  return { ok: true, edits: [...edits, insertField(source, [`${name}${annotation} = ${call}(${list})`])] };
}

/** The physical name as the first argument; null = none. */
function named(source: PythonSource, field: PythonField, name: string | null): readonly TextEdit[] {
  const { path } = source;
  if (!field.list) {
    if (name === null) return [];
    const at = field.annotation?.endIndex ?? field.node.endIndex;
    return [
      ...importPython(source, 'mapped_column', 'sqlalchemy.orm'),
      { file: path, start: at, end: at, newText: ` = mapped_column(${quoted(name, source)})` },
    ];
  }
  const parts = partsOf(field.list);
  const [first] = parts;
  if (calledName(field) === 'Field')
    return setKeywords(source, field.list, {
      sa_column_kwargs: name === null ? null : `{${quoted('name', source)}: ${quoted(name, source)}}`,
    });
  if (first && stringOf(first) !== null)
    return name === null
      ? changedList(source, field.list, parts, new Set([first]), [])
      : [replace(source, first, quoted(name, source))];
  const stated = parts.find(
    (part) => part.type === 'keyword_argument' && part.childForFieldName('name')?.text === 'name',
  );
  if (stated) return setKeywords(source, field.list, { name: name === null ? null : quoted(name, source) });
  if (name === null) return [];
  const at = first?.startIndex ?? field.list.startIndex + 1;
  return [{ file: path, start: at, end: at, newText: quoted(name, source) + (first ? ', ' : '') }];
}

/** Type of the column that a key of one column refers to. */
function referencedType(column: string, table: Table, { schema }: WriteContext): TypeSpec['type'] | null {
  const key = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
  const target = schema.tables.find(
    ({ name, namespace }) => name === key?.references.table && namespace === key.references.namespace,
  );
  return target?.columns.find(({ name }) => name === key?.references.columns[0])?.type ?? null;
}

function retyped(
  source: PythonSource,
  field: PythonField,
  spec: TypeSpec,
  referenced: TypeSpec['type'] | null,
): readonly TextEdit[] | string {
  const made = typed(source, spec, false);
  if (made === null) return 'SQLAlchemy has no type for that.';
  const positional = partsOf(field.list ?? field.node).filter(
    ({ type, text }) => type !== 'keyword_argument' && !/^(?:'|")/u.test(text),
  );
  const isKey = positional.some(({ text }) => /ForeignKey\s*\(/u.test(text));
  if (field.list && isKey && spec.type !== referenced) return 'The type of a key is that of the key it refers to.';
  const old = field.list
    ? positional.find((part) => typeNames.has(part.text.replace(/\(.*$/su, '').replace(/^.*\./u, '')))
    : undefined;
  const annotation = annotationOf(field);
  const annotated = annotation ? [replace(source, annotation.inner, made.python)] : [];
  if (old) return [...made.edits, replace(source, old, made.type), ...annotated];
  if (!field.list) {
    const at = field.annotation?.endIndex ?? field.node.endIndex;
    const call = { file: source.path, start: at, end: at, newText: ` = mapped_column(${made.type})` };
    return [...made.edits, ...importPython(source, 'mapped_column', 'sqlalchemy.orm'), call, ...annotated];
  }
  if (positional.length > 0) return `The type of ${field.name.text} is not written plainly; change it by hand.`;
  const parts = partsOf(field.list);
  const label = parts.find((part) => stringOf(part) !== null);
  const at = label?.endIndex ?? field.list.startIndex + 1;
  const isLast = parts.length === 0 || label === parts.at(-1);
  const newText = label ? `, ${made.type}` : `${made.type}${isLast ? '' : ', '}`;
  return [...made.edits, { file: source.path, start: at, end: at, newText }, ...annotated];
}

function nullability(source: PythonSource, field: PythonField, nullable: boolean): readonly TextEdit[] {
  const optional = optionalEdits(source, field, nullable);
  const stated = field.list
    ? partsOf(field.list).some((part) => part.childForFieldName('name')?.text === 'nullable')
    : false;
  if (optional !== null && !stated) return optional;
  const value = nullable ? 'True' : 'False';
  return [...(optional ?? []), ...(field.list ? setKeywords(source, field.list, { nullable: value }) : [])];
}

/** Indexes and constraints of `__table_args__` name columns, not attributes. */
function tableArguments(source: PythonSource): SyntaxNode | null {
  const value = fieldNamed(source, '__table_args__')?.value ?? null;
  return value?.type === 'tuple' ? value : null;
}

function unlisted(source: PythonSource, column: string): readonly TextEdit[] {
  const list = tableArguments(source);
  if (!list) return [];
  const parts = partsOf(list);
  const gone = parts.filter(
    (part) => part.type === 'call' && descendants(part, ['string']).some((node) => stringOf(node) === column),
  );
  return gone.length === 0 ? [] : withoutParts(source, list, parts, gone);
}

function withoutParts(
  source: PythonSource,
  list: SyntaxNode,
  parts: readonly SyntaxNode[],
  gone: readonly SyntaxNode[],
): readonly TextEdit[] {
  const left = parts.length - gone.length;
  const edits = changedList(source, list, parts, new Set(gone), []);
  // A tuple of one needs its comma.
  const kept = parts.find((part) => !gone.includes(part));
  return left === 1 && kept && !/,\s*\)$/u.test(list.text)
    ? [...edits, { file: source.path, start: list.endIndex - 1, end: list.endIndex - 1, newText: ',' }]
    : edits;
}

/** An entry of `__table_args__`, or `index=True` of the column. */
function dropIndex(index: Index, source: PythonSource, { open }: WriteContext): EntityWriteResult {
  const offset = declaredAt(index, open(source.path));
  if (offset === null) return refuse(notPlain(index));
  const list = tableArguments(source);
  const parts = list ? partsOf(list) : [];
  const gone = parts.find((part) => part.type === 'call' && holds(part, offset));
  const statement = fieldNamed(source, '__table_args__');
  if (list && gone && statement)
    return {
      ok: true,
      edits: parts.length === 1 ? [removeField(source, statement)] : withoutParts(source, list, parts, [gone]),
    };
  const field = source.fields.find(({ node, list: own }) => own && holds(node, offset));
  const stated = field?.list ? setKeywords(source, field.list, { index: null }) : [];
  return stated.length > 0 ? { ok: true, edits: stated } : refuse(notPlain(index));
}

function relisted(source: PythonSource, from: string, to: string): readonly TextEdit[] {
  const list = tableArguments(source);
  const strings = list ? descendants(list, ['string']).filter((node) => stringOf(node) === from) : [];
  return strings.map((node) => replace(source, node, quoted(to, source)));
}

/** Attributes as relations name them: `foreign_keys=[customer_id]`. */
function keyUses({ body }: PythonSource, name: string): readonly SyntaxNode[] {
  return descendants(body, ['keyword_argument'])
    .filter((node) =>
      /^(?:foreign_keys|remote_side|order_by|primaryjoin)$/u.test(node.childForFieldName('name')?.text ?? ''),
    )
    .flatMap((node) => descendants(node, ['identifier']))
    .filter((node) => node.text === name && node.parent?.type !== 'attribute');
}

function createModel(table: Table, source: PythonSource): EntityWriteResult {
  const { text, eol, path, node, indent } = source;
  const bases = node.childForFieldName('superclasses')?.text ?? '';
  const isNamed = fieldNamed(source, '__tablename__') !== undefined;
  const keys = source.fields.filter((field) => /\bprimary_key\s*=\s*True\b/u.test(field.list?.text ?? ''));
  const lines = [
    ...(isNamed ? [`__tablename__ = ${quoted(table.name, source)}`] : []),
    ...(isNamed && keys.length > 0 ? [''] : []),
    ...keys.map((field) =>
      text
        .slice(field.node.startIndex, field.node.endIndex)
        .replaceAll(`\n${indentAt(text, field.node.startIndex)}`, `\n${indent}`),
    ),
  ];
  const body = (lines.length > 0 ? lines : ['pass']).map((line) => (line === '' ? '' : indent + line));
  const end = text.trimEnd().length;
  const newText = [`${eol}${eol}${eol}class ${table.entity ?? table.name}${bases}:`, ...body, ''].join(eol);
  return { ok: true, edits: [{ file: path, start: end, end: text.length, newText }] };
}

function renameTable(to: string, source: PythonSource, context: WriteContext): EntityWriteResult {
  const { table } = source;
  const name = fieldNamed(source, '__tablename__')?.value;
  const own = name
    ? [replace(source, name, quoted(to, source))]
    : [insertField(source, [`__tablename__ = ${quoted(to, source)}`], source.fields[0]?.node)];
  const paths = new Set(context.schema.tables.map(({ at }) => at.file));
  const keys = [...paths].flatMap((path) => {
    const file = context.open(path);
    if (!file?.path.endsWith('.py')) return [];
    return descendants(file.parsed().root, ['call'])
      .filter((call) => /(?:^|\.)ForeignKey$/u.test(call.childForFieldName('function')?.text ?? ''))
      .flatMap((call) => descendants(call, ['string']))
      .filter((node) => stringOf(node)?.startsWith(`${table.name}.`) === true)
      .map((node) => replace({ path }, node, node.text.replace(table.name, to)));
  });
  return { ok: true, edits: [...own, ...keys] };
}
