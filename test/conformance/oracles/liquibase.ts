/**
 * Liquibase itself writes the SQL of change logs in XML, YAML and SQL without a database, and PGlite executes it. Where there is no Java, the special cases are compared with what was
 * written by hand from its documentation, and the shop is told as not run.
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
    const missing = await javaUnavailable();
    if (missing !== null) console.log(`Liquibase    domain not run: ${missing}`);
    const scripts =
      missing === null
        ? await changeLogScripts([
            { changeLog: 'master.xml', folder },
            ...formats.map((format) => ({ changeLog: `changelog.${format}`, folder: join(shop, format) })),
          ])
        : null;
    return casesOf(scripts);
  },
};

/** @param scripts of the special cases and of each format of the shop, as Liquibase writes them; null = it was not asked */
export async function casesOf(scripts: readonly string[] | null): Promise<readonly Case[]> {
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
    const source = 'the SQL of Liquibase 4.29, executed on PGlite';
    for (const [at, format] of formats.entries())
      if (scripts)
        cases.push({
          name: format,
          kind: 'domain',
          source,
          expected: (await database.read(scripts[at + 1] ?? '')).described,
          actual: read(join(shop, format)),
        });
    const told = scripts?.[0];
    cases.push({
      name: 'xml, yaml and formatted sql on postgresql',
      kind: 'special',
      source: told === undefined ? 'by hand from the documentation, executed on PGlite' : source,
      expected: (
        await database.read(
          told === undefined ? readFileSync(join(folder, 'expected.sql'), 'utf8') : withoutSkipped(told),
        )
      ).described,
      actual: read(folder),
    });
    return cases;
  } finally {
    await database.close();
  }
}

/** Only a database tells that the precondition of this change set fails; without one Liquibase writes what it guards. */
function withoutSkipped(script: string): string {
  return script.replace(/^-- Changeset changes\/001-shops\.xml::3::ada$[\s\S]*?(?=^-- Changeset )/m, '');
}
