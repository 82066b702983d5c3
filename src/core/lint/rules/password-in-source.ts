import { isForDevelopment } from '../developmentSettings.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const example = (note: string, options: string): RuleExample => ({
  files: {
    'data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
${options}});
`,
  },
  dialect: 'postgresql',
  note,
});

export const passwordInSource: FileRule = {
  id: 'password-in-source',
  code: 'CFG004',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a connection whose password stands in the source.',
    why: 'Whoever can read the repository, a build log or a backup of either can open the database, and the password cannot be changed without a release.',
    fix: 'Read it from the environment or a secret store, and change the password that was committed: it stays in the history.',
    bad: [
      example(
        'The password is part of the code.',
        "  host: 'db.example.com',\n  username: 'shop',\n  password: 'hunter2-hunter2',\n",
      ),
      example('So it is in a URL.', "  url: 'postgres://shop:hunter2-hunter2@db.example.com/shop',\n"),
    ],
    good: [
      example(
        'The environment knows it.',
        "  host: 'db.example.com',\n  username: 'shop',\n  password: process.env['DATABASE_PASSWORD'],\n",
      ),
    ],
    references: [
      { title: 'CWE-798: use of hard-coded credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
      { title: 'The Twelve-Factor App: config', url: 'https://12factor.net/config' },
    ],
  },
  check(file, _context, report) {
    // What everybody's own database is opened with while developing protects nothing.
    if (file.purpose === 'test' || isForDevelopment(file.file)) return;
    for (const { passwordInFile, local, at } of file.dataSources)
      if (passwordInFile && local !== true)
        report({
          message: 'The password of this connection stands in the source: read it from the environment',
          at,
          table: null,
          evidence: [{ message: 'A literal password, or a URL with one, is given.', at }],
          fixes: [],
        });
  },
};
