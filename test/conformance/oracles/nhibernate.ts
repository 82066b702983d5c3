/** NHibernate cannot run here: what its schema export makes is written by hand from its documentation, as SQL that PGlite executes. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nhibernateReader } from '../../../src/core/readers/nhibernate/reader.ts';
import { loadCSharp, sourcesIn } from '../../core/readers/efcore/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/nhibernate', import.meta.url));
const special = fileURLToPath(new URL('../fixtures/nhibernate', import.meta.url));

export const nhibernateOracle: Oracle = {
  orm: 'NHibernate',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadCSharp();
    const database = await openPostgresql();
    const folders = [
      { name: 'domain', folder: domain },
      ...readdirSync(special)
        .sort()
        .map((name) => ({ name, folder: join(special, name) })),
    ];
    try {
      const cases: Case[] = [];
      for (const { name, folder } of folders) {
        const texts = new Map(Object.entries(sourcesIn(folder)));
        const { tables, enums } = readTexts(nhibernateReader, texts, syntax).link({ dialect: 'postgresql' });
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'by hand from NHibernate documentation, executed on PGlite',
          expected: (await database.read(readFileSync(join(folder, 'expected.sql'), 'utf8'))).described,
          actual: describeModel(tables, enums),
        });
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};
