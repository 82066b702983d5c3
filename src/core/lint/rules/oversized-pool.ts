import { isForDevelopment } from '../developmentSettings.ts';
import type { Dialect } from '../../schema/model.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const example = (note: string, size: number): RuleExample => ({
  files: {
    'data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  poolSize: ${size},
});
`,
  },
  dialect: 'postgresql',
  note,
});

/** Connections that a server accepts as it is installed: https://www.postgresql.org/docs/current/runtime-config-connection.html, https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_connections */
const serverLimits: Partial<Record<Dialect, number>> = { postgresql: 100, mysql: 151, mariadb: 151 };

export const oversizedPool: FileRule = {
  id: 'oversized-pool',
  code: 'CFG002',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a connection pool that alone wants as many connections as a server accepts as it is installed.',
    why:
      'A second instance, a migration or an administrator gets no connection any more. And more connections than the server has cores and disks ' +
      'to serve make everything slower, because they wait for each other inside the server instead of in front of it.',
    fix: 'Begin with a few connections per core of the server, divided by the number of instances; put a pooler such as PgBouncer in front where many instances share a server.',
    bad: [example('All that PostgreSQL gives, and more, to one instance.', 200)],
    good: [example('What a server of four cores can work on.', 10)],
    references: [
      {
        title: 'HikariCP: about pool sizing',
        url: 'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing',
      },
    ],
  },
  check(file, context, report) {
    if (isForDevelopment(file.file)) return;
    for (const { poolSize, dialect, at } of file.dataSources) {
      const engine = dialect ?? context.dialect;
      const limit = engine === null ? undefined : serverLimits[engine];
      if (poolSize === null || limit === undefined || poolSize < limit) continue;
      report({
        message: `The pool takes up to ${poolSize} connections; a server accepts ${limit} in all as it is installed`,
        at,
        table: null,
        evidence: [{ message: `max_connections is ${limit} unless the server is configured otherwise.`, at: null }],
        fixes: [],
      });
    }
  },
};
