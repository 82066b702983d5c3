/** Takes values out of the text of a statement and puts marks in their places. */
import type { SqlPart, SqlSource } from './sqlParts.ts';

export interface BoundValue {
  /** Source of the value: the expression, or one that puts `%` around it where a pattern is asked for. */
  readonly expression: string;
  /** A name for it that nothing in the statement has yet. */
  readonly name: string;
}

export interface Bound {
  /** With the marks in it; expressions that are not bound stay. */
  readonly parts: readonly SqlPart[];
  readonly values: readonly BoundValue[];
}

export interface BindOptions {
  /** Expressions to bind, as the facts have them: the first 120 characters. */
  readonly expressions: readonly string[];
  /** The mark of a value, by its place (from 0) and name. */
  readonly mark: (place: number, name: string) => string;
  /** Joins constant text and an expression in the language: `%` + term + `%`. */
  readonly around: (before: string, expression: string, after: string) => string;
}

/** A string says why not. */
export function bindParts(source: SqlSource, { expressions, mark, around }: BindOptions): Bound | string {
  const wanted = expressions.map((text) => text.trim());
  const parts = source.parts.map((part) => ({ ...part }));
  const values: BoundValue[] = [];
  const whole = parts.map((part) => (part.kind === 'text' ? part.text : '')).join(' ');
  for (const [at, part] of parts.entries()) {
    if (part.kind !== 'value') continue;
    const isWanted = wanted.some((text) =>
      text.length < 120 ? text === part.expression : part.expression.startsWith(text.slice(0, 100)),
    );
    if (!isWanted) continue;
    const [before, after] = [parts[at - 1], parts[at + 1]];
    if (part.expression === '' || before?.kind !== 'text' || (after && after.kind !== 'text'))
      return 'The value is formatted where it is put into the statement: bind it by hand.';
    if (isList(part.expression, before.text))
      return 'A list of values is put into the statement: bind each of them by hand.';
    const quoted = openedIn(before.text, source);
    const rest = after?.text ?? '';
    const [opening = '', lead = ''] = /\\?'(%?)$/u.exec(before.text) ?? [];
    const [closing, trail = ''] = /^(%?)\\?'/u.exec(rest) ?? [];
    if (quoted !== null && (quoted !== lead || closing === undefined))
      return 'The value is a part of a longer text in the statement: bind it by hand.';
    if (quoted === null && /[\w$"`\].-]$/u.test(before.text))
      return 'The value is a part of a name in the statement, which cannot be bound.';
    const name = nameFor(part.expression, values, whole);
    values.push({
      name,
      expression: quoted !== null && lead + trail !== '' ? around(lead, part.expression, trail) : part.expression,
    });
    if (quoted !== null) before.text = before.text.slice(0, before.text.length - opening.length);
    if (quoted !== null && after?.kind === 'text') after.text = rest.slice(closing?.length ?? 0);
    parts[at] = { kind: 'text', text: mark(values.length - 1, name) };
  }
  return values.length < new Set(wanted).size
    ? 'The statement is put together in a way that is not known: bind the value by hand.'
    : { parts: merged(parts), values };
}

/** What stands behind the last quote that is open; null = none is. */
function openedIn(text: string, { quote }: SqlSource): string | null {
  const bare = quote === "'" ? text.replaceAll("\\'", "'") : text;
  const pieces = bare.split("'");
  return pieces.length % 2 === 0 ? (pieces.at(-1) ?? '') : null;
}

/** `IN (…)`, or several values joined by commas. */
function isList(expression: string, before: string): boolean {
  return /\bin\s*\(?\s*'?$/iu.test(before) || /\.join\(|\bjoin\s*\(/iu.test(expression);
}

function nameFor(expression: string, taken: readonly BoundValue[], text: string): string {
  const last = /([A-Za-z_]\w*)(?:\(\))?\??$/u.exec(expression)?.[1] ?? 'value';
  const stem = /^[A-Za-z]\w*$/u.test(last) ? last : 'value';
  let name = stem;
  const isTaken = (given: string): boolean =>
    taken.some((each) => each.name === given) || new RegExp(`[:@]${given}\\b`, 'u').test(text);
  for (let number = 2; isTaken(name); number++) name = `${stem}${number}`;
  return name;
}

function merged(parts: readonly SqlPart[]): readonly SqlPart[] {
  const found: SqlPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      found[found.length - 1] = { kind: 'text', text: last.text + part.text };
    else if (part.kind !== 'text' || part.text !== '' || found.length === 0) found.push(part);
  }
  return found;
}
