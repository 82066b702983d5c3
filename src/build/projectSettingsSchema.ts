/** JSON schema of `.data-engineer.json`: completion and checks in the editor. `readSettings` of core/workspace is what counts. */
import { rules } from '../core/lint/registry.ts';
import { defaultSetting } from '../core/lint/rule.ts';
import type { ProjectSettings } from '../core/workspace/snapshot.ts';
import { ruleSettingDescriptions } from '../host/contributions.ts';

type Json = Readonly<Record<string, unknown>>;

/** Label and id of the engines; the type keeps it in step with the model. */
const dialects: Readonly<Record<NonNullable<ProjectSettings['dialect']>, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  mssql: 'Microsoft SQL Server',
  oracle: 'Oracle Database',
  cockroachdb: 'CockroachDB',
  mongodb: 'MongoDB',
  cassandra: 'Apache Cassandra',
  spanner: 'Google Cloud Spanner',
  sap: 'SAP HANA',
};

const classifications: Readonly<Record<ProjectSettings['classification'][string], string>> = {
  pii: 'Personal data.',
  phi: 'Health data.',
  pan: 'Payment card data.',
  secret: 'Passwords, keys and tokens.',
  none: 'Not sensitive, whatever its name suggests.',
};

export function projectSettingsSchema(): Json {
  const levels = Object.keys(ruleSettingDescriptions);
  const level = { enum: levels, enumDescriptions: Object.values(ruleSettingDescriptions) };
  const properties: Readonly<Record<keyof ProjectSettings, Json>> = {
    dialect: {
      description:
        'Database engine that the rules judge for. Without it, it is taken from the data source and the manifests.',
      enum: [...Object.keys(dialects), null],
      enumDescriptions: [...Object.values(dialects), 'Find out'],
    },
    rules: {
      description: 'Severity per rule. Wins over the settings of the editor.',
      type: 'object',
      properties: Object.fromEntries(
        rules.flatMap((rule) => {
          const property = { ...level, default: defaultSetting(rule), description: `${rule.docs.what} (${rule.code})` };
          return [[rule.id, property]];
        }),
      ),
      // Codes stand for rules too; and the file may name rules of a newer version.
      additionalProperties: level,
    },
    exclude: {
      description: 'Globs relative to this file, in the syntax of .gitignore, of files that are not read.',
      type: 'array',
      items: { type: 'string' },
    },
    classification: {
      description: 'What the data of a column is, as "table.column": where the judgement by its name is wrong.',
      type: 'object',
      additionalProperties: {
        enum: Object.keys(classifications),
        enumDescriptions: Object.values(classifications),
      },
    },
    suppressions: {
      description: 'Findings that are accepted.',
      type: 'array',
      items: {
        type: 'object',
        required: ['rule'],
        additionalProperties: false,
        properties: {
          rule: {
            description: 'Id or code of the rule; * = all.',
            type: 'string',
            examples: rules.map(({ id }) => id),
          },
          table: { description: 'Table, or the entity it belongs to; without it, all tables.', type: 'string' },
          reason: { description: 'Why it is accepted.', type: 'string' },
        },
      },
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Data Engineer for one project',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...properties },
  };
}
