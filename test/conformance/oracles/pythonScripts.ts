/** Libraries of Python that write all their DDL in one go: a script of ours asks them, PGlite and SQLite execute it. */
import { fileURLToPath } from 'node:url';
import type { Reader } from '../../../src/core/readers/reader.ts';
import { loadPython, pythonFiles, readPython } from '../../support/readPython.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { askPython, pythonUnavailable } from '../python.ts';
import { sqliteType } from './django.ts';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

/**
 * @param id of the reader; fixtures and script are named after it
 * @param onSqlite whether SQLite can execute the special cases
 */
export function pythonOracle<Mappings>(orm: string, id: string, reader: Reader<Mappings>, onSqlite: boolean): Oracle {
  return {
    orm,
    unavailable: pythonUnavailable,
    async cases() {
      const syntax = await loadPython();
      const database = await openPostgresql();
      try {
        const cases: Case[] = [];
        for (const kind of ['domain', 'special'] as const) {
          const folder = kind === 'domain' ? `${fixtures}/domain/${id}` : `${fixtures}/${id}`;
          const files = pythonFiles(folder);
          const told = (await askPython(`${id}_ddl.py`, folder, 'postgres')) as Readonly<Record<string, string>>;
          const source = `${orm} ${told[id] ?? ''}`;
          cases.push({
            name: `postgresql/${kind}`,
            kind,
            source: `${source}, executed on PGlite`,
            expected: (await database.read(told.sql ?? '')).described,
            actual: describeModel(readPython(reader, files, syntax, { dialect: 'postgresql' }).tables, [], {
              enums: false,
            }),
          });
          if (kind === 'special' && !onSqlite) continue;
          const plain = (await askPython(`${id}_ddl.py`, folder, 'sqlite')) as Readonly<Record<string, string>>;
          cases.push({
            name: `sqlite/${kind}`,
            kind,
            source: `${source}, executed on SQLite`,
            expected: readSqlite(plain.sql ?? ''),
            actual: describeModel(readPython(reader, files, syntax, { dialect: 'sqlite' }).tables, [], {
              enums: false,
              typeOf: sqliteType,
            }),
          });
        }
        return cases;
      } finally {
        await database.close();
      }
    },
  };
}
