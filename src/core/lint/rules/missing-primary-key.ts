import type { RuleExample, SchemaRule } from '../rule.ts';
import type { Schema, Table } from '../../schema/model.ts';

export const missingPrimaryKey: SchemaRule = {
  id: 'missing-primary-key',
  code: 'SCH001',
  severity: 'warning',
  on: 'schema',
  docs: {
    what: 'Reports a table that has no primary key. Views, join tables and document collections are exempt.',
    why:
      'Without a primary key nothing tells two equal rows apart: a row cannot be updated or deleted on its own, no foreign key can refer to it, ' +
      'and logical replication, change capture and most ORMs refuse the table or treat it as read-only.',
    fix:
      'Add a generated key column, or make a unique, never-null combination of the columns that are there the primary key. ' +
      'On a table with rows this is a migration of its own: the key must be filled before it can be declared.',
    bad: [
      example("@Entity('audit_log')\nexport class AuditLog {\n  @Column()\n  message: string;\n}\n", 'Column, Entity'),
    ],
    good: [
      example(
        "@Entity('audit_log')\nexport class AuditLog {\n  @PrimaryGeneratedColumn()\n  id: number;\n\n  @Column()\n  message: string;\n}\n",
        'Column, Entity, PrimaryGeneratedColumn',
      ),
      example(
        "@ViewEntity({ expression: 'SELECT 1 AS one' })\nexport class One {\n  @ViewColumn()\n  one: number;\n}\n",
        'ViewColumn, ViewEntity',
      ),
    ],
    references: [
      {
        title: 'PostgreSQL: primary keys',
        url: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-PRIMARY-KEYS',
      },
      {
        title: 'PostgreSQL: replica identity in logical replication',
        url: 'https://www.postgresql.org/docs/current/logical-replication-publication.html#LOGICAL-REPLICATION-PUBLICATION-REPLICA-IDENTITY',
      },
    ],
  },
  check(table, context, report) {
    if (table.kind !== 'table' || table.primaryKey.length > 0 || table.columns.length === 0) return;
    if (isPureJoinTable(table)) return;
    const candidate = notNullUnique(table);
    const { without, all } = tablesWithoutKey(context.schema);
    const systematic = all >= 4 && without * 2 > all;
    const unread = context.schema.problems.filter(({ at }) => at?.file === table.at.file);
    report({
      message: `Table ${table.name} has no primary key: its rows cannot be told apart, updated one by one or referred to`,
      at: table.at,
      table: table.name,
      // The key may stand in what could not be read: a part of the file, or a decorator of the project's own on a common base.
      severity: table.managed && unread.length === 0 && !systematic ? 'warning' : 'info',
      evidence: [
        ...(candidate
          ? [
              {
                message: `The unique constraint (${candidate.columns.join(', ')}) admits no NULL and could be the key.`,
                at: candidate.at,
              },
            ]
          : []),
        ...(systematic
          ? [
              {
                message: `${without} of ${all} tables of the project have none; perhaps their keys are declared in a way that is not read, such as a decorator of the project's own.`,
                at: null,
              },
            ]
          : []),
        ...unread.map(({ message, at }) => ({ message: `The file was not read wholly: ${message}`, at })),
      ],
      fixes: [],
    });
  },
};

const counts = new WeakMap<Schema, { readonly without: number; readonly all: number }>();

function tablesWithoutKey(schema: Schema): { readonly without: number; readonly all: number } {
  let found = counts.get(schema);
  if (!found) {
    const tables = schema.tables.filter(({ kind }) => kind === 'table');
    found = { without: tables.filter(({ primaryKey }) => primaryKey.length === 0).length, all: tables.length };
    counts.set(schema, found);
  }
  return found;
}

/** Nothing but foreign keys to two or more rows: the pair identifies the row, and nothing refers to it. */
function isPureJoinTable(table: Table): boolean {
  const keyColumns = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return table.foreignKeys.length >= 2 && table.columns.every(({ name }) => keyColumns.has(name));
}

function notNullUnique(table: Table): { readonly columns: readonly string[]; readonly at: Table['at'] } | undefined {
  const required = new Set(table.columns.filter(({ nullable }) => !nullable).map(({ name }) => name));
  return [
    ...table.uniques,
    ...table.indexes.filter(({ unique, where, expression }) => unique && where === null && expression === null),
  ].find(({ columns }) => columns.length > 0 && columns.every((column) => required.has(column)));
}

function example(body: string, imports: string): RuleExample {
  return { files: { 'audit.entity.ts': `import { ${imports} } from 'typeorm';\n\n${body}` }, dialect: 'postgresql' };
}
