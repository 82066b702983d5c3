/** `` db.execute(sql`…`) ``: a tagged template binds its values; `sql.raw` and text put together do not. */
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import type { SqlText } from '../shared/typescript/sqlText.ts';
import { chainOf } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';

const verb =
  /^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|with|create|alter|drop|truncate|call|set|refresh|vacuum|merge|explain|lock|pragma)\b/i;

/** Null = the argument is no SQL. */
export function readRaw(link: Link, scope: Scope): Draft | null {
  const [argument] = link.args;
  const sql = argument ? sqlIn(argument, scope) : null;
  if (!sql || !verb.test(sql.text.sql)) return null;
  const draft = newDraft(link.name, 'raw', link.name === 'run' ? 'none' : 'many');
  draft.complete = sql.complete;
  draft.sql = rawSqlOf(sql.text, scope.lines);
  applyStatement(sql.text.sql, draft.sql.at, draft);
  if (!sql.complete) draft.complete = false;
  return draft;
}

function sqlIn(node: Syn, scope: Scope): { readonly text: SqlText; readonly complete: boolean } | null {
  const value = scope.literal(node);
  const { text } = scope;
  if (value.type !== 'call_expression') return null;
  const source = text.slice(value.start, value.start + 12);
  if (/^sql\.raw\b/.test(source)) {
    const [argument] = chainOf(value, text).links.at(-1)?.args ?? [];
    const given = argument
      ? (sqlTextOf(argument, text, scope.constantOf) ?? sqlTextOf(scope.literal(argument), text, scope.constantOf))
      : null;
    return given && { text: given, complete: true };
  }
  const template = value.kids.at(-1);
  if (!/^sql\b/.test(source) || template?.type !== 'template_string') return null;
  let count = 0;
  let complete = true;
  const given = sqlTextOf(template, text, (part) => {
    if (/^sql\.raw\s*\(/.test(part)) return null;
    if (/^sql\.identifier\s*\(/.test(part)) return /^sql\.identifier\s*\(\s*(['"])([^'"]+)\1/.exec(part)?.[2] ?? null;
    if (/^sql\b/.test(part) || /(?:[sS]ql|[wW]here|[cC]lause|[cC]onditions?|[fF]ilters?)$/.test(part)) {
      // Pieces of SQL that are put together elsewhere: bound as well, but what they say is not known.
      complete = false;
      return `$${++count}`;
    }
    return namedIn(part, template, scope) ?? `$${++count}`;
  });
  return (
    given && {
      text: { ...given, holes: given.holes.map((hole) => ({ ...hole, text: withoutRaw(hole.text) })) },
      complete,
    }
  );
}

/** `${users}` and `${users.email}` are names: of a constant that is imported, or a table of the file. */
function namedIn(part: string, template: Syn, scope: Scope): string | null {
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?$/.test(part)) return null;
  const [head = ''] = part.split('.');
  if (scope.parameter(head, template.start)) return null;
  const isImported = scope.facts.imports.some(({ local }) => local === head);
  const declared = scope.declaration(head, template.start);
  return isImported || (declared !== null && /Table|View|^alias/.test(declared.initializer)) ? part : null;
}

/** What `sql.raw(…)` puts in. */
function withoutRaw(text: string): string {
  return /^sql\.raw\s*\(\s*([\s\S]*?)\s*\)$/.exec(text)?.[1] ?? text;
}
