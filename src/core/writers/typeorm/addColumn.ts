import type { Column, ColumnType, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { importName } from '../shared/imports.ts';
import { indentAt, lineEnd, quoted } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { propertyOf } from '../shared/declaration.ts';
import type { ClassDeclaration } from '../shared/declaration.ts';
import { addEntry } from './entitySchemaLists.ts';
import type { EntitySource } from '../shared/entitySource.ts';

/** A property with `@Column({…})` behind the last column of the class; an entry of `columns` of an `EntitySchema`. */
export function addColumn(column: Column, table: Table, source: EntitySource): WriteResult {
  const refusal = obstacle(column, table);
  if (refusal !== null) return { ok: false, reason: refusal };
  const { declaration, style } = source;
  const property = column.property ?? camelCase(column.name);
  const options = optionsOf(column, property, source);
  if (declaration.kind === 'schema') {
    const columns = propertyOf(declaration.object, 'columns');
    if (columns?.type !== 'object')
      return { ok: false, reason: 'The entity schema has no literal "columns" to add to.' };
    return addEntry(source, columns, '{', `${property}: { ${options.join(', ')} }`);
  }
  const decorator = decoratorFor(column);
  const imported = importName(source, decorator, 'typeorm', `TypeOrm${decorator}`);
  const argument = options.length === 0 ? '' : `{ ${options.join(', ')} }`;
  const mark = definiteMark(declaration);
  const type = scriptType(column) + (column.nullable ? ' | null' : '');
  const typed = source.path.endsWith('js') ? '' : `${mark}: ${type}`;
  const lines = [`@${imported.reference}(${argument})`, `${property}${typed}${style.semicolons ? ';' : ''}`];
  return { ok: true, edits: [...imported.edits, insertMember(source, declaration, lines)] };
}

function obstacle(column: Column, table: Table): string | null {
  if (table.columns.some(({ name }) => name === column.name))
    return `${table.name} has a column ${column.name} already.`;
  if (column.property?.includes('.'))
    return `${column.name} belongs to an embedded entity (${column.property}); add it there.`;
  if (column.type === 'enum')
    return `${column.name} is an enum: declare the enum in TypeScript first, then the column with it.`;
  if (column.generated !== null)
    return `${column.name} is generated (${column.generated.kind}); adding generated columns is not supported yet.`;
  return null;
}

function decoratorFor({ role }: Column): string {
  switch (role) {
    case 'created-at':
      return 'CreateDateColumn';
    case 'updated-at':
      return 'UpdateDateColumn';
    case 'deleted-at':
      return 'DeleteDateColumn';
    case 'version':
      return 'VersionColumn';
    default:
      return 'Column';
  }
}

/** Options in the order of TypeORM's own documentation; the name only where it differs from the property's. */
function optionsOf(column: Column, property: string, { style }: EntitySource): readonly string[] {
  return [
    ...(column.rawType === '' ? [] : [`type: ${quoted(column.rawType, style)}`]),
    ...(column.name === property ? [] : [`name: ${quoted(column.name, style)}`]),
    ...(column.length === null ? [] : [`length: ${column.length}`]),
    ...(column.precision === null ? [] : [`precision: ${column.precision}`]),
    ...(column.scale === null ? [] : [`scale: ${column.scale}`]),
    ...(column.array ? ['array: true'] : []),
    ...(column.nullable ? ['nullable: true'] : []),
    ...(column.default === null ? [] : [`default: ${defaultOf(column.default, style)}`]),
    ...(column.collation === null ? [] : [`collation: ${quoted(column.collation, style)}`]),
    ...(column.comment === null ? [] : [`comment: ${quoted(column.comment, style)}`]),
    ...(column.selected ? [] : ['select: false']),
  ];
}

/** Literals as literals, SQL expressions as a function that returns their text. */
function defaultOf(sql: string, style: EntitySource['style']): string {
  if (/^-?\d+(?:\.\d+)?$/u.test(sql) || /^(?:true|false|null)$/iu.test(sql)) return sql.toLowerCase();
  const text = /^'((?:[^']|'')*)'$/u.exec(sql)?.[1];
  return text === undefined ? `() => ${quoted(sql, style)}` : quoted(text.replaceAll("''", "'"), style);
}

const scriptTypes: Partial<Record<ColumnType, string>> = {
  boolean: 'boolean',
  int16: 'number',
  int32: 'number',
  // Drivers hand out 64-bit integers and decimals as strings, because a double would lose digits.
  int64: 'string',
  decimal: 'string',
  money: 'string',
  float32: 'number',
  float64: 'number',
  datetime: 'Date',
  'datetime-tz': 'Date',
  json: 'object',
  object: 'object',
  binary: 'Buffer',
  vector: 'number[]',
};

/** The type of the property: what drivers hand out. */
export function scriptType({ type, array }: Pick<Column, 'type' | 'array'>): string {
  const single = scriptTypes[type] ?? 'string';
  return array ? `${single}[]` : single;
}

/** `!` where the class writes it on its other properties, `?` never: a column of the database is always there. */
export function definiteMark({ properties }: ClassDeclaration): string {
  const plain = properties.filter(({ node }) => node.childForFieldName('value') === null);
  const marked = plain.filter(({ node }) => (node.children as readonly SyntaxNode[]).some(({ type }) => type === '!'));
  return marked.length > 0 && marked.length * 2 >= plain.length ? '!' : '';
}

/** Behind the last property that is decorated so, else behind the last one. */
export function insertMember(
  { path, text, style }: EntitySource,
  declaration: ClassDeclaration,
  lines: readonly string[],
  kind = /Column$/u,
): TextEdit {
  const { properties, body } = declaration;
  const after =
    properties.findLast(({ decorators }) => decorators.some(({ name }) => kind.test(name))) ?? properties.at(-1);
  if (!after) {
    const indent = indentAt(text, body.startIndex) + style.indent;
    const at = body.startIndex + 1;
    const closes = /^\s*\}/u.test(text.slice(at)) && !/^[ \t]*(?:\r\n|\n|\r)/u.test(text.slice(at));
    const tail = closes ? style.eol + indentAt(text, body.startIndex) : '';
    return { file: path, start: at, end: at, newText: lines.map((line) => style.eol + indent + line).join('') + tail };
  }
  const { node } = after;
  const indent = indentAt(text, node.startIndex);
  const terminator = /^[ \t]*;/u.exec(text.slice(node.endIndex))?.[0].length ?? 0;
  const end = node.endIndex + terminator;
  if (body.startPosition.row === node.endPosition.row)
    return { file: path, start: end, end, newText: `${terminator > 0 ? '' : ';'} ${lines.join(' ')}` };
  const at = lineEnd(text, end);
  const gap = hasBlankLine(text, declaration) ? style.eol : '';
  return { file: path, start: at, end: at, newText: gap + lines.map((line) => style.eol + indent + line).join('') };
}

/** Properties of the class are set apart by blank lines. */
function hasBlankLine(text: string, { properties }: ClassDeclaration): boolean {
  const [first, second] = properties;
  if (!first || !second) return true;
  return /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/u.test(text.slice(first.node.endIndex, second.node.startIndex));
}

function camelCase(name: string): string {
  return name.replace(/[_\s-]+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase());
}
