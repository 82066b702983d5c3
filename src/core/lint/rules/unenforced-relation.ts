import type { ForeignKey, Table } from '../../schema/model.ts';
import type { Report, RuleExample, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';
import { columnList } from '../wording.ts';

const drizzle = (note: string, column: string): RuleExample => ({
  files: {
    'package.json': '{ "dependencies": { "drizzle-orm": "^0.44.0", "pg": "^8.0.0" } }',
    'src/schema.ts': `import { relations } from 'drizzle-orm';
import { integer, pgTable, serial, varchar } from 'drizzle-orm/pg-core';

export const authors = pgTable('authors', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 80 }).notNull(),
});

export const posts = pgTable('posts', {
  id: serial('id').primaryKey(),
  authorId: ${column},
});

export const postsRelations = relations(posts, ({ one }) => ({
  author: one(authors, { fields: [posts.authorId], references: [authors.id] }),
}));
`,
  },
  dialect: 'postgresql',
  note,
});

export const unenforcedRelation: TableRule = {
  id: 'unenforced-relation',
  code: 'SCH004',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports a relation that the ORM knows of and the database does not: nothing asks for its foreign key. A project that leaves out most of them (PlanetScale, Vitess) does so on purpose.',
    why:
      'Such a relation serves queries only. Rows can refer to what is not there, or no longer there, and nobody is told; ' +
      'each writer, scripts and consoles included, has to keep the rule by itself.',
    fix: 'State the reference on the column too, so that migrations create the constraint. Where there is none on purpose (partitioned tables, references to several tables), say so where the ORM lets you, or suppress the finding and say why.',
    bad: [drizzle('`relations()` creates no constraint.', "integer('author_id').notNull()")],
    good: [
      drizzle('The column says what it refers to.', "integer('author_id').notNull().references(() => authors.id)"),
    ],
    references: [
      { title: 'Drizzle: relations and foreign keys', url: 'https://orm.drizzle.team/docs/relations-v1#foreign-keys' },
      {
        title: 'PostgreSQL: foreign keys',
        url: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
      },
    ],
  },
  check: onTable((table, context) =>
    table.foreignKeys.flatMap((key): readonly Report[] => {
      if (key.implied !== true || table.kind !== 'table' || context.leavesRelations()) return [];
      const target = context.table(key.references.table, key.references.namespace);
      if (!target || target.kind === 'view' || target.kind === 'materialized-view' || !target.managed) return [];
      if (isOtherSide(table, key, target)) return [];
      // One column for several kinds of row: a constraint can name but one table.
      const several = table.foreignKeys.filter(
        (other) => other.columns.join() === key.columns.join() && other.references.table !== key.references.table,
      );
      const [only, ...others] = key.columns;
      const typed =
        only !== undefined &&
        others.length === 0 &&
        hasType(
          table.columns.map(({ name }) => name),
          only,
        );
      if (several.length > 0 || typed) return [];
      return [
        {
          message: `Nothing in the database keeps ${table.name}.${columnList(key.columns)} to rows of ${key.references.table}: the relation has no foreign key`,
          at: key.at,
          table: table.name,
          evidence: [
            { message: `The relation to ${key.references.table} is stated here.`, at: key.at },
            ...table.columns
              .filter(({ name }) => key.columns.includes(name))
              .map(({ name, at }) => ({ message: `${table.name}.${name} states no reference.`, at })),
          ],
          fixes: [],
        },
      ];
    }),
  ),
};

/** `authors.id` to `profiles.author_id`: the key stands there, and an author need not have a profile. */
function isOtherSide(table: Table, { columns, references }: ForeignKey, target: Table): boolean {
  const [own, there] = [columns.join(), references.columns.join()];
  return (
    own === table.primaryKey.join() &&
    (there !== target.primaryKey.join() ||
      target.foreignKeys.some((back) => back.references.table === table.name && back.columns.join() === there))
  );
}

/** `subject_id` beside `subject_type`. */
function hasType(names: readonly string[], column: string): boolean {
  const stem = column.replace(/_?id$/iu, '').toLowerCase();
  const kinds = ['type', 'kind', 'table', 'model'].flatMap((kind) => [`${stem}_${kind}`, `${stem}${kind}`]);
  return stem !== '' && names.some((name) => kinds.includes(name.toLowerCase()));
}
