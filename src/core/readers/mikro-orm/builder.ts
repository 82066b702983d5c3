/** `em.createQueryBuilder(Author, 'a').select('*').where({ … }).leftJoin('a.books', 'b').orderBy({ … }).limit(5)`. */
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { stringValue } from '../shared/typescript/syn.ts';
import type { Link } from '../shared/typescript/syn.ts';
import { executions } from './api.ts';
import { countAt, readOrder, readWrites, texts } from './options.ts';
import { readWhere } from './where.ts';

/** Null = it is only begun here. */
export function readBuilder(links: readonly Link[], entity: string | null, scope: Scope): Draft | null {
  const [first, ...steps] = links;
  if (!first || steps.length === 0) return null;
  const draft = newDraft(first.name, 'select', 'many');
  draft.entity = entity;
  const aliases = new Map<string, string>();
  const own = stringValue(first.args.at(-1), scope.text);
  if (own !== null) aliases.set(own, '');
  for (const link of steps) readStep(link, aliases, draft, scope);
  const filters = draft.filters.map((filter) => ({ ...filter, path: withoutAlias(filter.path, aliases) }));
  const sorts = draft.sorts.map((sort) => ({ ...sort, path: withoutAlias(sort.path, aliases) }));
  draft.filters.splice(0, draft.filters.length, ...filters);
  draft.sorts.splice(0, draft.sorts.length, ...sorts);
  return draft;
}

/** `b.title` → `books.title` */
function withoutAlias(path: string, aliases: ReadonlyMap<string, string>): string {
  const dot = path.indexOf('.');
  const target = dot === -1 ? undefined : aliases.get(path.slice(0, dot));
  if (target === undefined) return path;
  const rest = path.slice(dot + 1);
  return target === '' ? rest : `${target}.${rest}`;
}

function readStep(link: Link, aliases: Map<string, string>, draft: Draft, scope: Scope): void {
  const [argument, second] = link.args;
  const execution = executions.get(link.name);
  if (execution !== undefined) {
    if (execution !== null) draft.rows = execution;
    if (link.name === 'getCount') draft.operation = 'count';
    return;
  }
  switch (link.name) {
    case 'select':
    case 'addSelect': {
      const fields = argument ? texts(argument, scope) : null;
      if (fields) draft.selects = [...(draft.selects ?? []), ...fields.map((field) => withoutAlias(field, aliases))];
      break;
    }
    case 'insert':
    case 'update':
    case 'delete':
    case 'truncate':
      draft.operation = link.name === 'truncate' ? 'delete' : link.name;
      draft.rows = 'none';
      if (argument && link.name === 'delete') readWhere(argument, draft, scope);
      else if (argument) readWrites(argument, draft, scope);
      break;
    case 'count':
      draft.operation = 'count';
      draft.rows = 'one';
      break;
    case 'where':
    case 'andWhere':
    case 'orWhere':
      if (argument && stringValue(argument, scope.text) === null) readWhere(argument, draft, scope);
      else draft.complete = false;
      if (link.name === 'orWhere') draft.complete = false;
      break;
    case 'orderBy':
    case 'andOrderBy':
      if (argument) readOrder(argument, '', draft, scope);
      break;
    case 'limit':
      if (argument) draft.limit = countAt(argument, scope);
      if (second) draft.offset = countAt(second, scope);
      break;
    case 'offset':
      if (argument) draft.offset = countAt(argument, scope);
      break;
    case 'groupBy':
      if (argument)
        for (const path of texts(argument, scope) ?? [stringValue(argument, scope.text) ?? ''])
          if (path !== '')
            draft.groups.push({
              path: withoutAlias(path, aliases),
              at: scope.lines.range(argument.start, argument.end),
            });
      break;
    case 'join':
    case 'innerJoin':
    case 'leftJoin':
    case 'joinAndSelect':
    case 'innerJoinAndSelect':
    case 'leftJoinAndSelect': {
      const path = withoutAlias(stringValue(argument, scope.text) ?? '', aliases);
      const alias = stringValue(second, scope.text);
      if (path === '' || !argument) break;
      if (alias !== null) aliases.set(alias, path);
      const kind = link.name.startsWith('left') ? 'left' : 'inner';
      const selected = link.name.endsWith('Select');
      const at = scope.lines.range(argument.start, argument.end);
      draft.joins.push({ path, alias, kind, selected, at });
      if (selected) {
        draft.loads.push({ path, at });
        draft.loading = 'join';
      }
      break;
    }
    case 'setLockMode':
      draft.lock = argument ? scope.text.slice(argument.start, argument.end).replace(/^.*\./, '').toLowerCase() : null;
      break;
  }
}
