/** Script → statements: at semicolons, at MySQL's `DELIMITER`, at SQL Server's `GO`, never inside the body of a routine. */
import type { Dialect } from '../../schema/model.ts';
import { tokenizeSql } from './tokens.ts';
import type { SqlToken } from './tokens.ts';

export interface TokenRun {
  readonly tokens: readonly SqlToken[];
  readonly start: number;
  readonly end: number;
}

const delimiterLine = /^[ \t]*DELIMITER[ \t]+(\S+)[ \t]*$/gim;
const goLine = /^[ \t]*GO(?:[ \t]+\d+)?[ \t]*;?[ \t]*\r?$/gim;

/** Offsets in the result are into the whole text. */
export function splitStatements(
  text: string,
  dialect: Dialect,
  options: { readonly skipsRows?: boolean } = {},
): TokenRun[] {
  if (dialect === 'mysql' || dialect === 'mariadb') return byDelimiter(text, dialect, options);
  const tokens = tokenizeSql(text, dialect, options);
  if (dialect === 'mssql') return byBatch(text, tokens);
  return dialect === 'oracle' ? bySlash(text, tokens) : bySemicolon(tokens, ';');
}

const slashLine = /^[ \t]*\/[ \t]*\r?$/gm;

/** SQL*Plus runs what stands before a line that holds a slash alone; routines end nowhere else. */
function bySlash(text: string, tokens: readonly SqlToken[]): TokenRun[] {
  const slashes = new Set([...text.matchAll(slashLine)].map((match) => match.index + match[0].indexOf('/')));
  const runs: TokenRun[] = [];
  let from = 0;
  const read = (to: number): void => {
    const block = tokens.slice(from, to);
    // A routine is the last of its block; before it there may be others.
    let routine = block.findIndex((token, place) => token.key === 'CREATE' && isRoutine(block, place));
    if (routine === -1) routine = block.findIndex(({ key }) => key === 'DECLARE' || key === 'BEGIN');
    runs.push(...bySemicolon(routine === -1 ? block : block.slice(0, routine), ';'));
    if (routine !== -1)
      runs.push(...(slashes.size > 0 ? runOf(block.slice(routine)) : bySemicolon(block.slice(routine), ';')));
    from = to + 1;
  };
  tokens.forEach((token, place) => {
    if (token.key === '/' && slashes.has(token.start)) read(place);
  });
  read(tokens.length);
  return runs;
}

/** A client command stands outside of strings and comments, at the start of a line; tokens tell which are. */
function byDelimiter(text: string, dialect: Dialect, options: { readonly skipsRows?: boolean }): TokenRun[] {
  const commands = [...text.matchAll(delimiterLine)];
  if (commands.length === 0) return bySemicolon(tokenizeSql(text, dialect, options), ';');
  const runs: TokenRun[] = [];
  let from = 0;
  let delimiter = ';';
  const read = (to: number): void => {
    const tokens = tokenizeSql(text.slice(from, to), dialect, options).map((token) => ({
      ...token,
      start: token.start + from,
      end: token.end + from,
    }));
    runs.push(...bySemicolon(tokens, delimiter));
  };
  for (const command of commands) {
    read(command.index);
    from = command.index + command[0].length;
    delimiter = command[1] ?? ';';
  }
  read(text.length);
  return runs;
}

function byBatch(text: string, tokens: readonly SqlToken[]): TokenRun[] {
  const lines = [...text.matchAll(goLine)].map((match) => match.index + match[0].search(/\S/));
  const cuts = new Set(lines);
  const batches: SqlToken[][] = [[]];
  let skips = false;
  for (const token of tokens) {
    if (token.kind === 'word' && token.key === 'GO' && cuts.has(token.start)) {
      batches.push([]);
      skips = true;
    } else if (!(skips && (token.kind === 'number' || token.key === ';'))) {
      skips = false;
      batches.at(-1)?.push(token);
    }
  }
  return batches.flatMap((batch) => bySemicolon(batch, ';').flatMap(splitByVerb));
}

const batchVerbs = new Set(['CREATE', 'ALTER', 'DROP', 'EXEC', 'EXECUTE', 'INSERT', 'PRINT']);
const batchObjects =
  /^(?:TABLE|INDEX|UNIQUE|NONCLUSTERED|CLUSTERED|SCHEMA|TYPE|SEQUENCE|VIEW|SYS|SP_\w+|COLUMNSTORE|PROC|PROCEDURE|FUNCTION|TRIGGER)$/;

/**
 * T-SQL needs no semicolons: outside of brackets, a statement also starts where its verb stands before what it works on (`IF … CREATE TABLE`). The body of a
 * routine or a view runs to the end of its batch.
 */
function splitByVerb(run: TokenRun): TokenRun[] {
  const runs: SqlToken[][] = [[]];
  let depth = 0;
  let inBody = false;
  run.tokens.forEach((token, place) => {
    if (token.key === '(') depth++;
    else if (token.key === ')') depth--;
    const object = run.tokens[place + 1]?.key ?? '';
    const starts =
      !inBody &&
      depth === 0 &&
      batchVerbs.has(token.key) &&
      run.tokens[place - 1]?.key !== ',' &&
      (batchObjects.test(object) || (token.key === 'CREATE' && object === 'OR'));
    if (starts) {
      runs.push([]);
      inBody = token.key !== 'DROP' && isRoutine(run.tokens, place);
    }
    runs.at(-1)?.push(token);
  });
  return runs.flatMap((tokens) => runOf(tokens));
}

/** `BEGIN … END` of triggers and procedures holds semicolons of its own; a plain `BEGIN;` starts a transaction. */
function bySemicolon(tokens: readonly SqlToken[], delimiter: string): TokenRun[] {
  const runs: TokenRun[] = [];
  let current: SqlToken[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const length = depth === 0 ? delimiterAt(tokens, at, delimiter) : 0;
    if (length > 0) {
      runs.push(...runOf(current));
      current = [];
      at += length - 1;
      continue;
    }
    if (delimiter === ';' && hasBody(current)) {
      if (token.key === 'BEGIN' || (token.key === 'CASE' && tokens[at - 1]?.key !== 'END')) depth++;
      else if (token.key === 'END' && depth > 0 && !/^(?:IF|LOOP|WHILE|REPEAT|FOR)$/.test(tokens[at + 1]?.key ?? ''))
        depth--;
    }
    current.push(token);
  }
  runs.push(...runOf(current));
  return runs;
}

function delimiterAt(tokens: readonly SqlToken[], at: number, delimiter: string): number {
  let joined = '';
  for (let length = 1; joined.length < delimiter.length; length++) {
    const token = tokens[at + length - 1];
    if (!token || (length > 1 && token.start !== tokens[at + length - 2]?.end)) return 0;
    joined += token.kind === 'symbol' || token.kind === 'word' ? token.text : ' ';
    if (joined === delimiter) return length;
  }
  return 0;
}

function hasBody(tokens: readonly SqlToken[]): boolean {
  return tokens[0]?.key === 'CREATE' && isRoutine(tokens, 0);
}

/** `CREATE OR REPLACE … TRIGGER`: what follows is code, with semicolons of its own. */
function isRoutine(tokens: readonly SqlToken[], create: number): boolean {
  for (let at = create + 1; at < create + 10; at++) {
    const key = tokens[at]?.key ?? '';
    if (/^(?:TRIGGER|PROC|PROCEDURE|FUNCTION|EVENT|PACKAGE)$/.test(key)) return true;
    if (key === 'TYPE' && tokens[at + 1]?.key === 'BODY') return true;
    // Before the kind of object only words stand: a table called `event` is none.
    if (/^(?:TABLE|VIEW|INDEX|SEQUENCE|SCHEMA|TYPE|DOMAIN|USER|DATABASE|\()$/.test(key)) return false;
  }
  return false;
}

function runOf(tokens: readonly SqlToken[]): TokenRun[] {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first && last ? [{ tokens, start: first.start, end: last.end }] : [];
}
