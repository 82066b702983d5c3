/** What a method is called on: a repository, a manager, a data source, a query runner or a query builder. */
import { chainOf, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Chain, Link, Syn } from '../shared/typescript/syn.ts';
import { Syn as SynNode } from '../shared/typescript/syn.ts';
import type { Scope } from '../shared/typescript/scope.ts';

export type Receiver =
  | { readonly kind: 'repository'; readonly entity: string | null; readonly client: string | null }
  | { readonly kind: 'manager' | 'source' | 'runner'; readonly client: string | null }
  | { readonly kind: 'builder'; readonly entity: string | null; readonly client: string | null }
  /** A class, whose static methods may be those of BaseEntity. */
  | { readonly kind: 'class'; readonly name: string; readonly client: null }
  /** Something of a type that this file does not declare. */
  | { readonly kind: 'named'; readonly type: string; readonly client: string | null }
  | { readonly kind: 'unknown'; readonly client: string | null };

const unknown: Receiver = { kind: 'unknown', client: null };
const repositoryTypes = /^(?:(?:Mongo|Tree)?Repository|AbstractRepository)$/;
const sourceTypes = /^(?:DataSource|Connection|TransactionalConnection|TypeOrmDataSource)$/;
const managerTypes = /^(?:Mongo|Sql)?EntityManager$/;
const builderTypes =
  /^(?:(?:Select|Update|Delete|Insert|SoftDelete|Relation)?QueryBuilder|WhereExpressionBuilder|WhereExpression)$/;

/** What a type stands for, as written: `Repository<Order>`, `EntityManager`, `OrderRepository`. */
export function receiverOfType(type: string, client: string | null = null): Receiver {
  const stripped = type
    .replace(/^(?:Promise|Readonly|Partial|Awaited)<([\s\S]*)>$/, '$1')
    .replace(/\s*\|\s*(?:null|undefined)\b/g, '')
    .replace(/\s*&\s[\s\S]*$/, '')
    .trim();
  const match = /^([\w$.]+)\s*(?:<([\s\S]*)>)?$/.exec(stripped);
  const name = match?.[1]?.replace(/^.*\./, '') ?? '';
  const argument = /^\s*(?:typeof\s+)?([\w$.]+)/.exec(match?.[2] ?? '')?.[1] ?? null;
  if (repositoryTypes.test(name)) return { kind: 'repository', entity: entityName(argument), client };
  if (managerTypes.test(name)) return { kind: 'manager', client };
  if (sourceTypes.test(name)) return { kind: 'source', client };
  if (name === 'QueryRunner') return { kind: 'runner', client };
  if (builderTypes.test(name)) return { kind: 'builder', entity: entityName(argument), client };
  return name === '' ? { kind: 'unknown', client } : { kind: 'named', type: stripped, client };
}

/** A type parameter names no entity. */
function entityName(name: string | null): string | null {
  return name === null || /^(?:[A-Z]|T[A-Z]\w*|any|unknown|ObjectLiteral|Entity|BaseEntity)$/.test(name) ? null : name;
}

/** Entity given as an argument: `Order`, `'Order'`, `Order as any`; null where a variable holds it. */
export function entityOfArgument(node: Syn | undefined, scope: Scope): string | null {
  if (!node) return null;
  const text = stringValue(node, scope.text);
  if (text !== null) return /^[\w$]+$/.test(text) ? text : null;
  const inner = unwrap(node);
  if (inner.type === 'call_expression')
    return entityOfArgument(chainOf(inner, scope.text).links.at(-1)?.args[0], scope);
  const name = scope.text.slice(inner.start, inner.end);
  if (inner.type === 'member_expression') return /^[\w$]+\.[A-Z][\w$]*$/.test(name) ? name.replace(/^.*\./, '') : null;
  if (inner.type !== 'identifier') return null;
  if (/^[A-Z]/.test(name)) return entityName(name);
  const declared = scope.declaration(name, inner.start)?.initializer ?? '';
  return entityName(/^([A-Z][\w$]*)\s*(?:as\b.*)?;?\s*$/.exec(declared)?.[1] ?? null);
}

/** Follows a chain up to (not including) the link at `until`. */
export function receiverAt(chain: Chain, until: number, scope: Scope, depth = 0): Receiver {
  let at = 0;
  let current: Receiver;
  const first = chain.links[0];
  if (chain.rootName === 'this' && first?.kind === 'property' && until > 0) {
    current = fieldOf(first.name, chain.root.start, scope, depth);
    at = 1;
  } else if (chain.rootName === 'this') current = ofThis(chain.root.start, scope);
  else if (chain.rootName !== null) current = ofName(chain.rootName, chain.root.start, scope, depth);
  else if (chain.root.type === 'new_expression')
    current = receiverOfType(/^new\s+([\w$.]+)/.exec(scope.text.slice(chain.root.start, chain.root.end))?.[1] ?? '');
  else current = unknown;
  for (; at < until; at++) {
    const link = chain.links[at];
    if (link) current = step(current, link, at, chain, scope);
  }
  return current;
}

function step(current: Receiver, link: Link, at: number, chain: Chain, scope: Scope): Receiver {
  const { client } = current;
  if (link.kind === 'property') {
    if (/^(?:manager|entityManager|em)$/.test(link.name)) return { kind: 'manager', client };
    if (/^(?:connection|dataSource|rawConnection|datasource)$/.test(link.name)) return { kind: 'source', client };
    if (link.name === 'queryRunner') return { kind: 'runner', client };
    if (link.name === 'repository' && current.kind === 'repository') return current;
    const guessed = ofFieldName(link.name);
    return current.kind === 'builder' ? current : (guessed ?? { kind: 'unknown', client });
  }
  switch (link.name) {
    case 'getRepository':
    case 'getMongoRepository':
    case 'getTreeRepository': {
      const typed = link.typeArguments === null ? null : entityName(/^[\w$]+/.exec(link.typeArguments)?.[0] ?? null);
      const context = link.args.length > 1 ? scope.text.slice(link.args[0]?.start, link.args[0]?.end) : null;
      return {
        kind: 'repository',
        entity: entityOfArgument(link.args.at(-1), scope) ?? typed,
        client: client ?? context,
      };
    }
    case 'getCustomRepository': {
      const name = entityOfArgument(link.args[0], scope);
      return name === null ? { kind: 'repository', entity: null, client } : { kind: 'named', type: name, client };
    }
    case 'withRepository': {
      const argument = link.args[0];
      if (!argument) return { kind: 'repository', entity: null, client };
      const inner = chainOf(argument, scope.text);
      return { ...receiverAt(inner, inner.links.length, scope, 1), client } as Receiver;
    }
    case 'getConnection':
    case 'getDataSource':
    case 'createConnection':
    case 'initialize':
      return { kind: 'source', client };
    case 'getManager':
    case 'getMongoManager':
    case 'createEntityManager':
      return { kind: 'manager', client };
    case 'createQueryRunner':
    case 'getQueryRunner':
      return { kind: 'runner', client };
    case 'extend':
      return current;
    case 'createQueryBuilder':
    case 'subQuery':
    case 'clone':
      return link.name === 'clone' && current.kind !== 'builder'
        ? { kind: 'unknown', client }
        : { kind: 'builder', entity: current.kind === 'repository' ? current.entity : null, client };
  }
  if (current.kind === 'builder') return current;
  // A function of this file that says what it returns: `private repo(): Repository<Order>`.
  const owner = chain.rootName === 'this' && at === 0;
  if (owner || (at === 0 && chain.rootName === null)) {
    const returned = scope.outline.functions.find(
      ({ name, returnType }) => name === link.name && returnType !== null,
    )?.returnType;
    if (returned !== undefined && returned !== null) return receiverOfType(returned, client);
  }
  return { kind: 'unknown', client };
}

function ofThis(offset: number, scope: Scope): Receiver {
  const name = scope.classAt(offset);
  const extended = scope.facts.classes.find((candidate) => candidate.name === name)?.extends ?? null;
  const entity = extendedRepository(offset, scope);
  if (entity !== undefined) return { kind: 'repository', entity, client: null };
  if (extended === null) return unknown;
  const direct = receiverOfType(extended);
  if (direct.kind === 'named' && name !== null) return { kind: 'named', type: name, client: null };
  return direct;
}

/** `dataSource.getRepository(Order).extend({ byNumber() { return this.find(…) } })`: `this` is the repository. */
function extendedRepository(offset: number, scope: Scope): string | null | undefined {
  const call = scope.outline.calls.findLast(
    ({ method, argsStart, end }) => method === 'extend' && argsStart < offset && offset < end,
  );
  if (!call || !/getRepository|Repository/.test(call.callee)) return undefined;
  return entityName(/getRepository\s*\(\s*(?:[\w$]+\s*,\s*)?([A-Z][\w$]*)\s*\)/.exec(call.callee)?.[1] ?? null);
}

function fieldOf(name: string, offset: number, scope: Scope, depth: number): Receiver {
  const owner = scope.classAt(offset);
  const field = scope.facts.fields.find((candidate) => candidate.owner === owner && candidate.name === name);
  if (field) {
    const receiver = receiverOfType(field.type);
    return receiver.kind === 'runner' ? { ...receiver, client: `this.${name}` } : receiver;
  }
  const base = ofThis(offset, scope);
  if (name === 'repository' && base.kind === 'repository') return base;
  return (
    ofFieldName(name) ??
    (depth > 4
      ? unknown
      : base.kind === 'named'
        ? { kind: 'named', type: `${base.type}.${name}`, client: null }
        : unknown)
  );
}

/** Judged by its name, where no type is to be seen. */
function ofFieldName(name: string): Receiver | null {
  if (/^(?:em|manager|\w*[eE]ntityManager|\w*Manager)$/.test(name))
    return /(?:^em|^manager|[eE]ntityManager)$/.test(name) ? { kind: 'manager', client: null } : null;
  if (/^(?:\w*[dD]ata[sS]ource|\w*[cC]onnection|AppDataSource)$/.test(name)) return { kind: 'source', client: null };
  if (/^(?:\w*[qQ]ueryRunner)$/.test(name)) return { kind: 'runner', client: null };
  if (/(?:Repository|Repo)$/.test(name)) return { kind: 'named', type: name, client: null };
  return null;
}

function ofName(name: string, offset: number, scope: Scope, depth: number): Receiver {
  if (depth > 4) return unknown;
  const parameter = scope.parameter(name, offset);
  const declared = scope.declaration(name, offset);
  const within = parameter ? scope.outline.functions[parameter.function] : undefined;
  if (parameter && within && (!declared || declared.offset < within.start)) {
    const typed = parameter.type === null ? null : receiverOfType(parameter.type);
    const transactional = transactionOf(parameter.function, scope);
    if (transactional && parameter.index === 0) {
      if (typed === null || typed.kind === 'manager') return { kind: 'manager', client: name };
      return { ...typed, client: name } as Receiver;
    }
    if (typed) return typed.kind === 'named' && !typed.type.includes('Repo') ? { ...typed } : typed;
    return ofFieldName(name) ?? unknown;
  }
  if (declared) {
    if (declared.type !== null) {
      const typed = receiverOfType(declared.type);
      if (typed.kind !== 'unknown') return typed.kind === 'runner' ? { ...typed, client: name } : typed;
    }
    const value = declared.valueStart === null ? null : valueAt(declared.valueStart, scope);
    if (value) {
      const chain = chainOf(value, scope.text);
      const receiver = receiverAt(chain, chain.links.length, scope, depth + 1);
      if (receiver.kind === 'runner') return { ...receiver, client: name };
      if (receiver.kind !== 'unknown') return receiver;
    }
    // `let qb; if (x) qb = repo.createQueryBuilder()`: the assignment tells.
    return ofFieldName(name) ?? unknown;
  }
  const field = scope.facts.fields.find((candidate) => candidate.owner === '' && candidate.name === name);
  if (field) return receiverOfType(field.type);
  if (/^[A-Z]/.test(name) && !/DataSource$|Connection$|Manager$|Repository$/.test(name))
    return { kind: 'class', name, client: null };
  const imported = scope.facts.imports.some(({ local }) => local === name);
  const guessed = ofFieldName(name);
  if (guessed?.kind === 'named' || (imported && guessed === null)) return { kind: 'named', type: name, client: null };
  return guessed ?? unknown;
}

function valueAt(offset: number, scope: Scope): Syn {
  let node = scope.outline.root.descendantForIndex(offset, offset + 1);
  const start = node.startIndex;
  for (let parent = node.parent; parent?.startIndex === start; parent = parent.parent) node = parent;
  return new SynNode(node);
}

/** A function is the callback of `transaction(…)`, `withTransaction(…)`, `runInTransaction(…)`. */
export function transactionOf(functionId: number, scope: Scope): boolean {
  const span = scope.outline.functions[functionId];
  if (!span) return false;
  const call = scope.outline.calls.findLast(({ argsStart, end }) => argsStart < span.start && span.end <= end);
  return call !== undefined && transactionMethods.has(call.method);
}

export const transactionMethods: ReadonlySet<string> = new Set([
  'transaction',
  'withTransaction',
  'runInTransaction',
  'runTransaction',
]);
