/**
 * Hibernate itself: it exports the schema of the fixtures, with the names of plain JPA and those of Spring Boot. The script for PostgreSQL is
 * executed on PGlite; that for MySQL is read by our own DDL reader.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadJava, readJpa } from '../../core/readers/jpa/read.ts';
import type { Files } from '../../core/readers/jpa/read.ts';
import type { Dialect, Table } from '../../../src/core/schema/model.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import { exportSchemas, javaUnavailable } from '../java.ts';
import type { Case, Oracle } from '../oracle.ts';
import { describeScript } from './prisma.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/jpa', import.meta.url));
const inKotlin = fileURLToPath(new URL('../fixtures/domain/jpa-kotlin', import.meta.url));
const special = fileURLToPath(new URL('../fixtures/jpa', import.meta.url));

interface Asked {
  readonly name: string;
  readonly kind: Case['kind'];
  readonly folder: string;
  /** What is read, where Hibernate is given the same in Java; absent = the folder itself. */
  readonly read?: string;
  readonly naming: 'spring' | 'jpa';
  readonly dialect: Dialect;
}

export function asked(): readonly Asked[] {
  const folders = readdirSync(special).sort();
  const both = (name: string, kind: Case['kind'], folder: string): Asked[] =>
    (['spring', 'jpa'] as const).map((naming) => ({ name, kind, folder, naming, dialect: 'postgresql' }));
  return [
    ...both('domain', 'domain', domain),
    ...both('domain in Kotlin', 'special', domain).map((each) => ({ ...each, read: inKotlin })),
    ...folders.flatMap((name) => both(name, 'special', join(special, name))),
    { name: 'domain', kind: 'special', folder: domain, naming: 'spring', dialect: 'mysql' },
    { name: 'types', kind: 'special', folder: join(special, 'types'), naming: 'spring', dialect: 'mysql' },
  ];
}

const dialects: Partial<Record<Dialect, string>> = { postgresql: 'PostgreSQLDialect', mysql: 'MySQLDialect' };

export function sourcesOf(folder: string, naming: 'spring' | 'jpa'): Files {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:java|kt|xml)$/u.test(name))
    .sort()
    .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
  const manifest =
    '<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>3.5.6</version></parent></project>';
  return naming === 'spring' ? [...sources, ['pom.xml', manifest]] : sources;
}

/**
 * What the catalogue can tell of a type: PostgreSQL keeps large objects beside the table and their numbers in it; MySQL has neither truth
 * values nor UUIDs.
 */
export function typeOf({ rawType, type }: Table['columns'][number]): string {
  const told: Readonly<Record<string, string>> = { oid: 'int32', bit: 'binary', binary: 'binary' };
  return told[rawType] ?? type;
}

export const jpaOracle: Oracle = {
  orm: 'JPA',
  unavailable: javaUnavailable,
  async cases() {
    const all = asked();
    const scripts = await exportSchemas(all.map((each) => ({ ...each, dialect: dialects[each.dialect] ?? '' })));
    const syntax = await loadJava();
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const [at, { name, kind, folder, read = folder, naming, dialect }] of all.entries()) {
        const script = scripts[at] ?? '';
        const { tables, enums } = readJpa(sourcesOf(read, naming), syntax, dialect);
        const executed = dialect === 'postgresql';
        cases.push({
          name: `${name}, ${naming === 'spring' ? 'Spring Boot' : 'plain JPA'}, ${dialect}`,
          kind,
          source: executed
            ? `Hibernate 6.6${read === folder ? '' : ' with the same classes in Java'}, executed on PGlite`
            : 'Hibernate 6.6, its script read by our own DDL reader',
          expected: executed ? (await database.read(script)).described : describeScript(script, dialect),
          actual: describeModel(tables, enums, { typeOf, enums: executed }),
        });
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};
