import { migrationExample as example, stepReport } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const irreversibleMigration: FileRule = {
  id: 'irreversible-migration',
  code: 'MIG011',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration whose way back does nothing.',
    why: 'When a release has to be taken back, the schema stays as the new program wants it, and the old one fails on it.',
    fix: 'Write the way back, or have `down` throw an error that says why there is none.',
    bad: [example('Nobody can go back.', ['ALTER TABLE "orders" ADD "note" varchar'], { down: '' })],
    good: [
      example('There is a way back.', ['ALTER TABLE "orders" ADD "note" varchar'], {
        down: '    await queryRunner.query(`ALTER TABLE "orders" DROP COLUMN "note"`);\n',
      }),
    ],
    references: [
      {
        title: 'django-migration-linter: irreversible data migration',
        url: 'https://github.com/3YOURMIND/django-migration-linter/blob/main/docs/incompatibilities.md',
      },
    ],
  },
  check(file, context, report) {
    const { migration } = file;
    const [first] = migration?.steps ?? [];
    // What a seed has put in, the table that it is in takes along.
    if (
      !first ||
      /(?:^|\/)seed(?:s|er|ers)?\//iu.test(file.file) ||
      migration?.reversible !== false ||
      !context.isRecent(file.file)
    )
      return;
    report(
      migration.oneWay
        ? stepReport(first, 'This migration cannot be taken back: this operation has no way back', {
            at: migration.oneWay,
            table: null,
          })
        : stepReport(first, 'This migration cannot be taken back: its way back does nothing'),
    );
  },
};
