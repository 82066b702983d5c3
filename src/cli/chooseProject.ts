/** `--project <root>`: the one project that a command is about. */
import type { Project } from '../core/workspace/snapshot.ts';
import type { Analysis } from '../server/engine.ts';
import type { Invocation } from './command.ts';
import { UsageError } from './usageError.ts';

export function projectOf({ snapshot }: Analysis, { values, positionals }: Invocation): Project {
  const withTables = snapshot.projects.filter(({ schema }) => schema.tables.length > 0);
  const names = withTables.map(({ root }) => (root === '' ? '.' : root));
  if (typeof values.project === 'string') {
    const wanted = rootNamed(values.project);
    const found = withTables.find(({ root }) => root === wanted);
    if (found) return found;
    throw new UsageError(
      `There is no project "${values.project}" with tables; there is ${names.join(', ') || 'none'}.`,
    );
  }
  const [first, ...others] = withTables;
  if (!first)
    throw new UsageError(`No entities were found in ${positionals[0] ?? 'this folder'}: there is nothing to draw.`);
  if (others.length > 0)
    throw new UsageError(`There are several projects: choose one with --project (${names.join(', ')}).`);
  return first;
}

/** The root that people mean by `.`, `./packages/api/` and the like. */
export function rootNamed(text: string): string {
  return text.replace(/^\.(?:\/|$)/u, '').replace(/\/$/u, '');
}
