/**
 * One suite for every stack: what a generated REST interface must do, asked over HTTP. It knows the resources (`resource.ts`), the
 * address, two tokens and, where the harness counts them, the statements per request (`x-query-count`).
 */
import { access, shape } from './httpChecks/access.ts';
import { concurrency } from './httpChecks/concurrency.ts';
import { crud } from './httpChecks/crud.ts';
import { injection } from './httpChecks/injection.ts';
import { lists } from './httpChecks/lists.ts';
import { validation } from './httpChecks/validation.ts';
import type { Check } from './httpChecks/check.ts';
import { createWorld } from './httpChecks/world.ts';
import type { Seed } from './httpChecks/world.ts';
import type { Resource } from './resource.ts';

export interface HttpTarget {
  readonly baseUrl: string;
  readonly resources: readonly Resource[];
  /** Of someone who has every role, and of someone who has none. */
  readonly tokens: { readonly full: string; readonly none: string };
  /** Rows that no request can make, by resource. */
  readonly seeds: Readonly<Record<string, Seed>>;
}

export interface CheckResult {
  readonly resource: string;
  readonly title: string;
  /** Null = passed. */
  readonly failure: string | null;
}

const areas: readonly ((resource: Resource) => readonly Check[])[] = [
  crud,
  validation,
  concurrency,
  lists,
  injection,
  access,
  shape,
];

/** Never rejects for what a check found. Checks make their own rows and may run on a database that is not empty. */
export async function* httpResults(target: HttpTarget): AsyncGenerator<CheckResult> {
  const world = createWorld(target);
  for (const resource of target.resources) {
    for (const { title, run } of areas.flatMap((area) => area(resource))) {
      let failure: string | null = null;
      try {
        await run(world);
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      yield { resource: resource.name, title, failure };
    }
  }
}

export async function runHttpSuite(target: HttpTarget): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for await (const result of httpResults(target)) results.push(result);
  return results;
}
