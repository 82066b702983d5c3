/** `$queryRaw`, `$executeRaw` and their unsafe variants. A tagged template binds its values; `Prisma.raw` and text put together do not. */
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { unwrap } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';
import type { RawOperation } from './api.ts';

export function readRawQuery(link: Link, { unsafe, writes }: RawOperation, scope: Scope): Draft {
  const draft = newDraft(link.name, 'raw', writes ? 'none' : 'many');
  const call = unwrap(link.node);
  const template = templateOf(call);
  const argument = template ?? link.args[0];
  if (!argument) {
    draft.complete = false;
    return draft;
  }
  const sql = template || !unsafe ? boundSql(template ?? argument, draft, scope) : unboundSql(argument, scope);
  if (!sql) {
    draft.complete = false;
    return draft;
  }
  draft.sql = rawSqlOf(sql, scope.lines);
  applyStatement(sql.sql, draft.sql.at, draft);
  return draft;
}

/** The template of `` tag`…` ``. */
function templateOf(node: Syn): Syn | undefined {
  const last = node.type === 'call_expression' ? node.kids.at(-1) : undefined;
  return last?.type === 'template_string' ? last : undefined;
}

function unboundSql(node: Syn, scope: Scope): ReturnType<typeof sqlTextOf> {
  return sqlTextOf(node, scope.text, scope.constantOf) ?? sqlTextOf(scope.literal(node), scope.text, scope.constantOf);
}

/**
 * `` Prisma.sql`…` `` or a tagged template: values stand for parameters. A plain template given to the safe function is refused by Prisma at
 * run time; until then it is text like any other.
 */
function boundSql(node: Syn, draft: Draft, scope: Scope): ReturnType<typeof sqlTextOf> {
  const value = scope.literal(node);
  const template = value.type === 'template_string' && value === node ? value : templateOf(value);
  if (!template) return unboundSql(node, scope);
  let count = 0;
  const sql = sqlTextOf(template, scope.text, (source) => {
    if (/^(?:Prisma\.)?raw\s*\(/.test(source)) return null;
    // Pieces of SQL that are put together elsewhere: bound as well, but what they say is not known.
    if (
      /^(?:Prisma\.)?(?:sql|join|empty)\b/.test(source) ||
      /(?:[sS]ql|[wW]here|[cC]lause|[cC]onditions?|[fF]ilters?)$/.test(source)
    )
      draft.complete = false;
    if (/^(?:Prisma\.)?empty$/.test(source)) return '';
    return `$${++count}`;
  });
  return sql && { ...sql, holes: sql.holes.map((hole) => ({ ...hole, text: withoutRaw(hole.text) })) };
}

/** What `Prisma.raw(…)` puts in. */
function withoutRaw(text: string): string {
  return /^(?:Prisma\.)?raw\s*\(\s*([\s\S]*?)\s*\)$/.exec(text)?.[1] ?? text;
}
