/** What a method is called on: an entity manager, a repository, or something that only linking can tell. */
import type { Scope } from '../shared/typescript/scope.ts';
import { stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Chain, Link, Syn } from '../shared/typescript/syn.ts';
import { transactionMethods } from './api.ts';

export type Receiver =
  | { readonly kind: 'manager'; readonly client: string | null }
  | {
      readonly kind: 'repository';
      readonly entity: string | null;
      readonly type: string | null;
      readonly client: string | null;
    };

const managerName = /^(?:em|\w*[eE]ntityManager|\w+Em|fork|emFork)$/;
const managerType = /\b(?:Sql|Mongo)?EntityManager\b/;
const repositoryType = /^([\w$]*Repository)\s*(?:<\s*([\w$]+)[^>]*>)?$/;

/** What stands before the link at `until`; null where it can be neither. */
export function receiverAt(chain: Chain, until: number, scope: Scope): Receiver | null {
  const last = chain.links[until - 1];
  if (!last) return chain.rootName === null ? null : ofName(chain.rootName, chain.root.start, scope);
  if (last.kind === 'call') return ofCall(chain, until - 1, last, scope);
  if (managerName.test(last.name)) return { kind: 'manager', client: pathTo(chain, until) };
  if (chain.rootName === 'this' && until === 1) return ofField(last.name, chain.root.start, scope);
  return /(?:Repository|Repo)$/.test(last.name)
    ? { kind: 'repository', entity: null, type: last.name, client: null }
    : null;
}

/** `library.volumes` of `library.volumes.loadItems()`: whether it is a collection, its name tells when all entities are known. */
export function collectionAt({ rootName, links }: Chain, until: number): Receiver | null {
  const names = links.slice(0, until);
  if (rootName === null || names.length === 0 || names.some(({ kind }) => kind === 'call')) return null;
  const type = [rootName, ...names.map(({ name }) => name)].join('.');
  return { kind: 'repository', entity: null, type, client: null };
}

function ofCall(chain: Chain, at: number, link: Link, scope: Scope): Receiver | null {
  switch (link.name) {
    case 'fork':
    case 'getEntityManager':
    case 'getContext':
    case 'getConnection':
    case 'clear':
      return { kind: 'manager', client: null };
    case 'getRepository':
    case 'repo':
      return { kind: 'repository', entity: entityOf(link.args[0], scope), type: null, client: pathTo(chain, at) };
    default:
      return null;
  }
}

function pathTo(chain: Chain, until: number): string | null {
  if (chain.rootName === null) return null;
  return [chain.rootName, ...chain.links.slice(0, until).map(({ name }) => name)].join('.');
}

/** `Author`, `'Author'`, `AuthorSchema`; null where a variable holds it. */
export function entityOf(node: Syn | undefined, scope: Scope): string | null {
  if (!node) return null;
  const text = stringValue(node, scope.text);
  if (text !== null) return text;
  const inner = unwrap(node);
  const name = scope.text.slice(inner.start, inner.end);
  return (inner.type === 'identifier' || inner.type === 'member_expression') && /(?:^|\.)[A-Z][\w$]*$/.test(name)
    ? name.replace(/^.*\./, '')
    : null;
}

function ofType(type: string, client: string | null): Receiver | null {
  const plain = type.replace(/\s*\|\s*(?:null|undefined)\b/g, '').trim();
  if (managerType.test(plain)) return { kind: 'manager', client };
  const [, name = '', entity] = repositoryType.exec(plain) ?? [];
  if (name === '') return null;
  return { kind: 'repository', entity: entity ?? null, type: entity === undefined ? name : null, client: null };
}

function ofName(name: string, offset: number, scope: Scope, depth = 0): Receiver | null {
  if (depth > 3) return null;
  if (name === 'this') return ofThis(offset, scope);
  const parameter = scope.parameter(name, offset);
  const declared = scope.declaration(name, offset);
  const stated = declared?.type ?? parameter?.type ?? null;
  const typed = stated === null ? null : ofType(stated, name);
  if (typed) return typed;
  if (managerName.test(name) || (parameter?.index === 0 && isTransactional(parameter.function, scope)))
    return { kind: 'manager', client: name };
  const initializer = declared?.initializer ?? '';
  if (/\.fork\(|\.getEntityManager\(|\.em\b\s*;?\s*$/.test(initializer)) return { kind: 'manager', client: name };
  const repository = /\.getRepository\s*(?:<[^>]*>)?\(\s*([A-Z][\w$]*)/.exec(initializer)?.[1];
  if (repository !== undefined) return { kind: 'repository', entity: repository, type: null, client: null };
  const alias = /^(this\.[\w$]+|[\w$]+)\s*;?\s*$/.exec(initializer)?.[1];
  if (alias !== undefined && alias !== name)
    return alias.startsWith('this.') ? ofField(alias.slice(5), offset, scope) : ofName(alias, offset, scope, depth + 1);
  const field = scope.facts.fields.find((each) => each.owner === '' && each.name === name);
  if (field) return ofType(field.type, name);
  return /(?:Repository|Repo)$/.test(name) ? { kind: 'repository', entity: null, type: name, client: null } : null;
}

/** `class AuthorRepository extends EntityRepository<Author>` */
function ofThis(offset: number, scope: Scope): Receiver | null {
  const name = scope.classAt(offset);
  const extended = scope.facts.classes.find((each) => each.name === name)?.extends ?? null;
  return extended === null ? null : ofType(extended, null);
}

function ofField(name: string, offset: number, scope: Scope): Receiver | null {
  const owner = scope.classAt(offset);
  const field = scope.facts.fields.find((each) => each.owner === owner && each.name === name);
  const typed = field ? ofType(field.type, `this.${name}`) : null;
  if (typed) return typed;
  if (managerName.test(name)) return { kind: 'manager', client: `this.${name}` };
  if (field && !field.type.includes('Repo')) return null;
  return /(?:Repository|Repo)$/.test(name) ? { kind: 'repository', entity: null, type: name, client: null } : null;
}

/** The function is the callback of `em.transactional(…)`. */
function isTransactional(functionId: number, scope: Scope): boolean {
  const span = scope.outline.functions[functionId];
  if (!span) return false;
  const call = scope.outline.calls.findLast(({ argsStart, end }) => argsStart < span.start && span.end <= end);
  return call !== undefined && transactionMethods.has(call.method);
}
