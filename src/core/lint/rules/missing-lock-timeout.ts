import { dialectOf, migrationExample as example, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const missingLockTimeout: FileRule = {
  id: 'missing-lock-timeout',
  code: 'MIG009',
  severity: 'info',
  optIn: true,
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration for PostgreSQL that locks a table in use without a limit for how long it waits. Off unless the settings switch it on: the role may have one.',
    why: 'While it waits for one long query, everyone who comes later waits behind it: the application stands still though nothing happens.',
    fix: 'Set `lock_timeout` to a few seconds at the beginning, and try again when it fails.',
    bad: [example('Waits as long as it takes.', ['ALTER TABLE "orders" ADD "note" varchar'])],
    good: [
      example('Gives up after two seconds.', ["SET lock_timeout = '2s'", 'ALTER TABLE "orders" ADD "note" varchar']),
    ],
    references: [
      { title: 'Squawk: require-timeout-settings', url: 'https://squawkhq.com/docs/require-timeout-settings' },
    ],
  },
  check(file, context, report) {
    const steps = file.migration?.steps ?? [];
    if (dialectOf(file, context) !== 'postgresql' || steps.some(({ kind }) => kind === 'set-timeout')) return;
    const [first] = stepsInUse(file, context, [
      'add-column',
      'drop-column',
      'rename-column',
      'rename-table',
      'require-column',
      'change-type',
      'add-foreign-key',
      'add-check',
      'add-unique',
      'add-primary-key',
    ]);
    if (first)
      report(
        stepReport(
          first,
          `This locks ${first.table ?? 'a table'} and may wait for it without a limit, with everyone else behind it`,
        ),
      );
  },
};
