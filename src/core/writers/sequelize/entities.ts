/** Models of Sequelize made by `define` and `init`, edited as a person asks for it. */
import type { ColumnType, Dialect, Index } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { EntityChange, EntityWriter, EntityWriteResult, TypeSpec } from '../entityChange.ts';
import { pairOf, removal, removals, setPairs } from '../shared/callOptions.ts';
import { tableOf, touchedFiles } from '../shared/entityFiles.ts';
import { declaredAt, holds, notPlain } from '../shared/declaredIndex.ts';
import { refuse } from '../shared/refusals.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';
import type { Style } from '../shared/style.ts';
import { modelCall } from './modelCall.ts';

interface ModelSource {
  readonly path: string;
  readonly lines: LineIndex;
  readonly text: string;
  readonly style: Style;
  readonly attributes: SyntaxNode;
  readonly options: SyntaxNode | null;
  /** The call's last argument, behind which options may be added. */
  readonly last: SyntaxNode;
  readonly entity: string;
  /** Property of a column. */
  readonly propertyOf: (column: string) => string | null;
  /** `DataTypes.` */
  readonly prefix: string;
}

export const sequelizeEntities: EntityWriter = {
  // Associations stand in functions of any form, and models are made in files of any form: those are not written.
  supported: ['renameTable', 'addColumn', 'dropColumn', 'renameColumn', 'renameProperty', 'alterColumn', 'dropIndex'],
  files: touchedFiles,
  write(change, { schema, open }) {
    const table = tableOf(change, schema);
    const file = table && open(table.at.file);
    if (!table || !file) return refuse('The model is no longer there.');
    const found = modelCall(file, table);
    if (!found)
      return refuse(
        `${table.entity ?? table.name} is not made by define() or init() in ${file.path}; models of other kinds are not written yet.`,
      );
    const attributes = found.list[found.at - 1];
    const last = found.list.at(-1);
    if (attributes?.type !== 'object' || !last)
      return refuse(
        `The attributes of ${table.entity ?? table.name} are no literal object: change them where they are made.`,
      );
    if (attributes.hasError) return refuse(`${file.path} has a syntax error; correct it first.`);
    const { path, text, lines } = file;
    const options = found.list[found.at] ?? null;
    return onModel(change, {
      ...{ path, text, lines, attributes, options, last, style: styleOf(text), entity: table.entity ?? table.name },
      propertyOf: (column) => table.columns.find(({ name }) => name === column)?.property ?? null,
      prefix:
        /\b([\w.]+\.)(?:STRING|INTEGER|TEXT|DATE|BOOLEAN|BIGINT|UUID|DECIMAL|FLOAT)\b/u.exec(text)?.[1] ?? 'DataTypes.',
    });
  },
  spell,
};

function onModel(change: EntityChange, source: ModelSource): EntityWriteResult {
  switch (change.kind) {
    case 'renameTable':
      return renameTable(change.to, source);
    case 'addColumn':
      return addAttribute(change.column.property ?? change.column.name, change.column, source);
    case 'dropColumn':
      return dropAttribute(change.column.name, source);
    case 'renameColumn':
      return onAttribute(source, change.from, (pair, key) =>
        setOptions(source, pair, { field: key === change.to ? null : quoted(change.to, source.style) }),
      );
    case 'renameProperty':
      return onAttribute(source, change.column, (pair) => {
        if (pairOf(source.attributes, change.to)) return `${source.entity} has an attribute ${change.to} already.`;
        const name = pair.childForFieldName('key');
        if (!name) return 'The name of the attribute was not found.';
        const value = pair.childForFieldName('value');
        const stated = value?.type === 'object' && pairOf(value, 'field') !== undefined;
        return [
          { file: source.path, start: name.startIndex, end: name.endIndex, newText: change.to },
          ...(stated ? [] : setOptions(source, pair, { field: quoted(change.column, source.style) })),
        ];
      });
    case 'alterColumn':
      return onAttribute(source, change.from.name, (pair) => {
        if (change.facets.includes('type')) {
          const type = typeText(change.to, source.prefix);
          return type === null ? 'Sequelize has no type for that.' : retyped(source, pair, type);
        }
        return setOptions(source, pair, { allowNull: change.to.nullable ? 'true' : 'false' });
      });
    case 'dropIndex':
      return dropIndex(change.index, source);
    default:
      return refuse('Sequelize models: this is not written yet; make the change by hand.');
  }
}

const names: Readonly<Partial<Record<ColumnType, string>>> = {
  string: 'STRING',
  text: 'TEXT',
  int16: 'SMALLINT',
  int32: 'INTEGER',
  int64: 'BIGINT',
  decimal: 'DECIMAL',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATEONLY',
  time: 'TIME',
  'datetime-tz': 'DATE',
  uuid: 'UUID',
  json: 'JSON',
  binary: 'BLOB',
};

function typeText({ type, length, precision, scale }: TypeSpec, prefix: string): string | null {
  const name = names[type];
  if (name === undefined) return null;
  const sizes = [length, precision, scale].filter((size) => size !== null);
  return prefix + name + (sizes.length > 0 ? `(${sizes.join(', ')})` : '');
}

function spell(spec: TypeSpec, _dialect: Dialect | null): string | null {
  return typeText(spec, '');
}

function onAttribute(
  source: ModelSource,
  column: string,
  make: (pair: SyntaxNode, key: string) => readonly TextEdit[] | string,
): EntityWriteResult {
  const key = source.propertyOf(column) ?? '';
  const pair = pairOf(source.attributes, key);
  if (!pair)
    return refuse(`${column} is not among the attributes of ${source.entity}: Sequelize or an association adds it.`);
  const made = make(pair, key);
  return typeof made === 'string' ? refuse(made) : { ok: true, edits: made, notes: declared(source, key) };
}

/** Classes of TypeScript repeat their attributes, which is theirs to say. */
function declared({ text, entity }: ModelSource, key: string): readonly string[] {
  return new RegExp(`\\b(?:declare|public)\\s+(?:readonly\\s+)?${key}\\b`, 'u').test(text)
    ? [`${entity} declares ${key} in its class as well: correct it there.`]
    : [];
}

/** A type that stands alone becomes an object with it. */
function setOptions(
  { path, text }: ModelSource,
  pair: SyntaxNode,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const value = pair.childForFieldName('value');
  if (!value) return [];
  if (value.type === 'object') return setPairs({ path, text }, value, options);
  const list = Object.entries(options).flatMap(([key, set]) => (set === null ? [] : [`${key}: ${set}`]));
  if (list.length === 0) return [];
  const newText = `{ ${[`type: ${value.text}`, ...list].join(', ')} }`;
  return [{ file: path, start: value.startIndex, end: value.endIndex, newText }];
}

function retyped(source: ModelSource, pair: SyntaxNode, type: string): readonly TextEdit[] | string {
  const value = pair.childForFieldName('value');
  if (!value) return [];
  if (value.type !== 'object')
    return [{ file: source.path, start: value.startIndex, end: value.endIndex, newText: type }];
  if (pairOf(value, 'references')) return 'The type of a key is that of the key it refers to.';
  return setPairs(source, value, { type, values: null });
}

function addAttribute(
  key: string,
  column: TypeSpec & { readonly name: string; readonly nullable: boolean },
  source: ModelSource,
): EntityWriteResult {
  const type = typeText(column, source.prefix);
  if (type === null) return refuse('Sequelize has no type for that.');
  if (pairOf(source.attributes, key)) return refuse(`${source.entity} has an attribute ${key} already.`);
  // With `underscored` Sequelize makes the one of the other itself.
  const underscored = /\bunderscored\s*:\s*true\b/u.test(source.text);
  const field = key === column.name || underscored ? [] : [`field: ${quoted(column.name, source.style)}`];
  const list = [`type: ${type}`, ...(column.nullable ? [] : ['allowNull: false']), ...field];
  const edits = setPairs(source, source.attributes, { [key]: `{ ${list.join(', ')} }` });
  const isTyped = /\bdeclare\s+\w+/u.test(source.text);
  const notes = isTyped ? [`Declare ${key} in the class ${source.entity} as its other attributes are.`] : [];
  return { ok: true, edits, notes };
}

function dropAttribute(column: string, source: ModelSource): EntityWriteResult {
  const key = source.propertyOf(column) ?? '';
  const pair = pairOf(source.attributes, key);
  if (!pair) return refuse(`${column} is not among the attributes of ${source.entity}: delete it where it is made.`);
  const parts = partsOf(source.attributes);
  const own = parts.find(({ startIndex }) => startIndex === pair.startIndex) ?? pair;
  const list = source.options?.type === 'object' ? pairOf(source.options, 'indexes')?.childForFieldName('value') : null;
  const indexes = list?.type === 'array' ? partsOf(list) : [];
  const naming = indexes.filter((each) =>
    (each.descendantsOfType('string') as readonly SyntaxNode[]).some(({ text }) =>
      [key, column].includes(text.slice(1, -1)),
    ),
  );
  return {
    ok: true,
    edits: [removal(source, parts, own), ...removals(source, indexes, naming)],
    notes: declared(source, key),
  };
}

/** An entry of `indexes` in the options. */
function dropIndex(index: Index, source: ModelSource): EntityWriteResult {
  const { options } = source;
  const offset = declaredAt(index, source);
  const list = options?.type === 'object' ? pairOf(options, 'indexes')?.childForFieldName('value') : null;
  const entries = list?.type === 'array' ? partsOf(list) : [];
  const entry = entries.find((each) => offset !== null && holds(each, offset));
  if (!options || !entry) return refuse(notPlain(index));
  const edits = entries.length > 1 ? [removal(source, entries, entry)] : setPairs(source, options, { indexes: null });
  return { ok: true, edits };
}

function renameTable(to: string, source: ModelSource): EntityWriteResult {
  const { path, options, last, style } = source;
  const tableName = quoted(to, style);
  if (!options)
    return {
      ok: true,
      edits: [{ file: path, start: last.endIndex, end: last.endIndex, newText: `, { tableName: ${tableName} }` }],
    };
  if (options.type !== 'object')
    return refuse(`The options of ${source.entity} are no literal object: name the table where they are made.`);
  return { ok: true, edits: setPairs(source, options, { tableName }) };
}
