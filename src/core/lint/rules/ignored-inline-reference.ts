import { dialectOf, migrationExample as example, placeOf, stepReport } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const ignoredInlineReference: FileRule = {
  id: 'ignored-inline-reference',
  code: 'MIG010',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a foreign key for MySQL that is written with its column, which MySQL reads and forgets.',
    why: 'The statement succeeds and there is no foreign key: rows may refer to what does not exist. MariaDB and all other engines make one.',
    fix: 'Write it as a constraint of the table: `FOREIGN KEY (customer_id) REFERENCES customers (id)`.',
    bad: [
      example(
        'No foreign key comes of this.',
        ['CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id))'],
        { dialect: 'mysql' },
      ),
    ],
    good: [
      example(
        'A constraint of the table.',
        [
          'CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, FOREIGN KEY (customer_id) REFERENCES customers (id))',
        ],
        { dialect: 'mysql' },
      ),
    ],
    references: [
      {
        title: 'MySQL: FOREIGN KEY constraints',
        url: 'https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html',
      },
      { title: 'Atlas: MY102', url: 'https://atlasgo.io/lint/analyzers#mysql' },
    ],
  },
  check(file, context, report) {
    if (dialectOf(file, context) !== 'mysql' || !context.isRecent(file.file)) return;
    for (const step of file.migration?.steps ?? [])
      if (step.kind === 'inline-reference')
        report(stepReport(step, `MySQL forgets the REFERENCES of ${placeOf(step)}: write it as FOREIGN KEY`));
  },
};
