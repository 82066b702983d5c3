/** Calls that MyBatis-Plus answers without a statement of the project: `userMapper.selectList(wrapper)`, `userService.getById(id)`, `lambdaQuery()…list()`. */
import type { Comparison, FileFacts, Operation, Query } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { typeOfVariable } from '../shared/java/facts.ts';
import { queryAt, withTransactions } from '../shared/java/foundQuery.ts';
import type { JavaFile } from '../shared/java/model.ts';
import { javaOutline } from '../shared/java/outline.ts';
import type { JavaCall, JavaOutline } from '../shared/java/outline.ts';
import { typeText } from '../shared/java/typeText.ts';
import { applyExample, exampleMethod } from './examples.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';

interface Known {
  readonly operation: Operation;
  readonly rows: Query['rows'];
  readonly byKey?: boolean;
}

/** BaseMapper (baomidou.com/guides/data-interface) and IService. */
const methods: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['selectById', { operation: 'select', rows: 'one', byKey: true }],
  ['selectBatchIds', { operation: 'select', rows: 'many', byKey: true }],
  ['selectByIds', { operation: 'select', rows: 'many', byKey: true }],
  ['selectOne', { operation: 'select', rows: 'one' }],
  ['selectList', { operation: 'select', rows: 'many' }],
  ['selectMaps', { operation: 'select', rows: 'many' }],
  ['selectObjs', { operation: 'select', rows: 'many' }],
  ['selectByMap', { operation: 'select', rows: 'many' }],
  ['selectPage', { operation: 'select', rows: 'many' }],
  ['selectCount', { operation: 'count', rows: 'one' }],
  ['exists', { operation: 'exists', rows: 'one' }],
  ['insert', { operation: 'insert', rows: 'none' }],
  ['updateById', { operation: 'update', rows: 'none', byKey: true }],
  ['update', { operation: 'update', rows: 'none' }],
  ['deleteById', { operation: 'delete', rows: 'none', byKey: true }],
  ['deleteBatchIds', { operation: 'delete', rows: 'none', byKey: true }],
  ['deleteByIds', { operation: 'delete', rows: 'none', byKey: true }],
  ['deleteByMap', { operation: 'delete', rows: 'none' }],
  ['delete', { operation: 'delete', rows: 'none' }],
  ['getById', { operation: 'select', rows: 'one', byKey: true }],
  ['getOne', { operation: 'select', rows: 'one' }],
  ['listByIds', { operation: 'select', rows: 'many', byKey: true }],
  ['list', { operation: 'select', rows: 'many' }],
  ['page', { operation: 'select', rows: 'many' }],
  ['count', { operation: 'count', rows: 'one' }],
  ['save', { operation: 'insert', rows: 'none' }],
  ['saveBatch', { operation: 'insert', rows: 'many' }],
  ['saveOrUpdate', { operation: 'upsert', rows: 'none' }],
  ['saveOrUpdateBatch', { operation: 'upsert', rows: 'many' }],
  ['updateBatchById', { operation: 'update', rows: 'many', byKey: true }],
  ['removeById', { operation: 'delete', rows: 'none', byKey: true }],
  ['removeByIds', { operation: 'delete', rows: 'none', byKey: true }],
  ['remove', { operation: 'delete', rows: 'none' }],
]);

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'range',
  ge: 'range',
  lt: 'range',
  le: 'range',
  between: 'range',
  notBetween: 'other',
  like: 'contains',
  likeLeft: 'contains',
  likeRight: 'prefix',
  notLike: 'other',
  isNull: 'is-null',
  isNotNull: 'other',
  in: 'in',
  notIn: 'other',
};

/** Terminal calls of `lambdaQuery()` and `lambdaUpdate()` chains. */
const terminals: Readonly<Record<string, Known>> = {
  list: { operation: 'select', rows: 'many' },
  one: { operation: 'select', rows: 'one' },
  oneOpt: { operation: 'select', rows: 'one' },
  page: { operation: 'select', rows: 'many' },
  count: { operation: 'count', rows: 'one' },
  exists: { operation: 'exists', rows: 'one' },
  update: { operation: 'update', rows: 'none' },
  remove: { operation: 'delete', rows: 'none' },
};

export function readCalls(file: SourceFile, java: JavaFile, facts: FileFacts): readonly Query[] {
  const outline = javaOutline(file.parsed());
  const fields = new Map(
    java.classes.flatMap((each) => each.fields.map((field) => [field.name, typeText(field.type)] as const)),
  );
  const queries = outline.calls.flatMap((call) => queryOf(call, outline, fields, java, file) ?? []);
  return withTransactions(queries, facts.transactions, (id) => facts.functions[id]?.parent ?? null);
}

function queryOf(
  call: JavaCall,
  outline: JavaOutline,
  fields: ReadonlyMap<string, string>,
  java: JavaFile,
  file: SourceFile,
): Query | null {
  const source = file.text.slice(call.start, call.end);
  const chained = /^(?:(?:this\s*\.\s*)?([\w.]+?)\s*\.\s*)?(?:lambda(?:Query|Update)|query|update)\s*\(\s*\)/u.exec(
    source,
  );
  const terminal = Object.hasOwn(terminals, call.method) ? terminals[call.method] : undefined;
  const known: Known | null | undefined =
    chained && call.receiver === null && terminal
      ? terminal
      : call.receiver === null
        ? undefined
        : (methods.get(call.method) ?? exampleMethod(call.method));
  if (!known) return null;
  const receiver = chained && call.receiver === null ? (chained[1] ?? 'this') : (call.receiver ?? '');
  const type = typeOf(receiver === '' ? 'this' : receiver, call, outline, fields, java);
  if (type === null) return null;
  const draft = newDraft(call.method, known.operation, known.rows);
  draft.receiver = type;
  const at = file.lines.range(call.start, call.end);
  if (known.byKey)
    draft.filters.push({
      path: 'id',
      at,
      comparison: /(?:Ids|Batch)/u.test(call.method) ? 'in' : 'eq',
      wrapped: false,
      constant: false,
      orGroup: 0,
    });
  else if (exampleMethod(call.method)) applyExample(call, outline, file, at, draft);
  else if (chained && call.receiver === null) applyConditions(source, at, draft);
  else if (call.arguments.length > 0 && known.operation !== 'insert') applyWrappers(call, outline, file, at, draft);
  const texts = call.arguments.map((each) => file.text.slice(each.startIndex, each.endIndex));
  if (/[pP]age$/u.test(call.method)) {
    draft.limit = { value: null, at };
    draft.offset = { value: null, at };
    const [page] = texts;
    // Its orders are none that can be looked up.
    if (page !== undefined && carriesOrders(page, call, outline, file))
      draft.sorts.push({ path: `${page}.orders`, at, direction: 'asc' });
  }
  return queryAt(draft, {
    function: call.function,
    loop: call.loop,
    result: call.result,
    uses: [
      ...new Set([
        ...(call.element === undefined ? [] : [call.element]),
        ...texts.flatMap((text) =>
          Array.from(text.matchAll(/(?<![\w.$"])[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)*/gu), ([name]) => name),
        ),
      ]),
    ],
    at,
  });
}

/** Type of a mapper or service; of `this` and `baseMapper` the class itself, which extends `ServiceImpl`. */
function typeOf(
  receiver: string,
  call: JavaCall,
  outline: JavaOutline,
  fields: ReadonlyMap<string, string>,
  java: JavaFile,
): string | null {
  const path = receiver.replace(/^(?:this|super)\./u, '');
  const owner = java.classes.find(
    ({ extends: base, kind }) =>
      kind === 'class' && base !== null && /^(?:\w*ServiceImpl|\w*Service)$/u.test(base.name),
  );
  if (path === 'this' || path === 'super' || path === 'baseMapper') return owner?.name ?? null;
  if (path.includes('.')) return null;
  const variable = typeOfVariable(path, call.function, call.start, outline);
  return variable ?? fields.get(path) ?? null;
}

/** A page that something else than its constructor has made, or been given, may say how its rows are sorted (`Page.setOrders`). */
function carriesOrders(page: string, call: JavaCall, outline: JavaOutline, file: SourceFile): boolean {
  if (!/^\w+$/u.test(page)) return page.includes('(') && !plainPage.test(page);
  const local = outline.locals.findLast((each) => each.name === page && each.start < call.start);
  if (!local?.value) return false;
  const value = file.text.slice(local.value.startIndex, local.value.endIndex);
  return !plainPage.test(value) || isHandedOn(page, file.text.slice(local.value.endIndex, call.start));
}

const plainPage =
  /^(?:\([^)]*\)\s*)?(?:new\s+(?:\w+\.)*\w+|(?:\w+\.)?Page\s*\.\s*of\b)(?![\s\S]*\.\s*(?:addOrder|setOrders)\b)/u;

/** Something that is no query is given it, or it is told how to sort. */
function isHandedOn(name: string, between: string): boolean {
  const given = new RegExp(`(\\w+)\\s*\\((?:[^()]*,)?\\s*${name}\\s*[,)]`, 'gu');
  return (
    new RegExp(`\\b${name}\\s*\\.\\s*(?:addOrder|setOrders)\\b`, 'u').test(between) ||
    Array.from(between.matchAll(given), ([, callee = '']) => callee).some((callee) => !methods.has(callee))
  );
}

function applyWrappers(call: JavaCall, outline: JavaOutline, file: SourceFile, at: Query['at'], draft: Draft): void {
  for (const node of call.arguments) {
    const source = file.text.slice(node.startIndex, node.endIndex);
    if (/Wrappers?\b/u.test(source)) {
      applyConditions(source, at, draft);
      if (!isOwnWrapper(source)) draft.complete = false;
      continue;
    }
    if (!/^\w+$/u.test(source) || source === 'null') continue;
    const local = outline.locals.findLast((each) => each.name === source && each.start < call.start);
    const isWrapper =
      local !== undefined &&
      /Wrapper\b/u.test(
        local.type + file.text.slice(local.value?.startIndex ?? 0, local.value?.endIndex ?? 0).slice(0, 80),
      );
    if (!isWrapper) {
      // A page, an entity, or a wrapper that is made elsewhere.
      if (!local || /Wrapper|Condition/u.test(local.type))
        draft.complete = draft.complete && !/wrapper|query|condition/iu.test(source);
      continue;
    }
    const value = local.value ? file.text.slice(local.value.startIndex, local.value.endIndex) : '';
    // What a helper has made, or is given before the call, may have more conditions and an order.
    if (!isOwnWrapper(value) || isHandedOn(source, file.text.slice(local.value?.endIndex ?? local.start, call.start)))
      draft.complete = false;
    applyConditions(file.text.slice(local.start, call.start), at, draft, source);
  }
}

/** Made here, with no condition but those that follow: `new QueryWrapper<>()`, `Wrappers.lambdaQuery()`. */
function isOwnWrapper(source: string): boolean {
  return (
    /^(?:\([^)]*\)\s*)?(?:new\s|(?:\w+\.)*Wrappers?\s*\.|(?:this\s*\.\s*)?(?:lambda)?[qQ]uery\s*\()/u.test(source) ||
    source === ''
  );
}

const condition =
  /\.\s*(eq|ne|gt|ge|lt|le|between|notBetween|like|likeLeft|likeRight|notLike|isNull|isNotNull|in|notIn|orderByAsc|orderByDesc|groupBy|apply|last|or|and|nested|select|set|setSql)\s*\(/gu;

/** @param variable only what is called on it counts, in a text with other calls */
function applyConditions(source: string, at: Query['at'], draft: Draft, variable: string | null = null): void {
  let group = 0;
  for (const match of source.matchAll(condition)) {
    if (variable !== null && !belongsTo(source, match.index, variable)) continue;
    const [, name = ''] = match;
    const rest = source.slice(match.index + match[0].length, match.index + match[0].length + 300);
    if (name === 'or') {
      group = draft.nextGroup++;
      for (const [index, filter] of draft.filters.entries())
        if (filter.orGroup === 0) draft.filters[index] = { ...filter, orGroup: draft.nextGroup++ };
      continue;
    }
    if (/^(?:apply|last|and|nested|setSql)$/u.test(name)) {
      draft.complete = false;
      continue;
    }
    const paths = Array.from(
      rest.slice(0, endOf(rest)).matchAll(/([\w.]+)::(?:get|is)?(\w+)|"([\w.]+)"/gu),
      ([, , method, column]) =>
        column ?? (method === undefined ? '' : method.charAt(0).toLowerCase() + method.slice(1)),
    );
    const [path] = paths;
    if (path === undefined || path === '' || name === 'select' || name === 'set') {
      if (path !== undefined && name === 'set') draft.writes.push({ path, at });
      continue;
    }
    if (name.startsWith('orderBy'))
      for (const each of paths) draft.sorts.push({ path: each, at, direction: name.endsWith('Desc') ? 'desc' : 'asc' });
    else if (name === 'groupBy') for (const each of paths) draft.groups.push({ path: each, at });
    else
      draft.filters.push({
        path,
        at,
        comparison: comparisons[name] ?? 'other',
        wrapped: false,
        constant: false,
        orGroup: group,
      });
  }
}

/** End of the argument list that begins there. */
function endOf(text: string): number {
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** The statement that a call stands in begins with the variable, or declares it. */
function belongsTo(source: string, index: number, variable: string): boolean {
  const before = source.slice(0, index);
  const statement = before.slice(
    Math.max(before.lastIndexOf(';'), before.lastIndexOf('{'), before.lastIndexOf('}')) + 1,
  );
  return new RegExp(`(?:^|[\\s(])${variable}\\s*(?:\\.|=|$)`, 'u').test(statement);
}
