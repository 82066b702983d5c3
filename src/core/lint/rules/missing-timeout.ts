import { setConnection } from '../fixes/setConnection.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const example = (note: string, options: string): RuleExample => ({
  files: {
    'data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  poolSize: 10,
${options}});
`,
  },
  dialect: 'postgresql',
  note,
});

export const missingTimeout: FileRule = {
  id: 'missing-timeout',
  code: 'CFG005',
  severity: 'info',
  optIn: true,
  on: 'file',
  docs: {
    what: 'Reports a connection without a time-out for connecting or for statements. Off unless the settings switch it on: the server’s role may have one.',
    why: 'A statement that waits for a lock waits for ever, and takes its connection out of the pool; a few of them stop the whole application.',
    fix: 'Give connections and statements a time-out, a little above what the slowest of them may take.',
    bad: [example('Waits for as long as it takes.', '')],
    good: [example('Gives up after five seconds.', '  connectTimeoutMS: 5000,\n')],
    references: [
      {
        title: 'PostgreSQL: statement_timeout, lock_timeout',
        url: 'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT',
      },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    for (const source of file.dataSources) {
      const { timeoutMs, dialect, at } = source;
      if (timeoutMs === null && dialect !== 'sqlite')
        report({
          message: 'This connection states no time-out',
          at,
          table: null,
          evidence: [],
          fixes: setConnection(source, 'timeout', context.dialect),
        });
    }
  },
};
