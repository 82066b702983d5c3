/** Names in an answer → places in the source; names that there are none of are told. */
import type { Schema, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import { nameTerms } from '../retrieval/terms.ts';
import { tableName } from './piece.ts';

/** A piece of inline code, with the words around it. */
export interface NameUse {
  readonly text: string;
  /** Last word before it and first word behind it; '' = none. */
  readonly before: string;
  readonly after: string;
}

export interface NameAnswer {
  /** Null where nothing in the source is called so. */
  readonly at: SourceRange | null;
  /** Says that it does not exist, where the text claims that it does. */
  readonly problem: string | null;
}

export interface NameContext {
  readonly schema: Schema;
  /** Every file known, relative to the analysed directory. */
  readonly files: ReadonlySet<string>;
  /** Names and paths that the answer itself proposes: they need not exist. Lower case. */
  readonly proposed: ReadonlySet<string>;
}

const nothing: NameAnswer = { at: null, problem: null };
const pathLike = /^(?:\.\/)?((?:[\w@.[\]-]+\/)+[\w@.[\]-]+\.\w{1,5})(?::(\d+)(?:-\d+)?)?$/u;
const identifier = /^["'`]?[\p{L}_][\p{L}\p{N}_$]*["'`]?$/u;
const extensions = /^(?:ts|js|tsx|jsx|mjs|cjs|json|md|sql|yml|yaml|env|html|css|txt)$/u;
const tableWords = /^(?:tables?|entity|entities|relations?|views?)$/iu;

export function answerName({ text, before, after }: NameUse, context: NameContext): NameAnswer {
  const path = pathLike.exec(text);
  if (path) return fileAnswer(path[1] ?? '', Number(path[2] ?? 1), context);
  const parts = text
    .replace(/\(\)$/u, '')
    .split('.')
    .map((part) => part.replace(/^["'`]|["'`]$/gu, ''));
  if (parts.some((part) => !identifier.test(part)) || parts.length > 3) return nothing;
  const whole = parts.join('.');
  if (context.proposed.has(whole.toLowerCase())) return nothing;
  const table = findTable(context.schema, whole);
  if (table) return { at: table.at, problem: null };
  if (parts.length > 1) return columnAnswer(parts, context);
  if (!tableWords.test(before) && !tableWords.test(after)) return nothing;
  // Of a word such as `table users` it is said that there is such a table.
  return isElsewhere(whole, context.schema) ? nothing : { at: null, problem: noTable(whole, context.schema) };
}

function columnAnswer(parts: readonly string[], { schema, proposed }: NameContext): NameAnswer {
  const name = parts.at(-1) ?? '';
  const owner = parts.slice(0, -1).join('.');
  const table = findTable(schema, owner);
  if (!table) {
    // `orders.customer_id` is a column; `this.orders` and `node.js` are something else.
    const isPhysical = owner.includes('_') || (name.includes('_') && parts.length === 2);
    const isKnown = proposed.has(owner.toLowerCase()) || owner === 'this' || extensions.test(name);
    return isPhysical && !isKnown ? { at: null, problem: noTable(owner, schema) } : nothing;
  }
  if (proposed.has(owner.toLowerCase())) return { at: table.at, problem: null };
  const column = table.columns.find((each) => each.name === name || each.property === name);
  if (column) return { at: column.at, problem: null };
  const relation = table.relations.find(({ property }) => property === name);
  if (relation) return { at: relation.at, problem: null };
  const isPlainMember =
    /^(?:id|name|find|save|create|update|delete|remove|count|length)$/u.test(name) && table.entity === owner;
  if (isPlainMember || extensions.test(name)) return { at: table.at, problem: null };
  const close = similar(
    name,
    table.columns.map((each) => each.name),
  );
  return {
    at: null,
    problem: `\`${tableName(table)}\` has no column \`${name}\`${close.length === 0 ? '' : ` (did you mean ${close.map((each) => `\`${each}\``).join(' or ')}?)`}.`,
  };
}

function fileAnswer(path: string, line: number, { files, proposed }: NameContext): NameAnswer {
  const exact = files.has(path) ? [path] : [...files].filter((file) => file.endsWith(`/${path}`));
  const [file] = exact;
  if (file !== undefined && exact.length === 1)
    return { at: { file, line, column: 1, endLine: line, endColumn: 1 }, problem: null };
  if (exact.length > 1 || proposed.has(path.toLowerCase())) return nothing;
  return { at: null, problem: `There is no file \`${path}\`.` };
}

function findTable(schema: Schema, name: string): Table | undefined {
  const lower = name.toLowerCase();
  return (
    schema.tables.find((table) => table.entity === name) ??
    schema.tables.find((table) => tableName(table).toLowerCase() === lower) ??
    schema.tables.find((table) => table.name.toLowerCase() === lower)
  );
}

/** A column, property or enum of that name: then it was no table that was meant. */
function isElsewhere(name: string, schema: Schema): boolean {
  return (
    schema.enums.some((each) => each.name === name) ||
    schema.tables.some(({ columns, relations, indexes }) =>
      [
        ...columns.flatMap((column) => [column.name, column.property]),
        ...relations.map(({ property }) => property),
        ...indexes.map((index) => index.name),
      ].includes(name),
    )
  );
}

function noTable(name: string, schema: Schema): string {
  const close = similar(name, schema.tables.map(tableName));
  return `There is no table \`${name}\` in this schema${close.length === 0 ? '' : ` (did you mean ${close.map((each) => `\`${each}\``).join(' or ')}?)`}.`;
}

function similar(name: string, names: readonly string[]): readonly string[] {
  const wanted = new Set(nameTerms(name));
  return names
    .map((each) => ({ each, shared: nameTerms(each).filter((word) => wanted.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.each < b.each ? -1 : 1))
    .slice(0, 2)
    .map(({ each }) => each);
}
