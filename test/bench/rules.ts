/** What each rule takes of all lint time. What rules share (look-ups that are kept) counts for the one that asks first. */
import { lintProject } from '../../src/core/lint/engine.ts';
import { rules } from '../../src/core/lint/registry.ts';
import type { Rule } from '../../src/core/lint/rule.ts';
import type { Project } from '../../src/core/workspace/snapshot.ts';

export interface RuleTimes {
  /** Milliseconds of the whole lint. */
  readonly total: number;
  /** Milliseconds by rule, the longest first. */
  readonly byRule: readonly { readonly id: string; readonly time: number }[];
}

/** @param projects as they come from an analysis: nothing of them is kept from an earlier lint, because the rules are not the same objects */
export function timeRules(projects: readonly Project[]): RuleTimes {
  const times = new Map<string, number>();
  const timed = rules.map((rule): Rule => {
    const check = (...given: readonly unknown[]): void => {
      const start = performance.now();
      (rule.check as (...args: readonly unknown[]) => void)(...given);
      times.set(rule.id, (times.get(rule.id) ?? 0) + performance.now() - start);
    };
    return { ...rule, check };
  });
  const start = performance.now();
  for (const project of projects) lintProject(project, {}, timed);
  const total = performance.now() - start;
  const byRule = [...times].map(([id, time]) => ({ id, time })).sort((a, b) => b.time - a.time);
  return { total, byRule };
}
