/**
 * Calls that declare something (`sequelize.define(…)`, `User.hasMany(…)`, `new Schema(…)`), wherever they stand: what they are called
 * on, their arguments as values, and the names that the functions around them give to values.
 */
import type { SourceRange } from '../../../schema/source.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import { cleanCallee } from './calls.ts';
import type { Value } from './declarations.ts';
import type { Evaluator } from './evaluate.ts';
import { childrenOf } from './nodes.ts';
import { outlineOf } from './outline.ts';
import type { CallSpan, Outline } from './outline.ts';
import { readArguments, readVariables } from './readValues.ts';
import type { ReadContext } from './readValues.ts';
import type { Result, Scope } from './results.ts';
import { assignmentBefore } from './scan.ts';

export interface CallSite {
  /** What it is called on: `models.User`, `this`; '' = nothing. Arguments of calls before it are left out: `app.get().model`. */
  readonly receiver: string;
  readonly method: string;
  readonly construct: boolean;
  readonly arguments: readonly Value[];
  /** Variable or member that the result goes to: `User`, `db.users`; `default` = it is what the module exports. */
  readonly assigned: string | null;
  /** Class around it. */
  readonly class: string | null;
  /** Function around it, in the `LocalScope`s of the file. */
  readonly scope: number | null;
  /** The callee. */
  readonly at: SourceRange;
}

/** Names that a function gives to values at the top of its body. */
export interface LocalScope {
  readonly parent: number | null;
  readonly parameters: readonly string[];
  readonly values: readonly (readonly [string, Value])[];
}

export interface CallSites {
  readonly calls: readonly CallSite[];
  readonly scopes: readonly LocalScope[];
}

export function readCallSites(file: SourceFile, isWanted: (call: CallSpan, text: string) => boolean): CallSites {
  const outline = outlineOf(file.parsed());
  const context: ReadContext = { text: file.text, lines: file.lines, positions: true };
  const scopes: LocalScope[] = [];
  const known = new Map<number, number>();
  const scopeOf = (id: number | null): number | null => {
    if (id === null) return null;
    const before = known.get(id);
    if (before !== undefined) return before;
    const span = outline.functions[id];
    const parent = scopeOf(span?.parent ?? null);
    scopes.push({
      parent,
      parameters: span?.parameters.map(({ name }) => name) ?? [],
      values: span ? localsOf(outline, span.start, span.end, context) : [],
    });
    known.set(id, scopes.length - 1);
    return scopes.length - 1;
  };
  const calls = outline.calls
    .filter((call) => isWanted(call, file.text))
    .map((call): CallSite => {
      const callee = cleanCallee(call.callee.replace(/^new\s+/, ''));
      const dot = callee.lastIndexOf('.');
      return {
        receiver: dot === -1 ? '' : callee.slice(0, dot),
        method: call.method,
        construct: call.constructs,
        arguments: readArguments(call.node.childForFieldName('arguments'), context),
        assigned: assignedOf(file.text, call.start),
        class: classAt(outline, call.start),
        scope: scopeOf(call.function),
        at: file.lines.range(call.start, Math.max(call.argsStart, call.start + 1)),
      };
    });
  return { calls, scopes };
}

function classAt({ classes }: Outline, offset: number): string | null {
  return classes.findLast(({ start, end }) => start <= offset && offset < end)?.name ?? null;
}

function assignedOf(text: string, start: number): string | null {
  const before = text.slice(Math.max(0, start - 200), start);
  if (/(?:export\s+default|module\.exports\s*=|export\s*=)\s*\(?\s*$/.test(before)) return 'default';
  const { target } = assignmentBefore(text, start);
  const member = /([\w$.]+)\s*\[\s*['"]([^'"\n]+)['"]\s*\]\s*=\s*$/.exec(before);
  if (target === null && member) return `${member[1] ?? ''}.${member[2] ?? ''}`;
  // In `{ User: mongoose.model(…) }` the key is the name.
  return target?.replace(/^(?:module\.)?exports\./, '') ?? /([\w$]+)\s*:\s*$/.exec(before)?.[1] ?? null;
}

function localsOf(
  { root }: Outline,
  start: number,
  end: number,
  context: ReadContext,
): readonly (readonly [string, Value])[] {
  let node: TreeNode | null = root.descendantForIndex(start, end);
  while (node && (node.startIndex > start || node.endIndex < end)) node = node.parent;
  const body = node?.childForFieldName('body');
  if (body?.type !== 'statement_block') return [];
  return childrenOf(body).flatMap((statement) =>
    statement.type === 'lexical_declaration' || statement.type === 'variable_declaration'
      ? readVariables(statement, context)
      : [],
  );
}

/** Makes the scopes of call sites into those that expressions are evaluated in. Names are evaluated when a scope is first asked for. */
export function scopesOf(
  file: string,
  scopes: readonly LocalScope[],
  evaluator: Evaluator,
): (id: number | null) => Scope {
  const outermost: Scope = { file, names: null, outer: null };
  const made = new Map<number, Scope>();
  function scopeOf(id: number | null): Scope {
    const local = id === null ? undefined : scopes[id];
    if (id === null || !local) return outermost;
    const known = made.get(id);
    if (known) return known;
    const names = new Map<string, Result>();
    const scope: Scope = { file, names, outer: scopeOf(local.parent) };
    made.set(id, scope);
    for (const [name, value] of local.values) names.set(name, evaluator.evaluate(value, scope));
    return scope;
  }
  return scopeOf;
}
