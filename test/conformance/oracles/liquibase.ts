/**
 * Liquibase itself writes the SQL of the shop's change logs, in XML, YAML and SQL, which PGlite executes. What the special cases build rests on a schema that is there (preconditions),
 * which only a database could tell it: that is written by hand from its documentation.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { liquibaseReader } from '../../../src/core/readers/liquibase/reader.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import { changeLogScripts, javaUnavailable } from '../java.ts';
import type { Case, Oracle } from '../oracle.ts';
import { migrationFixtures } from './scriptedMigrations.ts';

const folder = join(migrationFixtures, 'liquibase');
const shop = fileURLToPath(new URL('../fixtures/domain/liquibase', import.meta.url));
const formats = ['xml', 'yaml', 'sql'] as const;

function changeLogsIn(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(?:xml|yaml|sql)$/.test(name) && name !== 'expected.sql')
      .sort()
      .map((name) => [`changelog/${name}`, readFileSync(join(directory, name), 'utf8')]),
  );
}

export function changeLogs(): ReadonlyMap<string, string> {
  return changeLogsIn(folder);
}

export const liquibaseOracle: Oracle = {
  orm: 'Liquibase',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const read = (directory: string) => {
      const { tables, enums } = readTexts(liquibaseReader, changeLogsIn(directory), syntax).link({
        dialect: 'postgresql',
        source: 'migrations',
      });
      return describeModel(tables, enums);
    };
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      const missing = await javaUnavailable();
      if (missing !== null) console.log(`Liquibase    domain not run: ${missing}`);
      else {
        const scripts = await changeLogScripts(
          formats.map((format) => ({ changeLog: `changelog.${format}`, folder: join(shop, format) })),
        );
        for (const [at, format] of formats.entries())
          cases.push({
            name: format,
            kind: 'domain',
            source: 'the SQL of Liquibase 4.29, executed on PGlite',
            expected: (await database.read(scripts[at] ?? '')).described,
            actual: read(join(shop, format)),
          });
      }
      cases.push({
        name: 'xml, yaml and formatted sql on postgresql',
        kind: 'special',
        source: 'by hand from the documentation, executed on PGlite',
        expected: (await database.read(readFileSync(join(folder, 'expected.sql'), 'utf8'))).described,
        actual: read(folder),
      });
      return cases;
    } finally {
      await database.close();
    }
  },
};
