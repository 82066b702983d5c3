/** Reads the clauses of a query builder, call by call, into a query. */
import type { PathUse } from '../../schema/code.ts';
import { readCondition } from '../shared/sql/conditions.ts';
import { holePattern } from '../shared/sql/tokens.ts';
import { splitTopLevel } from '../shared/typescript/scan.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import type { SqlText } from '../shared/typescript/sqlText.ts';
import { chainOf, functionTypes, objectParts, stringValue, unwrap, usesOf } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';
import { applyStatement } from './builderStatements.ts';
import type { Builder } from './builderState.ts';
import { directionOf, numberAt, readFindOptions, readOrder } from './findOptions.ts';
import { entityOfArgument } from './receivers.ts';
import { keyFilter, readWhere } from './where.ts';
import type { Scope } from '../shared/typescript/scope.ts';

/** Path of an entity property from a column as SQL names it: `order.status` → `status`, `c.email` → `customer.email`. */
function pathOfColumn(column: string, builder: Builder, holes: SqlText['holes'] = []): string {
  const [first = '', ...rest] = column.split('.');
  if (rest.length === 0) return shown(column, holes);
  const holeText = /^\u27e6(\d+)\u27e7$/.exec(first)?.[1];
  const alias = holeText === undefined ? first : (holes[Number(holeText)]?.text ?? '');
  const own = holeText !== undefined && /(?:^|\.)\w*[aA]lias$/.test(alias) ? '' : undefined;
  const base = builder.aliases.get(alias) ?? own ?? (holeText === undefined ? `${first}.` : '');
  return shown(base + rest.join('.'), holes);
}

/** Holes as the source writes them. */
function shown(sql: string, holes: SqlText['holes']): string {
  return sql.replace(holePattern, (_, index: string) => `\${${holes[Number(index)]?.text ?? ''}}`);
}

function readSql(node: Syn, builder: Builder, scope: Scope): SqlText | null {
  const sql = sqlTextOf(node, scope.text, scope.constantOf);
  // What TypeORM or the driver makes of a name by itself is quoted: `qb.alias`, `qb.escape(x)`, `sub.getQuery()`.
  const foreign =
    sql?.holes.filter(({ text }) => !/\.(?:alias|getQuery\(\)|tablePath|tableName|escape\([\w.'"]*\))$/.test(text)) ??
    [];
  if (sql && foreign.length > 0) {
    const raw = rawSqlOf(sql, scope.lines);
    const known = builder.draft.sql;
    const interpolations = raw.interpolations.filter(({ text }) => foreign.some((hole) => hole.text === text));
    builder.draft.sql = known
      ? { ...known, text: `${known.text}\n${raw.text}`, interpolations: [...known.interpolations, ...interpolations] }
      : { ...raw, interpolations };
  }
  return sql;
}

/** Adds a condition; `orWhere` starts a new alternative, `andWhere` narrows the one before it. */
function addCondition(link: Link, builder: Builder, scope: Scope, target: 'where' | 'having'): void {
  const { draft } = builder;
  const argument = link.args[0];
  if (!argument) return;
  const from = draft.filters.length;
  const alternative = link.name.startsWith('or');
  readConditionArgument(argument, link.args[1], builder, scope);
  const added = draft.filters.splice(from);
  if (target === 'having') return;
  if (alternative && builder.orGroup === 0 && draft.filters.length > 0) {
    builder.orGroup = draft.nextGroup++;
    for (const [at, filter] of draft.filters.entries())
      if (filter.orGroup === 0) draft.filters[at] = { ...filter, orGroup: builder.orGroup };
  }
  if (alternative) builder.orGroup = draft.nextGroup++;
  for (const filter of added)
    draft.filters.push(filter.orGroup === 0 ? { ...filter, orGroup: builder.orGroup } : filter);
}

function readConditionArgument(
  node: Syn,
  parameters: Syn | undefined,
  builder: Builder,
  scope: Scope,
  inJoin = false,
): void {
  const { draft } = builder;
  const inner = unwrap(node);
  if (inner.type === 'new_expression') {
    const callback = inner.kids.at(-1)?.kids[0];
    if (callback) readBrackets(unwrap(callback), builder, scope);
    else draft.complete = false;
    return;
  }
  if (functionTypes.has(inner.type)) {
    // `where(qb => 'id IN ' + qb.subQuery()…)`: the subquery is read where it is made.
    draft.complete = false;
    return;
  }
  if (inner.type === 'object') {
    readWhere(inner, draft, scope);
    return;
  }
  const sql = readSql(inner, builder, scope);
  if (!sql) {
    const literal = scope.literal(inner);
    if (literal.type === 'object' || literal.type === 'array') readWhere(inner, draft, scope);
    else draft.complete = false;
    return;
  }
  const values = parameters ? scope.literal(parameters) : undefined;
  const patternOf = (name: string): string | null => {
    const value =
      values?.type === 'object'
        ? objectParts(values, scope.text).properties.find(({ key }) => key === name)?.value
        : undefined;
    return value ? scope.text.slice(value.start, value.end) : null;
  };
  const condition = readCondition(sql.sql, { patternOf, firstGroup: draft.nextGroup });
  const at = scope.lines.range(node.start, node.end);
  for (const { column, comparison, wrapped, constant, group, joins: joining } of condition.predicates) {
    if (inJoin && joining) continue;
    draft.filters.push({
      path: pathOfColumn(column, builder, sql.holes),
      at,
      comparison,
      orGroup: group,
      wrapped,
      constant,
    });
    draft.nextGroup = Math.max(draft.nextGroup, group + 1);
  }
  if (!condition.complete) draft.complete = false;
}

const conditionMethods =
  /^(?:where|andWhere|orWhere|whereInIds|andWhereInIds|orWhereInIds|andWhereExists|whereExists|orWhereExists)$/;

/** `new Brackets(qb => { qb.where(…).orWhere(…) })`: an AND of its own, inside which OR may stand. */
function readBrackets(callback: Syn, builder: Builder, scope: Scope): void {
  const body = callback.kids.at(-1);
  if (!functionTypes.has(callback.type) || !body) {
    builder.draft.complete = false;
    return;
  }
  const outer = builder.orGroup;
  builder.orGroup = 0;
  const from = builder.draft.filters.length;
  const kept = builder.draft.filters.splice(0, from);
  const visit = (node: Syn, depth: number): void => {
    if (depth > 12) return;
    if (node.type === 'call_expression') {
      const { rootName, links } = chainOf(node, scope.text);
      if (rootName !== null && links.some(({ name }) => conditionMethods.test(name))) {
        for (const link of links)
          if (link.kind === 'call' && conditionMethods.test(link.name)) applyClause(link, builder, scope);
        return;
      }
    }
    // A condition under an `if` or in a loop may be part of the query or not.
    if (/^(?:if_statement|for_\w+|while_statement|switch_statement)$/.test(node.type) || functionTypes.has(node.type))
      builder.draft.complete = false;
    for (const kid of node.kids) visit(kid, depth + 1);
  };
  visit(body, 0);
  builder.draft.filters.unshift(...kept);
  builder.orGroup = outer;
}

const joins = /^(left|inner)Join(AndSelect|AndMapOne|AndMapMany)?$/;

function addJoin(link: Link, shape: RegExpExecArray, builder: Builder, scope: Scope): void {
  const { draft } = builder;
  const mapped = shape[2] === 'AndMapOne' || shape[2] === 'AndMapMany';
  const [source, alias, condition, parameters] = mapped ? link.args.slice(1) : link.args;
  if (!source) return;
  const sql = readSql(source, builder, scope);
  const entity = sql && /[.\u27e6]/.test(sql.sql) ? null : entityOfArgument(source, scope);
  const path = entity ?? (sql ? pathOfColumn(sql.sql, builder, sql.holes) : null);
  const name =
    stringValue(alias, scope.text) ?? (alias ? scope.constantOf(scope.text.slice(alias.start, alias.end)) : null);
  const at = scope.lines.range(source.start, source.end);
  if (path === null) draft.complete = false;
  else {
    const selected = shape[2] !== undefined;
    draft.joins.push({ path, alias: name, kind: shape[1] === 'left' ? 'left' : 'inner', selected, at });
    if (selected && entity === null) draft.loads.push({ path, at });
    if (name !== null) builder.aliases.set(name, `${path}.`);
    else if (alias) builder.aliases.set(scope.text.slice(alias.start, alias.end), `${path}.`);
  }
  if (!condition) return;
  // An inner join's condition filters the rows as WHERE does; a left join's does not.
  const from = draft.filters.length;
  if (shape[1] === 'inner') readConditionArgument(condition, parameters, builder, scope, true);
  else readSql(condition, builder, scope);
  builder.joinFilters.push(...draft.filters.splice(from));
}

function addSelect(link: Link, builder: Builder, scope: Scope): void {
  const { draft } = builder;
  if (link.name === 'select') draft.selects = null;
  for (const argument of link.args.slice(0, 1)) {
    const inner = unwrap(argument);
    for (const part of inner.type === 'array' ? inner.kids : [inner]) {
      const sql = readSql(part, builder, scope);
      if (!sql || builder.aliases.has(sql.sql.trim())) {
        if (sql && link.name === 'addSelect') loadAlias(sql.sql.trim(), part, builder, scope);
        continue;
      }
      for (const column of splitTopLevel(sql.sql))
        (draft.selects ??= []).push(pathOfColumn(column.trim(), builder, sql.holes));
      if (/^\s*(?:COUNT|SUM|AVG|MIN|MAX)\s*\(/i.test(sql.sql) && draft.operation === 'select')
        draft.operation = 'aggregate';
    }
  }
}

/** `leftJoin('o.lines', 'line').addSelect('line')` loads the relation as `leftJoinAndSelect` does. */
function loadAlias(alias: string, node: Syn, builder: Builder, scope: Scope): void {
  const path = (builder.aliases.get(alias) ?? '').replace(/\.$/, '');
  if (path === '') return;
  builder.draft.loads.push({ path, at: scope.lines.range(node.start, node.end) });
  const at = builder.draft.joins.findIndex((join) => join.alias === alias);
  const join = builder.draft.joins[at];
  if (join) builder.draft.joins[at] = { ...join, selected: true };
}

function addSort(link: Link, builder: Builder, scope: Scope): void {
  const { draft } = builder;
  if (link.name === 'orderBy') draft.sorts.length = 0;
  const argument = link.args[0];
  if (!argument) return;
  const inner = scope.literal(argument);
  const at = scope.lines.range(argument.start, argument.end);
  if (inner.type === 'object') {
    const from = draft.sorts.length;
    readOrder(inner, '', draft, scope);
    draft.sorts.push(...draft.sorts.splice(from).map((sort) => ({ ...sort, path: pathOfColumn(sort.path, builder) })));
    return;
  }
  const sql = readSql(argument, builder, scope);
  const direction = directionOf(link.args[1], scope);
  if (!sql) draft.sorts.push({ path: '', direction, at });
  else {
    const path = pathOfColumn(sql.sql.trim().replace(/["`]/g, ''), builder, sql.holes);
    draft.sorts.push({ path: path.startsWith('${') ? '' : path, direction, at });
  }
}

function paths(args: readonly Syn[], builder: Builder, scope: Scope): PathUse[] {
  return args.slice(0, 1).flatMap((argument) => {
    const sql = readSql(argument, builder, scope);
    const at = scope.lines.range(argument.start, argument.end);
    return splitTopLevel(sql?.sql ?? '').map((part) => ({ path: pathOfColumn(part.trim(), builder, sql?.holes), at }));
  });
}

/** Applies one call of the chain. Unknown methods leave the query as it is. */
export function applyClause(link: Link, builder: Builder, scope: Scope): void {
  const { draft } = builder;
  const first = link.args[0];
  for (const use of usesOf(link.args, scope.text)) if (builder.uses.size < 40) builder.uses.add(use);
  const join = joins.exec(link.name);
  if (join) {
    addJoin(link, join, builder, scope);
    return;
  }
  switch (link.name) {
    case 'where':
    case 'andWhere':
    case 'orWhere':
      if (link.name === 'where') {
        // `where` replaces what was said before.
        draft.filters.length = 0;
        builder.orGroup = 0;
      }
      addCondition(link, builder, scope, 'where');
      break;
    case 'having':
    case 'andHaving':
    case 'orHaving':
      addCondition(link, builder, scope, 'having');
      break;
    case 'whereInIds':
    case 'andWhereInIds':
    case 'orWhereInIds':
      if (first) keyFilter(first, draft, scope, true);
      break;
    case 'select':
    case 'addSelect':
      addSelect(link, builder, scope);
      break;
    case 'orderBy':
    case 'addOrderBy':
      addSort(link, builder, scope);
      break;
    case 'groupBy':
    case 'addGroupBy':
      draft.groups.push(...paths(link.args, builder, scope));
      break;
    case 'take':
    case 'limit':
      if (first)
        draft.limit = {
          ...numberAt(first, scope),
          ...(link.name === 'limit' ? { counts: 'joined-rows' as const } : {}),
        };
      break;
    case 'skip':
    case 'offset':
      if (first) draft.offset = numberAt(first, scope);
      break;
    case 'setLock':
      if (first)
        draft.lock =
          stringValue(first, scope.text) ?? scope.text.slice(first.start, Math.min(first.end, first.start + 60));
      break;
    case 'withDeleted':
      draft.withDeleted = true;
      break;
    case 'setFindOptions':
      if (first) readFindOptions(first, draft, scope);
      break;
    default:
      applyStatement(link, builder, scope);
  }
}
