/** Members of what comes from outside the workspace, for evaluators that follow chains. */
import type { Result, Scope } from './results.ts';

type Outside = Extract<Result, { readonly is: 'external' | 'call' | 'member' | 'method' }>;

/** What chains of calls are built from. */
export function isOutside(object: Result): object is Outside {
  if (typeof object !== 'object' || object === null || !('is' in object)) return false;
  return object.is === 'external' || object.is === 'call' || object.is === 'member' || object.is === 'method';
}

/** `pg.pgTable` of a namespace is the name itself; everything else keeps what it is a member of. */
export function outsideMember(object: Outside, key: string): Result {
  return object.is === 'external' && object.name === '*'
    ? { is: 'external', module: object.module, name: key }
    : { is: 'member', object, name: key };
}

/** A parameter or local constant has the name. */
export function isBound(name: string, scope: Scope): boolean {
  for (let here: Scope | null = scope; here; here = here.outer) if (here.names?.has(name)) return true;
  return false;
}
