/**
 * What the rules say of keys and indexes, against what PostgreSQL's own catalogue says once the same schema is created: queries with
 * the semantics of splinter's lints 0001 (unindexed foreign keys), 0004 (no primary key) and 0009 (duplicate index). Where the
 * rules differ on purpose the query does too: a foreign key's columns may lead an index in any order, a condition that only
 * leaves out NULLs does not count, an index is redundant as a prefix of another as well, and what only joins two tables needs no key.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { diffSchemas } from '../../../src/core/diff/diff.ts';
import { printPostgresql } from '../../../src/core/dialects/postgresql/ddl.ts';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { findRule } from '../../../src/core/lint/registry.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';
import type { Index, Table, Unique } from '../../../src/core/schema/model.ts';
import { analyzeFiles } from '../../support/analyze.ts';
import { seeded } from '../../support/random.ts';
import type { Random } from '../../support/random.ts';
import { aColumn, aForeignKey, anIndex, aTable, aUnique } from '../../support/tables.ts';

const names = ['a', 'b', 'c'] as const;

/** Tables with keys, constraints and indexes over few columns, so that they often overlap. */
function randomTables(random: Random): readonly Table[] {
  const tables: Table[] = [];
  for (let number = 0; number < 6; number++) {
    const name = `t${number}`;
    const compositeKey = random.chance(0.3);
    const primaryKey = random.chance(0.2) && number > 0 ? [] : compositeKey ? ['k', 'l'] : ['k'];
    const targets = tables.filter((table) => table.primaryKey.length > 0);
    const columns = [
      ...['k', 'l'].map((column) => aColumn(column)),
      ...names.map((column) => aColumn(column, { nullable: true })),
    ];
    const foreignKeys = targets
      .filter(() => random.chance(0.5))
      .slice(0, 2)
      .map((target, place) => {
        const from = target.primaryKey.map((_, at) => names[(place + at) % names.length] ?? 'a');
        return aForeignKey(from, target.name, {
          name: `${name}_fk${place}`,
          references: { table: target.name, namespace: null, columns: target.primaryKey },
        });
      });
    const some = (): readonly string[] => {
      const rest: string[] = [...names, ...(random.chance(0.2) ? ['k'] : [])];
      return Array.from({ length: 1 + random.below(3) }, () => rest.splice(random.below(rest.length), 1)[0] ?? 'a');
    };
    const uniques: Unique[] = Array.from({ length: random.below(2) }, (_, at) =>
      aUnique(some(), { name: `${name}_u${at}` }),
    );
    const indexes: Index[] = Array.from({ length: random.below(4) }, (_, at) =>
      anIndex(some(), {
        name: `${name}_i${at}`,
        unique: random.chance(0.2),
        where: random.chance(0.2) ? random.pick(['a > 0', 'b IS NOT NULL']) : null,
      }),
    );
    tables.push(aTable(name, { columns, primaryKey, foreignKeys, uniques, indexes }));
  }
  return tables;
}

/** Names of a table's columns in the order of an array of their numbers. */
const columnsOf = (numbers: string, relation: string): string =>
  `(SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(${numbers}) WITH ORDINALITY k(number, place) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number)`;

const queries: Readonly<Record<string, string>> = {
  'missing-foreign-key-index': `
    SELECT DISTINCT c.conrelid::regclass || ' ' || ${columnsOf('c.conkey', 'c.conrelid')} AS line
      FROM pg_constraint c
     WHERE c.contype = 'f' AND NOT EXISTS (
       SELECT FROM pg_index i
        WHERE i.indrelid = c.conrelid AND i.indisvalid
          AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = '(b IS NOT NULL)' AND ${columnsOf('c.conkey', 'c.conrelid')} ~ '\\mb\\M')
          AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`,
  'missing-primary-key': `
    SELECT c.oid::regclass::text AS line
      FROM pg_class c
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p')
       AND EXISTS (
         SELECT FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT EXISTS (
            SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey)))`,
  'redundant-index': `
    SELECT i.indrelid::regclass || ' ' || ${columnsOf('i.indkey::int2[]', 'i.indrelid')} AS line
      FROM pg_index i
     WHERE NOT i.indisunique AND i.indrelid::regclass::text ~ '^t' AND EXISTS (
       SELECT FROM pg_index j
        WHERE j.indrelid = i.indrelid AND j.indexrelid <> i.indexrelid
          AND (j.indkey::int2[])[0:i.indnkeyatts - 1] = (i.indkey::int2[])[0:i.indnkeyatts - 1]
          AND pg_get_expr(j.indpred, j.indrelid) IS NOT DISTINCT FROM pg_get_expr(i.indpred, i.indrelid)
          AND (j.indnkeyatts > i.indnkeyatts OR j.indisunique OR j.indexrelid < i.indexrelid))`,
};

/** The same lines from what the rule reports. */
function reported(rule: string, tables: readonly Table[]): readonly string[] {
  const found = findRule(rule);
  assert.ok(found);
  const { profile } = readProfile([], []);
  const project = {
    root: '',
    dialect: 'postgresql' as const,
    profile,
    schema: { tables: placed(tables), enums: [], code: { files: [] }, problems: [] },
    settings: { rules: {}, suppressions: [] },
  };
  return lintProject(project, {}, [found]).map(({ message, table }) => {
    const columns = /^(?:Foreign key|Index) \(?([\w, ]+?)\)? (?:→|is)/u.exec(message)?.[1]?.replaceAll(' ', '');
    return columns === undefined ? `${table}` : `${table} ${columns}`;
  });
}

/** Every element at a place of its own: findings at one place with one message are one finding. */
function placed(tables: readonly Table[]): readonly Table[] {
  let line = 0;
  const at = () => ({ file: 'schema.ts', line: ++line, column: 1, endLine: line, endColumn: 2 });
  return tables.map((table) => ({
    ...table,
    at: at(),
    foreignKeys: table.foreignKeys.map((key) => ({ ...key, at: at() })),
    indexes: table.indexes.map((index) => ({ ...index, at: at() })),
  }));
}

describe('rules against the catalogue of PostgreSQL', () => {
  const rounds = 30;
  /** Per schema what each query finds. */
  const found: { readonly tables: readonly Table[]; readonly lines: Readonly<Record<string, readonly string[]>> }[] =
    [];

  before(async function () {
    this.timeout(180_000);
    const database = await PGlite.create();
    const empty = { tables: [], enums: [] };
    for (let seed = 1; seed <= rounds; seed++) {
      const tables = randomTables(seeded(seed));
      const schema = { tables, enums: [] };
      await database.exec('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public');
      for (const { sql } of printPostgresql(diffSchemas(empty, schema), { from: empty, to: schema }))
        await database.exec(sql);
      const lines: Record<string, readonly string[]> = {};
      for (const [rule, query] of Object.entries(queries))
        lines[rule] = (await database.query<{ line: string }>(query)).rows.map(({ line }) => line).sort();
      found.push({ tables, lines });
    }
    await database.close();
  });

  for (const rule of Object.keys(queries))
    it(`${rule} agrees on ${rounds} schemas`, () => {
      for (const [at, { tables, lines }] of found.entries())
        assert.deepEqual([...reported(rule, tables)].sort(), lines[rule], `seed ${at + 1}`);
      // Schemas in which nothing is wrong would prove nothing.
      const findings = found.flatMap(({ lines }) => lines[rule] ?? []).length;
      assert.ok(findings >= rounds / 2, `${findings} findings`);
    });
});

/** Entities of several ORMs as their users write them: the files of the corpus that declare tables. */
const written = {
  jpa: ['Clinic/Patient.java', 'Clinic/Account.java', 'Orders/Entities.java'],
  efcore: ['Shop.cs', 'missing-foreign-key-index.cs'],
  sqlalchemy: ['fleet.py', 'mismatched-key-type.py'],
  django: ['museum.py'],
  sequelize: ['orchard.ts', 'yard.ts'],
  'mikro-orm': ['schema.ts'],
  peewee: ['schema.py'],
  tortoise: ['schema.py'],
} as const;
const corpus = new URL('../../lint/corpus/', import.meta.url);

describe('rules on entities of several ORMs against the catalogue of PostgreSQL', function () {
  this.timeout(180_000);
  let database: PGlite;
  before(async () => {
    database = await PGlite.create();
  });
  after(() => database.close());

  for (const [orm, files] of Object.entries(written))
    it(`agree for ${orm}`, async () => {
      // What the class of a library has as its key the database cannot be told.
      const all = (await tablesOf(orm, files)).filter(({ keyUnread }) => keyUnread !== true);
      const isThere = (name: string): boolean => all.some((table) => table.name === name);
      const tables = all.map((table) => ({
        ...table,
        // Types and values are of no account here, and not all that the engine would want is there (functions, extensions).
        columns: table.columns.map((column) => ({
          ...column,
          type: 'int32',
          rawType: 'integer',
          default: null,
          generated: null,
          enum: null,
          array: false,
          length: null,
          precision: null,
          scale: null,
        })),
        checks: [],
        namespace: null,
        // Methods other than that of a tree, and Django's indexes for patterns, need classes of their own and serve neither rule.
        indexes: table.indexes.filter(
          ({ name, method, expression, where }) =>
            method === null && expression === null && where === null && !name?.endsWith('_like'),
        ),
        foreignKeys: table.foreignKeys.filter(({ enforced, references }) => enforced && isThere(references.table)),
      })) as readonly Table[];
      assert.ok(tables.length >= 4, `${tables.length} tables`);
      const schema = { tables, enums: [] };
      const empty = { tables: [], enums: [] };
      await database.exec('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public');
      for (const { sql } of printPostgresql(diffSchemas(empty, schema), { from: empty, to: schema }))
        await database.exec(sql);
      let findings = 0;
      for (const [rule, query] of Object.entries(queries)) {
        const sql = query.replace("AND i.indrelid::regclass::text ~ '^t'", "AND i.indrelid::regclass::text !~ '^pg_'");
        // What the ORM makes by itself is not the author's to remove.
        const own = tables.flatMap(({ name, indexes }) =>
          indexes.filter(({ origin }) => origin === 'orm').map(({ columns }) => `${name} ${columns.join(',')}`),
        );
        const lines = (await database.query<{ line: string }>(sql)).rows
          .map(({ line }) => line.replaceAll('"', ''))
          .filter((line) => rule !== 'redundant-index' || !own.includes(line));
        assert.deepEqual([...reported(rule, tables)].sort(), lines.sort(), rule);
        findings += lines.length;
      }
      assert.ok(findings > 0, 'nothing is wrong with them, which proves nothing');
    });
});

async function tablesOf(orm: string, files: readonly string[]): Promise<readonly Table[]> {
  const texts = Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(new URL(`${orm}/${file}`, corpus), 'utf8');
      return [/^(?:\/\/|#) at: (\S+)$/mu.exec(text)?.[1] ?? `src/${file}`, text] as const;
    }),
  );
  const folder = new URL(`${orm}/model/`, corpus);
  const shared = Object.fromEntries(
    readdirSync(folder).map((file) => [
      /\.(?:xml|txt|json|csproj)$/u.test(file) ? file : `src/model/${file}`,
      readFileSync(new URL(file, folder), 'utf8'),
    ]),
  );
  const { schema } = await analyzeFiles({ ...shared, ...texts }, 'postgresql');
  return schema.tables.filter(({ kind }) => kind === 'table' || kind === 'join-table');
}
