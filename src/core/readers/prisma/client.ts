/** What an operation is called on: a client by its name, its type, or the model's name before it. */
import type { Scope } from '../shared/typescript/scope.ts';
import type { Chain } from '../shared/typescript/syn.ts';

export interface Delegate {
  /** `user` in `prisma.user.findMany()`. */
  readonly name: string;
  /** It is Prisma's client without doubt; else linking asks whether there is such a model. */
  readonly certain: boolean;
  /** Name of the client where it is a transaction's own. */
  readonly client: string | null;
}

const clientName = /prisma|^(?:db|database|orm|tx|trx|transaction|trans|client|dbClient|prismaTx|p)$/i;
const clientType = /\bPrisma(?:Client|Service)?\b|Prisma\w*(?:Client|Service)|TransactionClient|ExtendedPrisma/;

/** Delegate before the link at `until`; null where nothing could be a client. */
export function delegateAt(chain: Chain, until: number, scope: Scope): Delegate | null {
  const delegate = chain.links[until - 1];
  if (delegate?.kind !== 'property') {
    // `const users = prisma.user; users.findMany()`
    return until === 0 && chain.rootName !== null ? delegateOfVariable(chain.rootName, chain.root.start, scope) : null;
  }
  const before = chain.links[until - 2];
  if (!before && chain.rootName === 'this') {
    const owner = classAt(chain.root.start, scope);
    if (owner?.extends && clientType.test(owner.extends)) return { name: delegate.name, certain: true, client: null };
    return delegateOfField(delegate.name, owner?.name ?? null, scope);
  }
  const name = before ? before.name : chain.rootName;
  if (name === null)
    return chain.root.type === 'new_expression' ? { name: delegate.name, certain: true, client: null } : null;
  return {
    name: delegate.name,
    certain: isClient(chain, until - 1, scope),
    client: before || chain.rootName === 'this' ? pathBefore(chain, until - 1) : name,
  };
}

/** What stands before the link at `until` is a client. */
export function isClient(chain: Chain, until: number, scope: Scope): boolean {
  const last = chain.links[until - 1];
  if (last) {
    if (clientName.test(last.name)) return true;
    if (chain.rootName !== 'this' || until !== 1)
      return chain.links.slice(0, until).some(({ name }) => /prisma/i.test(name));
    const owner = scope.classAt(chain.root.start);
    const field = scope.facts.fields.find((each) => each.owner === owner && each.name === last.name);
    return field !== undefined && clientType.test(field.type);
  }
  const { rootName } = chain;
  if (rootName === null) return scope.text.slice(chain.root.start, chain.root.end).includes('PrismaClient');
  if (rootName === 'this') return clientType.test(classAt(chain.root.start, scope)?.extends ?? '');
  if (clientName.test(rootName)) return true;
  const type = typeOf(rootName, chain.root.start, scope);
  return type !== null && clientType.test(type);
}

function typeOf(name: string, offset: number, scope: Scope): string | null {
  const declared = scope.declaration(name, offset);
  return (
    scope.parameter(name, offset)?.type ??
    declared?.type ??
    (declared && /PrismaClient|\$extends\(/.test(declared.initializer) ? 'PrismaClient' : null) ??
    scope.facts.fields.find((each) => each.owner === '' && each.name === name)?.type ??
    null
  );
}

/** A parameter or variable that is declared to be the client of a transaction. */
export function isTransactionClient(name: string, offset: number, scope: Scope): boolean {
  return (typeOf(name, offset, scope) ?? '').includes('TransactionClient');
}

function delegateOfVariable(name: string, offset: number, scope: Scope): Delegate | null {
  const initializer = scope.declaration(name, offset)?.initializer ?? '';
  const match = /^([\w$.]*?)\.?([a-z_][\w$]*)\s*;?\s*$/.exec(initializer);
  const client = match?.[1]?.split('.').at(-1) ?? '';
  if (match?.[2] !== undefined && clientName.test(client)) return { name: match[2], certain: true, client: null };
  const type = /Prisma\.(\w+)Delegate\b/.exec(typeOf(name, offset, scope) ?? '')?.[1];
  return type === undefined ? null : { name: lowerFirst(type), certain: true, client: null };
}

/** `private users: Prisma.UserDelegate`, `users = this.prisma.user`. */
function delegateOfField(name: string, owner: string | null, scope: Scope): Delegate | null {
  const field = scope.facts.fields.find((each) => each.owner === owner && each.name === name);
  const model = /Prisma\.(\w+)Delegate\b/.exec(field?.type ?? '')?.[1];
  if (model !== undefined) return { name: lowerFirst(model), certain: true, client: null };
  const assigned = new RegExp(
    `\\b${name.replace(/\$/g, '\\$')}\\s*=\\s*(?:this\\.)?\\w*[pP]risma\\w*\\.([a-z]\\w*)\\s*[;\\n]`,
  ).exec(scope.text)?.[1];
  return assigned === undefined ? null : { name: assigned, certain: true, client: null };
}

function classAt(offset: number, scope: Scope): { readonly name: string; readonly extends: string | null } | undefined {
  const name = scope.classAt(offset);
  return scope.facts.classes.find((each) => each.name === name);
}

function pathBefore(chain: Chain, until: number): string {
  const names = chain.links.slice(0, until).map(({ name }) => name);
  return [...(chain.rootName === null ? [] : [chain.rootName]), ...names].join('.');
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
