/** Repositories of Spring Data, Micronaut Data, Jakarta Data and Panache: the queries their methods are, and calls of those they inherit. */
import type { FileFacts, Operation, Query } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { queryAt } from '../shared/java/foundQuery.ts';
import type { JavaClass, JavaFile, JavaMethod, JavaType } from '../shared/java/model.ts';
import type { JavaCall } from '../shared/java/outline.ts';
import { simpleName } from '../shared/java/typeText.ts';
import { argument, items } from '../shared/java/world.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { named } from './annotations.ts';
import { applyDerived } from './derived.ts';
import { applyJpql } from '../shared/sql/jpql.ts';
import type { CallScope } from './queries.ts';

export interface FoundCall {
  readonly draft: Draft;
  /** The last call of the chain, whose result counts. */
  readonly last?: JavaCall;
  /** Variable that takes the rows, where it is not that of the call. */
  readonly result?: string | null;
}

interface BuiltIn {
  readonly operation: Operation;
  readonly rows: Query['rows'];
  /** Looks rows up by the key. */
  readonly byKey?: boolean;
}

const one = (operation: Operation, byKey = false): BuiltIn => ({ operation, rows: 'one', byKey });
const many = (operation: Operation, byKey = false): BuiltIn => ({ operation, rows: 'many', byKey });
const none = (operation: Operation, byKey = false): BuiltIn => ({ operation, rows: 'none', byKey });

/** CrudRepository, JpaRepository, PanacheRepository and their like. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map([
  ['findById', one('select', true)],
  ['findByIdOptional', one('select', true)],
  // An extension of Spring Data for Kotlin.
  ['findByIdOrNull', one('select', true)],
  ['getOne', one('select', true)],
  ['getById', one('select', true)],
  ['getReferenceById', one('unknown', true)],
  ['existsById', one('exists', true)],
  ['findAll', many('select')],
  ['findAllById', many('select', true)],
  ['listAll', many('select')],
  ['streamAll', many('select')],
  ['findOne', one('select')],
  ['count', one('count')],
  ['exists', one('exists')],
  ['save', one('upsert')],
  ['saveAndFlush', one('upsert')],
  ['saveAll', many('upsert')],
  ['saveAllAndFlush', many('upsert')],
  ['persist', none('insert')],
  ['persistAndFlush', none('insert')],
  ['delete', none('delete')],
  ['deleteById', none('delete', true)],
  ['deleteAll', none('delete')],
  ['deleteAllById', none('delete', true)],
  ['deleteInBatch', none('delete')],
  ['deleteAllInBatch', none('delete')],
  ['deleteAllByIdInBatch', none('delete', true)],
]);

/** Panache's own: a piece of HQL as first argument. */
const panache: ReadonlyMap<string, BuiltIn> = new Map([
  ['find', many('select')],
  ['list', many('select')],
  ['stream', many('select')],
  ['update', none('update')],
]);

const repositoryName = /(?:Repository|Repo|Dao|DAO|Repositories)$/u;

/** Interfaces that can be repositories; linking finds out. */
function mayBeRepository(declaration: JavaClass): boolean {
  if (declaration.kind !== 'interface' && !declaration.abstract) return false;
  return (
    declaration.implements.some(
      ({ name, arguments: args }) => /(?:Repository|Repo|Dao|DAO|Executor)$/u.test(name) && args.length > 0,
    ) ||
    declaration.implements.some(({ name }) => repositoryName.test(name)) ||
    named(declaration.annotations, 'RepositoryDefinition', 'Repository') !== undefined
  );
}

/** A query for each method without a body: by its annotation, else by its name. */
export function repositoryMethods(java: JavaFile, file: SourceFile, facts: FileFacts): Query[] {
  return java.classes.filter(mayBeRepository).flatMap((declaration) =>
    declaration.methods.flatMap((method): Query[] => {
      if (method.hasBody || method.static) return [];
      const draft = draftOf(method);
      if (!draft) return [];
      const owner = simpleName(declaration.name);
      draft.receiver = declaration.name;
      const offset = file.lines.offset(method.at.line, method.at.column);
      const id = facts.functions.findIndex(
        (each) =>
          each.name === method.name &&
          each.owner === owner &&
          file.lines.offset(each.at.line, each.at.column) <= offset &&
          offset < file.lines.offset(each.at.endLine, each.at.endColumn),
      );
      const plain = /\b(?:Object|Map|Tuple)\b/u.test(JSON.stringify(method.type));
      return [
        {
          ...queryAt(draft, {
            function: id === -1 ? null : id,
            loop: null,
            result: null,
            uses: method.parameters.map(({ name }) => name),
            at: method.at,
          }),
          ...(draft.sql !== null && !plain ? { asEntities: true as const } : {}),
        },
      ];
    }),
  );
}

function draftOf(method: JavaMethod): Draft | null {
  const draft = newDraft(method.name, 'unknown', 'unknown');
  const query = named(method.annotations, 'Query', 'NativeQuery', 'HQL', 'SQL', 'Find');
  const value = argument(query, 'value') ?? argument(query, 'nativeQuery');
  const texts = items(argument(query, 'value')).flatMap(textIn);
  if (query && (value !== undefined || texts.length > 0)) {
    const text = texts.join('');
    const native =
      query.name === 'NativeQuery' ||
      query.name === 'SQL' ||
      query.arguments.some(({ name, value: flag }) => name === 'nativeQuery' && flag.kind === 'boolean' && flag.value);
    if (native) {
      draft.sql = { text: text.slice(0, 4000), interpolations: [], at: query.at };
      applyStatement(text, query.at, draft);
    } else applyJpql(text, query.at, draft);
    if (text === '') draft.complete = false;
  } else if (!applyDerived(method.name, method.at, draft)) {
    const known = builtIns.get(method.name);
    if (!known) {
      const verb = named(method.annotations, 'Insert', 'Update', 'Delete', 'Save');
      if (!verb) return null;
      draft.operation = verb.name === 'Save' ? 'upsert' : (verb.name.toLowerCase() as Operation);
    } else {
      draft.operation = known.operation;
      if (known.byKey) draft.filters.push(byKey(method.name, method.at));
    }
  }
  draft.rows = rowsOf(method.type, draft);
  const graph = named(method.annotations, 'EntityGraph');
  for (const path of items(argument(graph, 'attributePaths')).flatMap(textIn))
    draft.loads.push({ path, at: graph?.at ?? method.at });
  if (graph) draft.loading = 'join';
  const lock = named(method.annotations, 'Lock');
  const mode = argument(lock, 'value');
  if (mode?.kind === 'name') draft.lock = simpleName(mode.name).toLowerCase();
  for (const { type } of method.parameters) {
    const name = simpleName(type.name);
    if (name === 'Pageable' || name === 'PageRequest' || name === 'Limit' || name === 'ScrollPosition')
      draft.limit ??= { value: null, at: method.at };
    if (name === 'Pageable' || name === 'PageRequest') draft.offset ??= { value: null, at: method.at };
    // The order comes with the call.
    if (/^(?:Pageable|PageRequest|Sort)$/.test(name) && draft.sorts.length === 0)
      draft.sorts.push({ path: '', at: method.at, direction: 'unknown' });
    // What is loaded comes with the call.
    if (name.endsWith('EntityGraph')) draft.loads.push({ path: '*', at: method.at });
    if (name === 'Specification' || name === 'Predicate' || name === 'Example') draft.complete = false;
  }
  return draft;
}

function byKey(method: string, at: Query['at']): Query['filters'][number] {
  const comparison = method.includes('All') ? 'in' : 'eq';
  return { path: 'id', at, comparison, wrapped: false, constant: false, orGroup: 0 };
}

function textIn(value: ReturnType<typeof items>[number]): string[] {
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'binary') return [[...textIn(value.left), ...textIn(value.right)].join('')];
  return [];
}

const manyTypes =
  /^(?:List|Set|Collection|Iterable|Stream|Page|Slice|Window|SortedSet|Map|Flux|Multi|Streamable|CursoredPage)$/u;

function rowsOf(type: JavaType, draft: Draft): Query['rows'] {
  const name = simpleName(type.name);
  if (draft.operation === 'delete' || draft.operation === 'update') return 'none';
  if (draft.operation === 'count' || draft.operation === 'exists') return 'one';
  if (/^(?:CompletableFuture|Future|Uni|Mono)$/u.test(name) && type.arguments[0])
    return rowsOf(type.arguments[0], draft);
  if (name === 'void') return 'none';
  return manyTypes.test(name) || type.array ? 'many' : 'one';
}

/** A call of a method that repositories inherit; methods they declare are queries of their own, and such a call leads to them. */
export function repositoryCall(call: JavaCall, scope: CallScope): FoundCall | null {
  const known = builtIns.get(call.method) ?? panache.get(call.method);
  if (!known || call.receiver === null || call.receiver === '') return null;
  const isClass = /^\p{Lu}[\p{L}\p{N}_$]*$/u.test(call.receiver);
  // `Order.findById(id)`: an active record of Panache.
  const type = isClass ? call.receiver : scope.typeOf(call.receiver, call);
  if (type === null) return null;
  const isPanache = panache.has(call.method) && !builtIns.has(call.method);
  const name = simpleName(type.replace(/<[\s\S]*$/u, ''));
  if (!repositoryName.test(name) && !isClass && !isPanache && call.method !== 'persist' && call.method !== 'delete') {
    if (!/^(?:findById|findAll|save|saveAll|deleteById|existsById|findAllById|saveAndFlush)$/u.test(call.method))
      return null;
  }
  const draft = newDraft(call.method, known.operation, known.rows);
  draft.receiver = type;
  const at = scope.file.lines.range(call.start, call.end);
  if (known.byKey) draft.filters.push(byKey(call.method, at));
  const [first] = call.arguments;
  const text = first ? scope.built(first) : null;
  if (text && (isPanache || call.method === 'count' || call.method === 'delete'))
    applyPanache(text.text, at, draft, call);
  else if (first && !known.byKey) applyArguments(call, scope, draft, at);
  const chain = scope.chain(call);
  const [, taken, after] = chain;
  // Of all rows the first one that comes is taken.
  if (taken?.method === 'getFirst' || (taken?.method === 'stream' && /^find(?:First|Any)$/u.test(after?.method ?? '')))
    draft.rows = 'one';
  for (const { method } of chain) {
    if (
      method === 'firstResult' ||
      method === 'singleResult' ||
      method === 'firstResultOptional' ||
      method === 'singleResultOptional'
    )
      draft.rows = 'one';
    if (method === 'page' || method === 'range') draft.limit ??= { value: null, at };
  }
  const last = chain.at(-1);
  return last ? { draft, last } : { draft };
}

/** Pages, orders, specifications and examples handed to `findAll`, and lists to `saveAll`. */
function applyArguments(call: JavaCall, scope: CallScope, draft: Draft, at: Query['at']): void {
  if (draft.operation !== 'select' && draft.operation !== 'count' && draft.operation !== 'exists') return;
  for (const node of call.arguments) {
    const source = scope.text(node);
    const type = scope.typeOf(source, call) ?? source;
    if (/\bPageable\b|PageRequest|\bpage(?:able|Request)?\b/iu.test(type)) {
      draft.limit = { value: null, at };
      draft.offset = { value: null, at };
      // `PageRequest.of(page, size)` has no order; whatever else is handed in may have one.
      if (!isUnsortedPage(source)) draft.sorts.push({ path: '', at, direction: 'unknown' });
    } else if (/\bSort\b/u.test(type)) sortsOf(source, at, draft);
    else draft.complete = false;
  }
}

function isUnsortedPage(source: string): boolean {
  const text = source.replace(/\s+/gu, '');
  return (
    /^PageRequest\.of\((?:[\w.]+|[\w.]+[-+*/]\w+),(?:[\w.]+)\)$/u.test(text) ||
    /^(?:Pageable|PageRequest)\.ofSize\([\w.]+\)$/u.test(text)
  );
}

/** `Sort.by("name")`, `Sort.by(Sort.Direction.DESC, "createdAt")` */
function sortsOf(source: string, at: Query['at'], draft: Draft): void {
  const direction = /DESC|descending\(\)/u.test(source) ? 'desc' : 'asc';
  const names = Array.from(source.matchAll(/"([\w.]+)"/gu), ([, name = '']) => name);
  if (names.length === 0) draft.sorts.push({ path: '', at, direction: 'unknown' });
  for (const path of names) draft.sorts.push({ path, at, direction });
}

/** `list("status = ?1 and active", s)`, `find("status", s)`, `find("from Order o where …")`, `order by` at the end. */
function applyPanache(text: string, at: Query['at'], draft: Draft, call: JavaCall): void {
  const operation = draft.operation;
  const { rows } = draft;
  const trimmed = text.trim();
  const isName = /^[\w.]+$/u.test(trimmed);
  const set =
    operation === 'update'
      ? 'update entityName__ set '
      : operation === 'delete'
        ? 'delete from entityName__ '
        : 'from entityName__ ';
  const hql = isName
    ? `from entityName__ where ${trimmed} = ?1`
    : /^(?:from|select|update|delete)\b/iu.test(trimmed)
      ? trimmed
      : operation === 'update'
        ? `${set}${trimmed.replace(/^set\s+/iu, '')}`
        : `${set}${/^(?:order\s+by|where|join|left)\b/iu.test(trimmed) ? '' : 'where '}${trimmed}`;
  applyJpql(hql.replace('from entityName__', 'from entityName__ e__').replace(/\be__\s+e__/gu, 'e__'), at, draft);
  draft.operation = operation;
  draft.rows = rows;
  if (call.arguments.some(({ type }) => type === 'ERROR')) draft.complete = false;
}
