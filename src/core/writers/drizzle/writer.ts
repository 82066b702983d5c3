import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { importName } from '../shared/imports.ts';
import { appendItem, indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';

/** `(table) => [index('orders_customer_id_idx').on(table.customerId)]` behind the columns. */
export const drizzleWriter = indexWriter({ id: 'drizzle', sources: 'Drizzle schemas', insert });

function insert(index: Index, table: Table, file: SourceFile): Inserted {
  const { path, text, lines } = file;
  const { root } = file.parsed();
  const offset = lines.offset(table.at.line, table.at.column);
  const list = tableArguments(root.descendantForIndex(offset));
  if (!list) return `The call that makes ${table.name} was not found in ${path}.`;
  const properties = index.columns.map(
    (name) => table.columns.find((column) => column.name === name)?.property ?? null,
  );
  if (properties.some((property) => property === null))
    return `Not every column of the index has a property in ${path}.`;
  const module = /from\s+['"](drizzle-orm\/(?:pg|mysql|sqlite|singlestore|mssql|cockroach)-core)['"]/u.exec(text)?.[1];
  if (module === undefined) return `${path} imports nothing of drizzle-orm, so it cannot be told which index to use.`;
  const style = styleOf(text);
  const imported = importName({ path, text, root, style }, 'index', module, 'drizzleIndex');
  const name = index.name ?? `${table.name}_${index.columns.join('_')}_idx`;
  const made = (variable: string): string =>
    `${imported.reference}(${quoted(name, style)}).on(${properties.map((property) => `${variable}.${property ?? ''}`).join(', ')})`;
  const [, columns, extra] = list;
  if (!columns) return `${table.name} has no columns to index.`;
  if (!extra) return [...imported.edits, insertAt(path, columns.endIndex, `, (table) => [${made('table')}]`)];
  const arrow = extra.type === 'arrow_function' ? extra : null;
  const parameter = (
    arrow?.childForFieldName('parameter') ??
    (arrow && partsOf(arrow.childForFieldName('parameters') ?? arrow)[0])
  )?.text.replace(/[^\w$].*$/su, '');
  const body = unwrapped(arrow?.childForFieldName('body') ?? null);
  if (!body || !parameter || (body.type !== 'array' && body.type !== 'object'))
    return `What stands behind the columns of ${table.name} is no plain list: add ${made('table')} to it.`;
  const item = body.type === 'array' ? made(parameter) : `${camel(name)}: ${made(parameter)}`;
  return [...imported.edits, appendItem(path, text, body.startIndex, body.endIndex - 1, item)];
}

/** Arguments of the innermost call around the place: `pgTable('orders', {…}, …)`. */
function tableArguments(start: SyntaxNode | null): readonly SyntaxNode[] | null {
  for (let node = start; node; node = node.parent) {
    const call =
      node.type === 'call_expression'
        ? node
        : node.type === 'variable_declarator'
          ? node.childForFieldName('value')
          : null;
    const list = call?.type === 'call_expression' ? call.childForFieldName('arguments') : null;
    if (list) return partsOf(list);
  }
  return null;
}

function unwrapped(node: SyntaxNode | null): SyntaxNode | null {
  return node?.type === 'parenthesized_expression' ? (partsOf(node)[0] ?? null) : node;
}

function camel(name: string): string {
  return name.replace(/[^A-Za-z0-9]+(\w)?/gu, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
}
