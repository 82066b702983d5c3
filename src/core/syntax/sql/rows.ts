/**
 * What scripts hold beside structure: rows (INSERT, COPY), and commands of the client (psql, SQL*Plus, sqlite3). Megabytes of rows are stepped over by a
 * search for what may end them, without a token each.
 */
import type { Dialect } from '../../schema/model.ts';

export const rowVerb = /^(?:INSERT|REPLACE|COPY|UPSERT)$/i;

const commands: Readonly<Partial<Record<Dialect, RegExp>>> = {
  // psql
  postgresql: /\\[^\n]*/y,
  cockroachdb: /\\[^\n]*/y,
  // sqlite3
  sqlite: /\.[a-z][^\n]*/y,
  // SQL*Plus (docs.oracle.com, SQL*Plus User's Guide and Reference, 12 Command Reference)
  oracle:
    /(?:(?:PROMPT|REM|REMARK|SPOOL|CONN|CONNECT|WHENEVER|DEFINE|UNDEFINE|ACCEPT|COLUMN|TTITLE|BTITLE|PAUSE|HOST|EXIT|QUIT|EXEC|EXECUTE)\b|SET\s+(?!TRANSACTION\b|ROLE\b|CONSTRAINTS?\b)|SHOW\s|@)[^\n]*/iy,
};

/** Length of a line that is none of SQL's; 0 = SQL stands here. To be asked where a statement may start. */
export function clientCommand(text: string, at: number, dialect: Dialect): number {
  const pattern = commands[dialect];
  if (!pattern) return 0;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

const copiesInput = /\bFROM\s+STDIN\b/i;
const endOfInput = /^\\\.[^\n]*/gm;
/** Next thing that can end rows or hide what ends them. */
const marks = /['";`$#]|--|\/\*/g;
const mssqlMarks =
  /['";]|--|\/\*|^[ \t]*(?=(?:GO|CREATE|ALTER|DROP|EXEC|INSERT|PRINT|SET|IF|BEGIN|END|UPDATE|DELETE|DECLARE|USE)\b)/gim;
const oracleMarks = /['";]|--|\/\*|^[ \t]*\/[ \t]*\r?$/gm;

/** Offset of what ends the statement (its `;` itself), or behind the data that follows a COPY. `at` is behind its first word. */
export function endOfRows(text: string, at: number, dialect: Dialect): number {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  // One of each for all calls: none of them calls another, and making one takes longer than a row.
  const pattern = dialect === 'mssql' ? mssqlMarks : dialect === 'oracle' ? oracleMarks : marks;
  pattern.lastIndex = at;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [mark] = match;
    const from = match.index + mark.length;
    if (mark === ';') return endOfCopy(text, at, match.index);
    if (mark === "'") pattern.lastIndex = closing(text, from, "'", isMysql || /[eE]/.test(text[match.index - 1] ?? ''));
    else if (mark === '"' || (mark === '`' && (isMysql || dialect === 'sqlite')))
      pattern.lastIndex = closing(text, from, mark, isMysql && mark === '"');
    else if (mark === '--' || (mark === '#' && isMysql)) pattern.lastIndex = endOf(text, '\n', from);
    else if (mark === '/*') pattern.lastIndex = endOf(text, '*/', from);
    else if (mark === '$' && (dialect === 'postgresql' || dialect === 'cockroachdb')) {
      const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(match.index, match.index + 64))?.[0];
      if (tag !== undefined) pattern.lastIndex = endOf(text, tag, match.index + tag.length);
    } else if (/^\s*(?:\/\s*)?$/.test(mark) && match.index > at) return match.index;
    else if (mark === '') pattern.lastIndex = from + 1;
  }
  return text.length;
}

function endOf(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found + what.length;
}

function closing(text: string, from: number, quote: string, backslash: boolean): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (backslash && text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 1) continue;
    if (text[at + 1] !== quote) return at + 1;
    at++;
  }
  return text.length;
}

function endOfCopy(text: string, from: number, semicolon: number): number {
  if (!copiesInput.test(text.slice(from, semicolon))) return semicolon;
  endOfInput.lastIndex = semicolon;
  const end = endOfInput.exec(text);
  return end === null ? text.length : end.index + end[0].length;
}
