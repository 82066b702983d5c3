import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { openPostgresql } from '../../../conformance/catalogues/postgresql.ts';
import type { CatalogueColumn, PostgresqlDatabase } from '../../../conformance/catalogues/postgresql.ts';
import { readSqlite } from '../../../conformance/catalogues/sqlite.ts';
import { describeModel } from '../../../conformance/described.ts';
import type { Described } from '../../../conformance/described.ts';
import {
  describeDeclared,
  describeScript,
  describeSqlite,
  fixtureFolders,
  schemaFiles,
} from '../../../conformance/oracles/prisma.ts';
import { facets, nameDifferences, score } from '../../../conformance/score.ts';
import { canonicalDefault, canonicalType } from '../../../../src/core/dialects/types.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import { aColumn } from '../../../support/tables.ts';
import { readPrisma } from './read.ts';
import { migrationScript } from './schemaEngine.ts';
import { describeParsed, parsedByPrisma } from './schemaParser.ts';

const domain = fileURLToPath(new URL('../../../conformance/fixtures/domain/prisma', import.meta.url));

function assertSame(expected: Described, actual: Described): void {
  const scores = score(expected, actual);
  assert.ok(scores.columns.expected > 0, 'the oracle knows of no column');
  assert.deepEqual(
    facets.flatMap((facet) => scores[facet].differences.map((line) => `${facet}: ${line}`)),
    [],
  );
}

/** Type with sizes and default of each column, in the engine's own spelling. */
function shapes(columns: readonly CatalogueColumn[]): readonly string[] {
  return columns
    .map(({ table, name, format, default: initial }) => {
      const array = format.endsWith('[]');
      const rawType = format.replace(/\[\]$/, '').replace(/^(?:\w+\.)?"|"$/g, '');
      const increments = initial?.startsWith('nextval(') === true;
      const column = aColumn(name, { rawType, array, default: increments ? null : initial, type: 'unknown' });
      return `${table}.${name} ${canonicalType('postgresql', column)} = ${increments ? 'increment' : text(canonicalDefault('postgresql', column))}`;
    })
    .sort();
}

function ownShapes(tables: readonly Table[]): readonly string[] {
  return tables
    .filter(({ kind }) => kind !== 'view')
    .flatMap((table) =>
      table.columns.map((column) => {
        // The catalogue spells an enum by its name.
        const typed = { ...column, rawType: column.enum ?? column.rawType, enum: null, type: 'unknown' as const };
        const initial =
          column.generated?.kind === 'increment'
            ? 'increment'
            : text(canonicalDefault('postgresql', { ...typed, generated: null }));
        const name = table.namespace === null ? table.name : `${table.namespace}.${table.name}`;
        return `${name}.${column.name} ${canonicalType('postgresql', typed)} = ${initial}`;
      }),
    )
    .sort();
}

/** Casts and brackets that the server adds when it keeps an expression say nothing new. */
function text(initial: string | null): string {
  return (
    (initial ?? 'none')
      .replace(/::[a-z_ ]+(?:\(\d+\))?(?:\[\])?/gi, '')
      .replace(/^\((.*)\)$/, '$1')
      .replace(/^array\[(.*)\]$/i, (_, items: string) => `{${items}}`)
      .replace(/^'\{(.*)\}'$/, (_, items: string) => `{${items}}`)
      .replaceAll("'", '')
      // A time without zone drops it.
      .replace(/ \+00:00$/, '')
      .replace(/,\s+/g, ',')
      .replace(/^(-?\d+)\.0*$/, '$1')
  );
}

describe('Prisma reader against Prisma', function () {
  this.timeout(60_000);
  let database: PostgresqlDatabase;
  before(async () => {
    database = await openPostgresql();
  });
  after(() => database.close());

  for (const { name, folder } of [{ name: 'domain', folder: domain }, ...fixtureFolders('postgresql')]) {
    it(`${name}: what PostgreSQL holds after the migration that Prisma writes`, async () => {
      const files = schemaFiles(folder);
      const { described, columns } = await database.read(await migrationScript(files));
      const { tables, enums, problems } = readPrisma(files);
      assertSame(described, describeModel(tables, enums));
      assert.deepEqual(nameDifferences(described, describeModel(tables, enums)), []);
      assert.deepEqual(ownShapes(tables), shapes(columns));
      assert.deepEqual(problems, []);
    });
  }

  for (const { name, folder } of fixtureFolders('sqlite')) {
    it(`${name}: what SQLite holds after the migration that Prisma writes`, async () => {
      const files = schemaFiles(folder);
      assertSame(readSqlite(await migrationScript(files)), describeSqlite(readPrisma(files)));
    });
  }

  for (const { name, folder } of fixtureFolders('cockroachdb')) {
    it(`${name}: the script that Prisma writes`, async () => {
      const files = schemaFiles(folder);
      const { tables, enums } = readPrisma(files);
      const expected = describeScript(await migrationScript(files), 'cockroachdb');
      assertSame(expected, describeModel(tables, enums));
      assert.deepEqual(nameDifferences(expected, describeModel(tables, enums)), []);
    });
  }

  for (const provider of ['mysql', 'sqlserver', 'mongodb'] as const) {
    for (const { name, folder } of fixtureFolders(provider)) {
      it(`${name}: what Prisma's parser makes of the fields and keys`, () => {
        const files = schemaFiles(folder);
        assertSame(describeParsed(parsedByPrisma(files), provider), describeDeclared(readPrisma(files)));
      });
    }
  }

  it('finds a difference where there is one', async () => {
    const [first] = fixtureFolders('postgresql');
    assert.ok(first);
    const files = schemaFiles(first.folder);
    const { described } = await database.read(await migrationScript(files));
    const { tables, enums } = readPrisma(files.map(([path, file]) => [path, file.replace('Int ', 'Int? ')]));
    assert.throws(() => assertSame(described, describeModel(tables, enums)));
  });
});
