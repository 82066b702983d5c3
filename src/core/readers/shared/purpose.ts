import type { FileFacts } from '../../schema/code.ts';

const test =
  /(^|[/._-])(tests?|\w+Tests|conftest|specs?|__tests__|__mocks__|e2e|fixtures?|mocks?|benchmarks?)([/._-]|$)/i;
const seed = /(^|[/._-])(seeds?|seeders?|seeding|factories)([/._-]|$)/i;
const migration = /(^|[/._-])(migrations?|alembic|changelogs?)([/._-]|$)/i;

/** What a file is for, judged by the folders and dotted parts of its path. */
export function purposeOf(path: string): FileFacts['purpose'] {
  if (test.test(path)) return 'test';
  if (migration.test(path)) return 'migration';
  if (seed.test(path)) return 'seed';
  return 'application';
}
