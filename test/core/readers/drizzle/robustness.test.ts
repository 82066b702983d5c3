import assert from 'node:assert/strict';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { loadSyntax } from '../typeorm/read.ts';
import { fixtureFolders, sourcesIn } from './kit.ts';
import { readDrizzle } from './read.ts';

const service = `
import { and, desc, eq, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
const schema = pgTable('people', { id: integer().primaryKey(), first: text(), last: text() });
const events = pgTable('events', { person: integer().references(() => schema.id) });
export async function run(db: Database, q: string, ids: number[]) {
  const where = and(eq(schema.last, q), sql\`lower(\${schema.first}) = \${q}\`);
  const rows = await db.select({ id: schema.id }).from(schema).leftJoin(events, eq(events.person, schema.id)).where(where).orderBy(desc(schema.id)).limit(10);
  await db.transaction(async (tx) => {
    for (const row of rows) await tx.update(schema).set({ first: q }).where(eq(schema.id, row.id));
    await tx.query.people.findMany({ where: (p, { eq }) => eq(p.id, 1), with: { events: { with: { person: true } } } });
  });
  return db.execute(sql\`select * from \${schema} where id in \${ids}\`);
}
`;

describe('Drizzle reader on broken input', function () {
  this.timeout(1_800_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  /** Milliseconds that no files of this size may take, however broken. */
  const limit = 5000;
  const projects: readonly Readonly<Record<string, string>>[] = [
    ...(['postgresql', 'sqlite', 'mysql'] as const).flatMap((dialect) =>
      fixtureFolders(dialect).map(({ folder }) => sourcesIn(folder)),
    ),
    { 'service.ts': service },
  ];
  const files = projects.flatMap((project) => Object.keys(project).map((path) => ({ project, path })));

  function read(project: Readonly<Record<string, string>>, path: string, text: string): LinkResult {
    const started = performance.now();
    const result = readDrizzle({ ...project, [path]: text }, syntax);
    assert.ok(performance.now() - started < limit, `${path} took too long:\n${text.slice(0, 400)}`);
    assert.ok(result.tables.every(({ name, at }) => name !== '' && at.line > 0));
    return result;
  }

  it('reads and links every fixture cut at every token', () => {
    let cuts = 0;
    let tables = 0;
    for (const [index, { project, path }] of files.entries()) {
      // The whole project is linked for some files; for the others the file alone says enough.
      const around = index % 6 === 0 ? project : {};
      for (const text of cutsOf(project[path] ?? '')) {
        tables += read(around, path, text).tables.length;
        cuts++;
      }
    }
    assert.ok(cuts > 2000 && tables > cuts / 2, `${cuts} cuts, ${tables} tables`);
    console.log(`      ${cuts} cuts of ${files.length} files, ${tables} tables read`);
  });

  it('reads and links seeded mutations', () => {
    const random = seeded(17);
    let tables = 0;
    let queries = 0;
    for (let count = 0; count < mutationCount; count++) {
      const { project, path } = random.pick(files);
      const result = read(project, path, mutated(project[path] ?? '', random, 1 + random.below(4)));
      tables += result.tables.length;
      queries += result.files.flatMap((file) => file.queries).length;
    }
    assert.ok(tables > mutationCount && queries > 0, `${tables} tables, ${queries} queries`);
    console.log(`      ${mutationCount} mutations, ${tables} tables and ${queries} queries read`);
  });

  it('is bounded on deep nesting and on tables that lead to each other', () => {
    const pg = `import { integer, pgTable, pgTableCreator } from 'drizzle-orm/pg-core';\n`;
    const deep = `${pg}export const a = pgTable('a', { x: integer()${'.notNull()'.repeat(3000)} });\nexport const b = pgTable('b', ${'('.repeat(3000)}`;
    assert.ok(read({}, 'a.ts', deep).tables.length <= 2);
    const circle = `${pg}export const a = pgTable('a', { ...b, x: integer().references(() => a.x) });\nexport const b = { ...c };\nexport const c = { ...b, ...a };\nexport const f = () => f();\nexport const d = pgTable(f(), f);\nexport const e = pgTableCreator(() => e)('e', {});`;
    assert.deepEqual(
      read({}, 'a.ts', circle).tables.map(({ name }) => name),
      ['a', 'e'],
    );
  });

  it('yields the same tables whatever the order of the files', () => {
    for (const project of projects) {
      const reversed = Object.fromEntries(Object.entries(project).toReversed());
      assert.deepEqual(readDrizzle(reversed, syntax).tables, readDrizzle(project, syntax).tables);
    }
  });
});
