/** Migrations of EF Core and FluentMigrator, neither of which runs here: what they build is written by hand from their documentation, as SQL that PGlite executes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { efcoreMigrationsReader } from '../../../src/core/readers/efcore-migrations/reader.ts';
import { fluentMigratorReader } from '../../../src/core/readers/fluentmigrator/reader.ts';
import type { Reader } from '../../../src/core/readers/reader.ts';
import { loadCSharp, sourcesIn } from '../../core/readers/efcore/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

interface Stated {
  readonly name: string;
  readonly kind: Case['kind'];
  readonly sources: string;
  readonly expected: string;
}

function dotnetOracle<Mappings>(orm: string, reader: Reader<Mappings>, stated: readonly Stated[]): Oracle {
  return {
    orm,
    unavailable: () => Promise.resolve(null),
    async cases() {
      const syntax = await loadCSharp();
      const database = await openPostgresql();
      try {
        const cases: Case[] = [];
        for (const { name, kind, sources, expected } of stated) {
          const texts = new Map(
            Object.entries(sourcesIn(join(fixtures, sources))).map(([path, text]) => [`Migrations/${path}`, text]),
          );
          const { tables, enums, problems } = readTexts(reader, texts, syntax).link({
            dialect: 'postgresql',
            source: 'migrations',
          });
          const [problem] = problems;
          if (problem) throw new Error(`${problem.at?.file ?? ''}:${problem.at?.line ?? 0}: ${problem.message}`);
          const { described } = await database.read(readFileSync(join(fixtures, expected), 'utf8'));
          cases.push({
            name,
            kind,
            source: `by hand from the documentation of ${orm}, executed on PGlite`,
            expected: described,
            actual: describeModel(tables, enums),
          });
        }
        return cases;
      } finally {
        await database.close();
      }
    },
  };
}

export const efcoreMigrationsOracle = dotnetOracle('EF Core (mig.)', efcoreMigrationsReader, [
  {
    name: 'domain',
    kind: 'domain',
    sources: 'domain/efcore-migrations',
    // Migrations build what their model says.
    expected: 'domain/efcore/expected.sql',
  },
  {
    name: 'changes, renames, schemas and SQL',
    kind: 'special',
    sources: 'migrations/efcore',
    expected: 'migrations/efcore/expected.sql',
  },
]);

export const fluentMigratorOracle = dotnetOracle('FluentMigrator', fluentMigratorReader, [
  {
    name: 'domain',
    kind: 'domain',
    sources: 'domain/fluentmigrator',
    expected: 'domain/fluentmigrator/expected.sql',
  },
  {
    name: 'changes, renames, schemas and helpers',
    kind: 'special',
    sources: 'migrations/fluentmigrator',
    expected: 'migrations/fluentmigrator/expected.sql',
  },
]);
