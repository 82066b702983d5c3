/**
 * SQL text → tokens with offsets, by the lexical rules of the engine: which quotes are names and which are strings, backslashes, comments, dollar quotes.
 * Anything can be tokenized: an open quote or comment ends where the text does.
 */
import type { Dialect } from '../../schema/model.ts';
import { clientCommand, endOfRows, rowVerb } from './rows.ts';

export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** Of names and strings without quotes, escapes undone. */
  readonly text: string;
  /** Upper case of a word, the symbol itself; '' for everything else, so that it never equals a keyword. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

interface Lexis {
  /** `"` quotes a string unless the server is told otherwise. */
  readonly doubleIsString: boolean;
  readonly backslash: boolean;
  readonly brackets: boolean;
  readonly backtick: boolean;
  readonly hash: boolean;
  /** `//` starts a comment. */
  readonly slashes: boolean;
  readonly dollar: boolean;
}

function lexisOf(dialect: Dialect): Lexis {
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const postgresql = dialect === 'postgresql' || dialect === 'cockroachdb';
  return {
    doubleIsString: mysql,
    backslash: mysql,
    brackets: dialect === 'mssql' || dialect === 'sqlite',
    backtick: mysql || dialect === 'sqlite' || dialect === 'spanner',
    hash: mysql,
    slashes: dialect === 'cassandra',
    dollar: postgresql,
  };
}

const space = /\s+/y;
const number = /(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/y;
const word = /[A-Za-z_@#$\u0080-\uffff][\w$@#\u0080-\uffff]*/y;
/**
 * With what a tool puts into a script before it runs, where that is a part of a name: `${schema}.orders` (Flyway, Liquibase), `$(Schema).orders` (sqlcmd),
 * `{{prefix}}orders`. Alone it may stand for anything.
 */
const templated =
  /[A-Za-z_\u0080-\uffff]?[\w\u0080-\uffff]*(?:\$\{[^{}\n]*\}|\$\([^()\n]*\)|\{\{[^{}\n]*\}\})(?=[.\w])[\w\u0080-\uffff]*/y;
const placeholder = /^(?:\$\{[^{}]*\}|\$\([^()]*\)|\{\{[^{}]*\}\}|@\w+@)$/u;

/** A name that is put in when the script runs. */
export function isPlaceholder(name: string): boolean {
  return placeholder.test(name);
}
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const symbol = /::|<=|>=|<>|!=|\|\||->>|->|:=|[\s\S]/y;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** `skipsRows`: of statements that hold rows (INSERT, COPY) only the first words are kept, so that dumps cost little. */
export function tokenizeSql(
  text: string,
  dialect: Dialect,
  options: { readonly skipsRows?: boolean } = {},
): SqlToken[] {
  const lexis = lexisOf(dialect);
  const tokens: SqlToken[] = [];
  const skipsRows = options.skipsRows === true;
  const isTemplate = /\$[{(]|\{\{/u.test(text);
  let at = 0;
  const push = (kind: SqlToken['kind'], value: string, key: string, end: number): void => {
    tokens.push({ kind, text: value, key, start: at, end });
    at = end;
  };
  const quoted = (kind: 'name' | 'string', open: number, close: string, backslash: boolean): void => {
    const { value, end } = readQuoted(text, open, close, backslash);
    push(kind, value, '', end);
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (skipsRows && startsStatement(tokens)) {
      const line = clientCommand(text, at, dialect);
      if (line > 0) {
        at += line;
        continue;
      }
    }
    const blank = matchAt(space, text, at);
    if (blank !== null) at += blank.length;
    else if ((char === '-' && next === '-') || (char === '#' && lexis.hash)) at = endOfLine(text, at);
    else if (char === '/' && next === '/' && lexis.slashes) at = endOfLine(text, at);
    else if (char === '/' && next === '*') {
      // MySQL runs what stands in /*! … */; the mark goes, the rest is read.
      const versioned = lexis.hash ? /^\/\*M?!\d*/.exec(text.slice(at, at + 12)) : null;
      if (versioned) at += versioned[0].length;
      else at = endOfComment(text, at);
    } else if (char === '*' && next === '/' && lexis.hash) at += 2;
    else if (char === "'") quoted('string', at + 1, "'", lexis.backslash);
    else if (/[eE]/.test(char) && next === "'" && lexis.dollar) quoted('string', at + 2, "'", true);
    else if (/[nNbBxX]/.test(char) && next === "'") {
      const { end } = readQuoted(text, at + 2, "'", false);
      if (/[nN]/.test(char)) quoted('string', at + 2, "'", lexis.backslash);
      else push('number', text.slice(at, end), '', end);
    } else if (char === '"') quoted(lexis.doubleIsString ? 'string' : 'name', at + 1, '"', lexis.doubleIsString);
    else if (char === '`' && lexis.backtick) quoted('name', at + 1, '`', false);
    else if (char === '[' && lexis.brackets) quoted('name', at + 1, ']', false);
    else {
      const tag = lexis.dollar && char === '$' ? matchAt(dollarTag, text, at) : null;
      if (tag !== null) {
        const close = text.indexOf(tag, at + tag.length);
        const end = close === -1 ? text.length : close + tag.length;
        push('string', text.slice(at + tag.length, close === -1 ? text.length : close), '', end);
        continue;
      }
      const digits = matchAt(number, text, at);
      if (digits !== null) {
        push('number', digits, '', at + digits.length);
        continue;
      }
      const letters = (isTemplate ? matchAt(templated, text, at) : null) ?? matchAt(word, text, at);
      if (letters !== null) {
        const holdsRows = skipsRows && rowVerb.test(letters) && startsStatement(tokens);
        push('word', letters, letters.toUpperCase(), at + letters.length);
        if (holdsRows) {
          at = endOfRows(text, at, dialect);
          // What ended it need not be a separator: a line of a batch, the data of a COPY.
          if (text[at] !== ';') push('symbol', ';', ';', at);
        }
        continue;
      }
      const sign = matchAt(symbol, text, at) ?? char;
      push('symbol', sign, sign, at + sign.length);
    }
  }
  return tokens;
}

/** After a separator, or at the start. SQL Server's scripts need none: there GO is one as well. */
function startsStatement(tokens: readonly SqlToken[]): boolean {
  const last = tokens.at(-1);
  return last === undefined || last.key === ';' || last.key === 'GO' || last.key === '/';
}

function readQuoted(text: string, open: number, close: string, backslash: boolean): { value: string; end: number } {
  let value = '';
  let at = open;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (backslash && char === '\\') {
      const escaped = text[at + 1] ?? '';
      value += { n: '\n', t: '\t', r: '\r', '0': '\0', b: '\b' }[escaped] ?? escaped;
      at += 2;
    } else if (char === close) {
      if (text[at + 1] !== close) return { value, end: at + 1 };
      value += close;
      at += 2;
    } else {
      value += char;
      at++;
    }
  }
  return { value, end: text.length };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** PostgreSQL's and SQL Server's comments nest; nobody writes them so that it makes a difference elsewhere. */
function endOfComment(text: string, start: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.index + 2;
  }
  return text.length;
}
