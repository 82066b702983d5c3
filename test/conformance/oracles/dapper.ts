/** Dapper maps tables that others make: which columns and keys Dapper.Contrib expects is written by hand from its documentation. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dapperReader } from '../../../src/core/readers/dapper/reader.ts';
import { loadCSharp, sourcesIn } from '../../core/readers/efcore/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/dapper', import.meta.url));
const special = fileURLToPath(new URL('../fixtures/dapper', import.meta.url));

export const dapperOracle: Oracle = {
  orm: 'Dapper',
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
        const { tables, enums } = readTexts(dapperReader, texts, syntax).link({ dialect: 'postgresql' });
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'by hand from Dapper.Contrib documentation, executed on PGlite',
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
