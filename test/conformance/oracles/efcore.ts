/**
 * EF Core cannot run here, so what its migrations create is written by hand from its documentation, as SQL that PGlite executes. The
 * conventions have been compared with the snapshots that EF Core wrote in real projects as well; see GAPS.md.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCSharp, readEfCore, sourcesIn } from '../../core/readers/efcore/read.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/efcore', import.meta.url));
const special = fileURLToPath(new URL('../fixtures/efcore', import.meta.url));

export const efcoreOracle: Oracle = {
  orm: 'EF Core',
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
        const { tables, enums } = readEfCore(sourcesIn(folder), syntax);
        const script = readFileSync(join(folder, 'expected.sql'), 'utf8');
        const { described } = await database.read(script);
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'by hand from EF Core documentation, executed on PGlite',
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
