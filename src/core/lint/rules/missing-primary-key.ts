import { uniqueKeys } from '../findColumn.ts';
import { isOfLibrary } from '../tableRules.ts';
import { dialectOfFile } from '../dialectOfFile.ts';
import type { Report, RuleContext, RuleExample, SchemaRule } from '../rule.ts';
import type { Schema, Table } from '../../schema/model.ts';

export const missingPrimaryKey: SchemaRule = {
  id: 'missing-primary-key',
  code: 'SCH001',
  severity: 'warning',
  on: 'schema',
  docs: {
    what: 'Reports a table that has no primary key. Views, join tables, document collections, and tables of MySQL with a unique, never-null key are exempt.',
    why:
      'Without a primary key nothing tells two equal rows apart: a row cannot be updated or deleted on its own, no foreign key can refer to it, ' +
      'and logical replication, change capture and most ORMs refuse the table or treat it as read-only.',
    fix:
      'Add a generated key column, or make a unique, never-null combination of the columns that are there the primary key. ' +
      'On a table with rows this is a migration of its own: the key must be filled before it can be declared.',
    bad: [
      example(
        'No column is declared as the key.',
        "@Entity('audit_log')\nexport class AuditLog {\n  @Column()\n  message: string;\n}\n",
        'Column, Entity',
      ),
    ],
    good: [
      example(
        'A generated key.',
        "@Entity('audit_log')\nexport class AuditLog {\n  @PrimaryGeneratedColumn()\n  id: number;\n\n  @Column()\n  message: string;\n}\n",
        'Column, Entity, PrimaryGeneratedColumn',
      ),
      example(
        'A view holds no rows of its own.',
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
    if (table.keyUnread === true) return;
    if (isPureJoinTable(table) || isOfLibrary(table) || isListOfValues(table)) return;
    const keyless = keylessTables(context.schema);
    if (keyless.systematic) {
      if (keyless.tables[0] === table) report(onProject(table, keyless));
      return;
    }
    const candidate = notNullUnique(table);
    if (candidate && isTakenForKey(table, context)) return;
    const unread = context.schema.problems.filter(({ at }) => at?.file === table.at.file);
    report({
      message: candidate
        ? `Table ${table.name} has no primary key, though the unique (${candidate.columns.join(', ')}) could be it`
        : `Table ${table.name} has no primary key: its rows cannot be told apart, updated one by one or referred to`,
      at: table.at,
      table: table.name,
      // Part of the file could not be read, so the key may stand in what is missing.
      severity: table.managed && unread.length === 0 && !candidate ? 'warning' : 'info',
      evidence: [
        ...(candidate
          ? [
              {
                message: `The unique constraint (${candidate.columns.join(', ')}) admits no NULL and could be the key.`,
                at: candidate.at,
              },
            ]
          : []),
        ...unread.map(({ message, at }) => ({ message: `The file was not read wholly: ${message}`, at })),
      ],
      fixes: [],
    });
  },
};

/** Where most tables have no key, it is ours that is missing: one finding says so, instead of one per table. */
function onProject(table: Table, { tables, all }: KeylessTables): Report {
  return {
    message: `No primary key was found in ${tables.length} of ${all} tables: probably a decorator or base class of the project's own declares it, which is not read`,
    at: table.at,
    table: table.name,
    severity: 'info',
    evidence: tables.slice(0, shownTables).map(({ name, at }) => ({ message: `${name} has none.`, at })),
    fixes: [],
  };
}

/** Tables named as evidence; more say nothing new. */
const shownTables = 5;

interface KeylessTables {
  readonly tables: readonly Table[];
  readonly all: number;
  /** At least half a dozen, and more than half of all. */
  readonly systematic: boolean;
}

const found = new WeakMap<Schema, KeylessTables>();

function keylessTables(schema: Schema): KeylessTables {
  let keyless = found.get(schema);
  if (!keyless) {
    const candidates = schema.tables.filter(({ kind, columns }) => kind === 'table' && columns.length > 0);
    const tables = candidates.filter(
      (table) =>
        table.primaryKey.length === 0 && !isPureJoinTable(table) && !isOfLibrary(table) && !isListOfValues(table),
    );
    const all = candidates.length;
    found.set(schema, (keyless = { tables, all, systematic: tables.length >= 6 && tables.length * 2 > all }));
  }
  return keyless;
}

/** Values that JPA keeps for an entity (`@ElementCollection List<String>`): it deletes and writes all of them together, and asks for no key. */
function isListOfValues({ entity, at }: Table): boolean {
  return entity === null && /\.(?:java|kt)$/u.test(at.file);
}

/** Nothing but foreign keys to two or more rows: the pair identifies the row, and nothing refers to it. */
function isPureJoinTable(table: Table): boolean {
  const keyColumns = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return table.foreignKeys.length >= 2 && table.columns.every(({ name }) => keyColumns.has(name));
}

/** InnoDB stores the rows by it where no key is declared: nothing is gained by saying so. PostgreSQL takes it for a constraint alone. */
function isTakenForKey({ at }: Table, { dialect }: RuleContext): boolean {
  const engine = dialectOfFile(at.file, dialect);
  return engine === 'mysql' || engine === 'mariadb';
}

function notNullUnique(table: Table): { readonly columns: readonly string[]; readonly at: Table['at'] } | undefined {
  const required = new Set(table.columns.filter(({ nullable }) => !nullable).map(({ name }) => name));
  return uniqueKeys(table).find(({ columns }) => columns.length > 0 && columns.every((column) => required.has(column)));
}

function example(note: string, body: string, imports: string): RuleExample {
  return {
    files: { 'audit.entity.ts': `import { ${imports} } from 'typeorm';\n\n${body}` },
    dialect: 'postgresql',
    note,
  };
}
