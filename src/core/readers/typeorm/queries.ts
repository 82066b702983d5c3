/** Finds the queries of a file that uses TypeORM. Linking decides about receivers whose type another file declares. */
import type { FileFacts, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { typeOfNew, readFields } from '../shared/typescript/fields.ts';
import { functionAt, outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';
import { chainOf, stringValue, Syn, usesOf } from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { executions, repositoryMethods } from './api.ts';
import { applyClause } from './builder.ts';
import { newBuilder } from './builderState.ts';
import type { Builder } from './builderState.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { receiverAt, transactionMethods } from './receivers.ts';
import { readRepositoryCall } from './repositoryCalls.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';

/** Cheap look at the text: does anything in it reach a database through TypeORM, possibly by a type of another file? */
export function mayHoldQueries(text: string): boolean {
  return hint.test(text);
}

const hint =
  /typeorm|Repository\b|\bRepo\b|[rR]epo(?:sitory)?\.|createQueryBuilder|EntityManager|DataSource|QueryBuilder|[qQ]ueryRunner|[mM]anager\.|\.(?:find|count|save|insert|update|upsert|delete|remove|exists?|query)\w*\(|@Transaction/;

const interesting = new RegExp(
  `\\b(?:${[...repositoryMethods.keys()].join('|')}|createQueryBuilder|subQuery|startTransaction|${[...transactionMethods].join('|')})\\b`,
);
const clauses =
  /\b(?:where|andWhere|orWhere|having|andHaving|orHaving|(?:left|inner)Join\w*|orderBy|addOrderBy|groupBy|addGroupBy|select|addSelect|take|skip|limit|offset|set|values|from|into|setLock|withDeleted|setFindOptions|getMany|getOne|getOneOrFail|getManyAndCount|getRaw\w+|getCount|getExists|execute|stream|subQuery)\b/;

/** Words of a query that is made elsewhere; imports say `from` as well. Most entities hold neither these nor a method of repositories. */
const partOfQuery = /\b(?:and|or)?[wW]here\b|\bfrom\b(?!\s*['"])/;

/** Fills in the queries and transactions of a file that uses TypeORM. `facts` are those of `readFacts` for the same file. */
export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  if (file.language === null || !mayHoldQueries(file.text)) return facts;
  if (!interesting.test(file.text) && !partOfQuery.test(file.text) && !shownTypes.test(file.text)) return facts;
  const outline = outlineOf(file.parsed());
  const fields = shownTypes.test(file.text) ? readFields(outline, typeOfInitializer) : facts.fields;
  const scope = scopeOf(outline, { ...facts, fields }, file.lines);
  const transactions = [...facts.transactions];
  const builders: Builder[] = [];
  const queries: Found[] = [];

  for (const span of outline.calls) {
    if (span.chained || span.constructs) continue;
    if (
      !interesting.test(span.callee) &&
      !(builders.length > 0 && clauses.test(span.callee)) &&
      !(/^\w+$/.test(span.callee.split(/[.\s]/, 1)[0] ?? '') && /\b(?:and|or)?[wW]here\b|\bfrom\b/.test(span.callee))
    )
      continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const transaction = transactionOf(chain, span, scope);
    if (transaction) transactions.push(transaction);
    else readChain(chain, span, scope, builders, queries);
  }
  for (const builder of builders) {
    if (builder.executed) continue;
    const owner = builder.function === null ? undefined : outline.functions[builder.function];
    const draft = draftOf(builder, owner?.end ?? file.text.length, scope);
    queries.push(queryOf(draft, builder, [...builder.uses], builder.client, scope, false));
  }
  const settled = queries
    .map((query) => inTransaction(query, transactions, scope))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...facts, fields, queries: settled, transactions };
}

const shownTypes = /getRepository|createQueryRunner|new DataSource/;

/** Types that initializers of TypeORM's own show: `dataSource.getRepository(Order)`. */
function typeOfInitializer(initializer: string): string | null {
  const entity = /\.?getRepository\s*(?:<\s*([\w$]+)\s*>)?\(\s*(?:[\w$.]+\s*,\s*)?([A-Z][\w$]*)?/.exec(initializer);
  const name = entity?.[2] ?? entity?.[1];
  if (name !== undefined) return `Repository<${name}>`;
  if (initializer.includes('.createQueryRunner(')) return 'QueryRunner';
  return /^new\s+DataSource\(/.test(initializer) ? 'DataSource' : typeOfNew(initializer);
}

function readChain(chain: Chain, span: CallSpan, scope: Scope, builders: Builder[], queries: Found[]): void {
  const made = chain.links.findLastIndex(
    ({ kind, name }) => kind === 'call' && (name === 'createQueryBuilder' || name === 'subQuery'),
  );
  if (made !== -1) {
    const builder = startBuilder(chain, made, span, scope);
    builders.push(builder);
    runBuilder(builder, chain.links.slice(made + 1), span, scope, queries);
    return;
  }
  const builder = chain.rootName === null ? undefined : trackedBuilder(chain.rootName, span.start, builders, scope);
  if (builder) {
    runBuilder(builder, chain.links, span, scope, queries);
    return;
  }
  for (const [at, link] of chain.links.entries()) {
    if (link.kind !== 'call') continue;
    if (repositoryMethods.has(link.name)) {
      const receiver = receiverAt(chain, at, scope);
      const read = receiver.kind === 'builder' ? null : readRepositoryCall(link, receiver, scope);
      if (!read) continue;
      queries.push(
        queryOf(
          read,
          link.node,
          usesOf(link.args, scope.text),
          receiver.client,
          scope,
          at === lastOwn(chain.links),
          span,
        ),
      );
      return;
    }
    if (!clauses.test(link.name)) continue;
    // A builder handed in as a parameter: what is added to it here is part of a query made elsewhere.
    const receiver = receiverAt(chain, at, scope);
    if (receiver.kind !== 'builder') continue;
    const handed = newBuilder({
      client: receiver.client,
      start: span.start,
      end: span.end,
      function: span.function,
      variable: chain.rootName,
      subQuery: false,
    });
    handed.draft.entity = receiver.entity;
    handed.draft.complete = false;
    builders.push(handed);
    runBuilder(handed, chain.links.slice(at), span, scope, queries);
    return;
  }
}

function startBuilder(chain: Chain, made: number, span: CallSpan, scope: Scope): Builder {
  const link = chain.links[made];
  const receiver = receiverAt(chain, made, scope);
  const variable = chain.links.slice(made + 1).some(({ name }) => executions.has(name))
    ? null
    : assignmentBefore(scope.text, span.start).target;
  const builder = newBuilder({
    client: receiver.client,
    start: span.start,
    end: span.end,
    function: functionAt(scope.outline, span.start),
    variable,
    subQuery: link?.name === 'subQuery',
  });
  if (receiver.kind === 'repository') builder.draft.entity = receiver.entity;
  else if (receiver.kind === 'class') builder.draft.entity = receiver.name;
  else if (receiver.kind === 'named') builder.draft.receiver = receiver.type;
  const args = link?.args ?? [];
  const typed = args.length > 1 && receiver.kind !== 'repository' && link?.name === 'createQueryBuilder';
  if (typed) applyClause({ ...link, name: 'from' }, builder, scope);
  else {
    const alias =
      stringValue(args[0], scope.text) ??
      (args[0]
        ? (scope.constantOf(scope.text.slice(args[0].start, args[0].end)) ??
          scope.text.slice(args[0].start, args[0].end))
        : null);
    if (alias !== null) builder.aliases.set(alias, '');
    else if (builder.draft.entity !== null) builder.aliases.set(builder.draft.entity, '');
  }
  return builder;
}

function trackedBuilder(name: string, offset: number, builders: readonly Builder[], scope: Scope): Builder | undefined {
  const visible = new Set<number | null>([null]);
  for (let id = functionAt(scope.outline, offset); id !== null; id = scope.outline.functions[id]?.parent ?? null)
    visible.add(id);
  return builders.findLast((builder) => builder.variable === name && visible.has(builder.function));
}

/** `relation(Order, 'lines').of(order).add(line)` writes the key, or the rows of the join table. */
const relationWrite = { operation: 'update', rows: 'none' } as const;
const relationWrites = new Map(['add', 'remove', 'set', 'addAndRemove'].map((name) => [name, relationWrite]));

const notQueried = new Set(['getQuery', 'getSql', 'getQueryAndParameters', 'clone', 'then', 'catch', 'finally']);

function runBuilder(builder: Builder, links: readonly Link[], span: CallSpan, scope: Scope, queries: Found[]): void {
  for (const [at, link] of links.entries()) {
    if (link.kind === 'property') continue;
    const execution =
      executions.get(link.name) ?? (builder.draft.operation === 'load' ? relationWrites.get(link.name) : undefined);
    if (!execution) {
      if (!notQueried.has(link.name)) applyClause(link, builder, scope);
      continue;
    }
    builder.executed = true;
    const draft: Draft = { ...draftOf(builder, span.start, scope), api: link.name };
    if (execution.operation !== null) draft.operation = execution.operation;
    draft.rows = link.name === 'execute' && draft.operation === 'select' ? 'many' : execution.rows;
    if (draft.operation === 'aggregate' && (draft.groups.length > 0 || draft.rows === 'many'))
      draft.operation = 'select';
    queries.push(queryOf(draft, link.node, [...builder.uses], builder.client, scope, at === lastOwn(links), span));
  }
}

/** What the builder holds at an offset. Handed to a function before that, or returned, it may hold more. */
function draftOf(builder: Builder, until: number, scope: Scope): Draft {
  const { draft, joinFilters, variable } = builder;
  const name = variable?.replace(/[$.]/g, '\\$&');
  const handedOn =
    name !== undefined &&
    new RegExp(`[(,]\\s*${name}\\s*[,)]|return\\s+${name}\\s*;`).test(scope.text.slice(builder.end, until));
  return { ...draft, filters: [...draft.filters, ...joinFilters], complete: draft.complete && !handedOn };
}

const isolation = /^(?:READ UNCOMMITTED|READ COMMITTED|REPEATABLE READ|SERIALIZABLE|SNAPSHOT)$/;

function transactionOf(chain: Chain, span: CallSpan, scope: Scope): Transaction | null {
  const at = chain.links.findLastIndex(
    ({ kind, name }) => kind === 'call' && (name === 'startTransaction' || transactionMethods.has(name)),
  );
  const link = chain.links[at];
  if (!link) return null;
  const level =
    link.args
      .map((argument) => stringValue(argument, scope.text))
      .find((text) => text !== null && isolation.test(text)) ?? null;
  const { start, end } = link.node;
  const base = { api: link.name, isolation: level, function: span.function, at: scope.lines.range(start, end) };
  if (link.name === 'startTransaction') {
    const receiver = receiverAt(chain, at, scope);
    const client = receiver.kind === 'runner' ? receiver.client : (chain.rootName ?? null);
    return { ...base, client, body: null };
  }
  const callback = link.args.at(-1);
  if (!callback || callback.type === 'identifier') return null;
  const body = scope.outline.functions.findIndex(
    (candidate) => candidate.start === callback.start && candidate.end === callback.end,
  );
  const parameters = scope.outline.functions[body]?.parameters;
  return body === -1 ? null : { ...base, client: parameters?.[0]?.name ?? null, body };
}
