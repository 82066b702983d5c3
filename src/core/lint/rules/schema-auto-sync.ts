import { isForDevelopment } from '../developmentSettings.ts';
import { setConnection } from '../fixes/setConnection.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const example = (note: string, options: string): RuleExample => ({
  files: {
    'data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
${options}});
`,
  },
  dialect: 'postgresql',
  note,
});

export const schemaAutoSync: FileRule = {
  id: 'schema-auto-sync',
  code: 'CFG001',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a connection that changes or drops the schema by itself when the application starts.',
    why:
      'Every start alters the tables to match the classes, without a review and without a way back: a renamed property drops its column ' +
      'with all values, and two instances that start together alter the same table.',
    fix: 'Switch it off and change the schema by migrations. For development and tests, switch it on by the environment: `synchronize: process.env.NODE_ENV === "test"`.',
    bad: [
      example('Tables follow the classes at every start.', '  synchronize: true,\n'),
      example('Every start begins with an empty database.', '  dropSchema: true,\n'),
    ],
    good: [
      example('Migrations change the schema.', '  synchronize: false,\n  migrationsRun: true,\n'),
      example('Only where the environment says so.', "  synchronize: process.env['NODE_ENV'] === 'test',\n"),
    ],
    references: [
      { title: 'TypeORM: data source options', url: 'https://typeorm.io/docs/data-source/data-source-options' },
    ],
  },
  check(file, context, report) {
    // The database of a test is made for it, and that of a developer by him.
    if (file.purpose === 'test' || isForDevelopment(file.file)) return;
    for (const source of file.dataSources) {
      const { synchronize, onlyCreates, onlyAdds, dropSchema, at, dialect } = source;
      if (synchronize !== true && dropSchema !== true) continue;
      const option = dropSchema === true ? 'dropSchema' : 'synchronize';
      report({
        message:
          dropSchema === true
            ? 'Every start drops all tables of this connection (dropSchema)'
            : onlyCreates
              ? 'Every start makes the tables that are missing, past all migrations; those that are there do not follow their classes'
              : onlyAdds
                ? 'Every start adds the tables and columns that are missing, past all migrations; renamed and dropped ones stay, and so do types'
                : 'Every start alters the tables to match the classes (synchronize), which can drop columns with their values',
        at,
        table: null,
        severity: dropSchema === true ? 'error' : dialect === 'mongodb' || onlyCreates ? 'info' : 'warning',
        evidence: [{ message: `${option} is on, whatever the environment.`, at }],
        fixes: setConnection(source, option, context.dialect),
      });
    }
  },
};
