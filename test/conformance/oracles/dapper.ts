/** Dapper maps tables that others make: which columns and keys Dapper.Contrib expects is written by hand from its documentation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dapperReader } from '../../../src/core/readers/dapper/reader.ts';
import { loadCSharp, sourcesIn } from '../../core/readers/efcore/read.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Oracle } from '../oracle.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/dapper', import.meta.url));

export const dapperOracle: Oracle = {
  orm: 'Dapper',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const texts = new Map(Object.entries(sourcesIn(domain)));
      const { tables, enums } = readTexts(dapperReader, texts, await loadCSharp()).link({ dialect: 'postgresql' });
      const script = readFileSync(join(domain, 'expected.sql'), 'utf8');
      return [
        {
          name: 'domain',
          kind: 'domain',
          source: 'by hand from Dapper.Contrib documentation, executed on PGlite',
          expected: (await database.read(script)).described,
          actual: describeModel(tables, enums),
        },
      ];
    } finally {
      await database.close();
    }
  },
};
