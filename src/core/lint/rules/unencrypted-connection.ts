import { isForDevelopment } from '../developmentSettings.ts';
import { setConnection } from '../fixes/setConnection.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const example = (note: string, options: string): RuleExample => ({
  files: {
    'data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
  host: 'db.example.com',
${options}});
`,
  },
  dialect: 'postgresql',
  note,
});

export const unencryptedConnection: FileRule = {
  id: 'unencrypted-connection',
  code: 'CFG003',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports a connection to the database that is told not to use TLS, whatever the environment.',
    why: 'Names, passwords and all data cross the network in the clear. PCI DSS (4.2.1), HIPAA (164.312(e)) and most contracts forbid that outside of one machine.',
    fix: 'Switch TLS on and check the server’s certificate; leave it off by the environment where the database runs on the same machine.',
    bad: [example('In the clear, everywhere.', '  ssl: false,\n')],
    good: [
      example('With TLS.', '  ssl: { rejectUnauthorized: true },\n'),
      example('Only where the environment says so.', "  ssl: process.env['DATABASE_TLS'] !== 'off',\n"),
    ],
    references: [{ title: 'PostgreSQL: SSL support', url: 'https://www.postgresql.org/docs/current/libpq-ssl.html' }],
  },
  check(file, context, report) {
    // Nothing of anybody crosses a network between a developer and the database beside him.
    if (file.purpose !== 'application' || isForDevelopment(file.file)) return;
    for (const source of file.dataSources) {
      const { tls, dialect, local, at } = source;
      if (tls === false && local !== true && dialect !== 'sqlite')
        report({
          message: 'This connection does not use TLS, whatever the environment',
          at,
          table: null,
          evidence: [{ message: 'It is switched off by a literal value.', at }],
          fixes: setConnection(source, 'tls', context.dialect),
        });
    }
  },
};
