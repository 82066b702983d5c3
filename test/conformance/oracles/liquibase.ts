/** Liquibase cannot be asked here: what it builds is written by hand from its documentation, and executed on PGlite. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { liquibaseReader } from '../../../src/core/readers/liquibase/reader.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Oracle } from '../oracle.ts';
import { migrationFixtures } from './scriptedMigrations.ts';

const folder = join(migrationFixtures, 'liquibase');

export function changeLogs(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(?:xml|yaml|sql)$/.test(name) && name !== 'expected.sql')
      .sort()
      .map((name) => [`changelog/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
}

export const liquibaseOracle: Oracle = {
  orm: 'Liquibase',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const { tables, enums } = readTexts(liquibaseReader, changeLogs(), await loadSyntax()).link({
      dialect: 'postgresql',
      source: 'migrations',
    });
    const database = await openPostgresql();
    try {
      return [
        {
          name: 'xml, yaml and formatted sql on postgresql',
          kind: 'special',
          source: 'by hand from the documentation, executed on PGlite',
          expected: (await database.read(readFileSync(join(folder, 'expected.sql'), 'utf8'))).described,
          actual: describeModel(tables, enums),
        },
      ];
    } finally {
      await database.close();
    }
  },
};
