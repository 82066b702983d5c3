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
export function splitStatements(text: string, dialect: Dialect): TokenRun[] {
  if (dialect === 'mysql' || dialect === 'mariadb') return byDelimiter(text, dialect);
  const tokens = tokenizeSql(text, dialect);
  return dialect === 'mssql' ? byBatch(text, tokens) : bySemicolon(tokens, ';');
}

/** A client command stands outside of strings and comments, at the start of a line; tokens tell which are. */
function byDelimiter(text: string, dialect: Dialect): TokenRun[] {
  const commands = [...text.matchAll(delimiterLine)];
  if (commands.length === 0) return bySemicolon(tokenizeSql(text, dialect), ';');
  const runs: TokenRun[] = [];
  let from = 0;
  let delimiter = ';';
  const read = (to: number): void => {
    const tokens = tokenizeSql(text.slice(from, to), dialect).map((token) => ({
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

const batchVerbs = new Set(['CREATE', 'ALTER', 'DROP', 'EXEC', 'INSERT', 'PRINT']);

/** T-SQL needs no semicolons: outside of brackets, a statement also starts where a line of the batch starts with its verb. */
function splitByVerb(run: TokenRun): TokenRun[] {
  const verb = run.tokens[0]?.key ?? '';
  const second = run.tokens[1]?.key ?? '';
  if (!(verb === 'CREATE' || verb === 'ALTER' || verb === 'DROP') || /^(?:PROC|FUNCTION|TRIGGER|VIEW|OR)/.test(second))
    return [run];
  const runs: SqlToken[][] = [];
  let depth = 0;
  run.tokens.forEach((token, place) => {
    if (token.key === '(') depth++;
    else if (token.key === ')') depth--;
    const object = run.tokens[place + 1]?.key ?? '';
    const starts =
      place === 0 ||
      (depth === 0 &&
        batchVerbs.has(token.key) &&
        run.tokens[place - 1]?.key !== ',' &&
        /^(?:TABLE|INDEX|UNIQUE|NONCLUSTERED|CLUSTERED|SCHEMA|TYPE|SEQUENCE|VIEW)$/.test(object));
    if (starts) runs.push([]);
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
      if (token.key === 'BEGIN' || token.key === 'CASE') depth++;
      else if (token.key === 'END' && depth > 0) depth--;
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
  return (
    tokens[0]?.key === 'CREATE' &&
    tokens
      .slice(1, 8)
      .some(({ key }) => key === 'TRIGGER' || key === 'PROCEDURE' || key === 'FUNCTION' || key === 'EVENT')
  );
}

function runOf(tokens: readonly SqlToken[]): TokenRun[] {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first && last ? [{ tokens, start: first.start, end: last.end }] : [];
}
