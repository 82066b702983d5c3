/** Alembic and Django themselves run migrations: what they build against what is replayed of the text alone. */
import { fileURLToPath } from 'node:url';
import { djangoReader } from '../../../src/core/readers/django/reader.ts';
import { sqlalchemyReader } from '../../../src/core/readers/sqlalchemy/reader.ts';
import { loadPython, pythonFiles, readPython } from '../../support/readPython.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { askPython, pythonUnavailable } from '../python.ts';
import { sqliteType } from './django.ts';

interface Told {
  readonly version: string;
  readonly statements: readonly string[];
  /** Tables that are not the project's. */
  readonly outside?: readonly string[];
}

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

function without({ outside = ['alembic_version'] }: Told, described: Described): Described {
  return { ...described, tables: described.tables.filter(({ name }) => !outside.includes(name)) };
}

const kinds = ['domain', 'special'] as const;

export const alembicOracle: Oracle = {
  orm: 'Alembic',
  unavailable: pythonUnavailable,
  async cases() {
    const syntax = await loadPython();
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const kind of kinds) {
        const folder = kind === 'domain' ? `${fixtures}/domain/alembic` : `${fixtures}/alembic`;
        const files = pythonFiles(folder);
        for (const dialect of ['postgresql', 'sqlite'] as const) {
          const told = (await askPython('alembic_ddl.py', folder, dialect)) as Told;
          const { tables, enums } = readPython(sqlalchemyReader, files, syntax, { dialect, source: 'migrations' });
          const onPostgresql = dialect === 'postgresql';
          cases.push({
            name: `${dialect}/${kind}`,
            kind,
            source: `Alembic ${told.version}, ${onPostgresql ? 'its SQL executed on PGlite' : 'run on SQLite'}`,
            expected: without(
              told,
              onPostgresql
                ? (await database.read(told.statements.join('\n'))).described
                : readSqlite(told.statements.join(';\n')),
            ),
            actual: onPostgresql
              ? describeModel(tables, enums)
              : describeModel(tables, [], { enums: false, typeOf: sqliteType }),
          });
        }
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};

export const djangoMigrationsOracle: Oracle = {
  orm: 'Django (mig.)',
  unavailable: pythonUnavailable,
  async cases() {
    const syntax = await loadPython();
    const cases: Case[] = [];
    for (const kind of kinds) {
      const folder = kind === 'domain' ? `${fixtures}/domain/django-migrations` : `${fixtures}/django-migrations`;
      const told = (await askPython('django_migrate.py', folder)) as Told;
      const { tables } = readPython(djangoReader, pythonFiles(folder), syntax, {
        dialect: 'sqlite',
        source: 'migrations',
      });
      cases.push({
        name: `sqlite/${kind}`,
        kind,
        source: `Django ${told.version}, run on SQLite`,
        expected: without(told, readSqlite(told.statements.join(';\n'))),
        actual: describeModel(tables, [], { enums: false, typeOf: sqliteType }),
      });
    }
    return cases;
  },
};
