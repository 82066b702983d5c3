/** Expressions that become SQL: `` sql`…` ``, `sql.raw(…)`, and plain values as defaults. */
import {
  isCall,
  isList,
  isMember,
  isMethod,
  isObject,
  isPlain,
  isTemplate,
  isUnknown,
} from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';

/** Text of a column that a template names; null = not known. */
export type NameOf = (column: Result) => string | null;

const noNames: NameOf = () => null;

/** SQL of a tagged template or of `sql.raw`; null where it is none. */
export function sqlOf(result: Result, nameOf: NameOf = noNames): string | null {
  if (isMethod(result)) {
    // `sql<string>`…`.as('total')`, `sql.raw('…')`, `sql`…`.inlineParams()`
    if (result.name === 'raw' && typeof result.arguments[0] === 'string') return result.arguments[0];
    if (result.name === 'identifier' && typeof result.arguments[0] === 'string') return `"${result.arguments[0]}"`;
    return sqlOf(result.object, nameOf);
  }
  if (!isCall(result) || result.name !== 'sql') return null;
  const [text] = result.arguments;
  if (typeof text === 'string') return text.trim();
  return isTemplate(text)
    ? text.parts
        .map((part) => partOf(part, nameOf))
        .join('')
        .trim()
    : '';
}

function partOf(part: Result, nameOf: NameOf): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'number' || typeof part === 'boolean') return String(part);
  const name = nameOf(part) ?? sqlOf(part, nameOf);
  if (name !== null) return name;
  if (isMember(part)) return part.name;
  return isUnknown(part) ? `\${${part.text}}` : '${…}';
}

/** Default as drizzle-kit writes it; null where it is no value that can be told. */
export function defaultText(value: Result, rawType: string, array: boolean): string | null {
  const sql = sqlOf(value);
  if (sql !== null) return sql;
  if (typeof value === 'string') return quoted(value);
  if (isPlain(value)) return value === undefined ? null : String(value);
  if (array && isList(value)) return quoted(`{${value.map((item) => arrayItem(item)).join(',')}}`);
  if (isCall(value) && value.name === 'Date') return null;
  const json = jsonOf(value);
  if (json === null) {
    const [number] = isCall(value) && value.name === 'BigInt' ? value.arguments : [];
    return isPlain(number) && number !== undefined ? String(number) : null;
  }
  return /^jsonb?$/.test(rawType) ? `${quoted(json)}::${rawType}` : quoted(json);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function arrayItem(item: Result): string {
  return typeof item === 'string'
    ? /^[\w-]+$/.test(item)
      ? item
      : JSON.stringify(item)
    : String(isPlain(item) ? item : '');
}

function jsonOf(value: Result): string | null {
  const plain = plainOf(value, 0);
  return plain === undefined ? null : JSON.stringify(plain);
}

function plainOf(value: Result, depth: number): unknown {
  if (isPlain(value)) return value;
  if (depth > 8) return undefined;
  if (isList(value)) return value.map((item) => plainOf(item, depth + 1));
  if (!isObject(value) || value.missing !== null) return undefined;
  return Object.fromEntries([...value.entries].map(([key, item]) => [key, plainOf(item, depth + 1)]));
}
