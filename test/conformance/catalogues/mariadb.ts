/** What a MariaDB holds after a script. The server is the machine's own, started on a socket in a temporary folder and ended again; nothing listens on the network. */
import { execFileSync, spawn } from 'node:child_process';
import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { columnTypeOf } from '../../../src/core/schema/columnTypes.ts';
import type { Described, DescribedForeignKey, DescribedIndex, DescribedTable } from '../described.ts';
import { groupBy } from '../../../src/core/schema/groupBy.ts';

const places = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/libexec', '/opt/homebrew/bin'];

function find(...names: readonly string[]): string | null {
  for (const name of names) for (const place of places) if (existsSync(join(place, name))) return join(place, name);
  return null;
}

/** Why it cannot be asked; null = it can. */
export function mariadbMissing(): string | null {
  for (const names of [['mariadbd'], ['mariadb-install-db'], ['mariadb'], ['mariadb-admin']])
    if (find(...names) === null) return `${names[0] ?? ''} is not installed`;
  return null;
}

export interface MariadbDatabase {
  readonly version: string;
  /** Throws with the server's own message. */
  read(script: string): Described;
  close(): Promise<void>;
}

/** Rejects where the server does not come up within half a minute. */
export async function openMariadb(): Promise<MariadbDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-mariadb-'));
  const socket = join(folder, 'socket');
  const data = join(folder, 'data');
  const user = userInfo().username;
  const command = (name: string): string => find(name) ?? name;
  const limits: ExecFileSyncOptionsWithStringEncoding = {
    timeout: 60_000,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  };
  execFileSync(
    command('mariadb-install-db'),
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      `--user=${user}`,
    ],
    limits,
  );
  const server = spawn(
    command('mariadbd'),
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      `--user=${user}`,
      `--pid-file=${folder}/pid`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) =>
    server.once('exit', () => {
      resolve();
    }),
  );
  const client = (sql: string, database: string | null): string =>
    execFileSync(
      command('mariadb'),
      ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', '-B', '--raw', ...(database === null ? [] : [database])],
      { ...limits, input: sql },
    );
  const close = async (): Promise<void> => {
    server.kill('SIGTERM');
    await Promise.race([ended, pause(10_000).then(() => server.kill('SIGKILL'))]);
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    try {
      const version = client('SELECT VERSION()', null).trim();
      return {
        version,
        read(script) {
          client('DROP DATABASE IF EXISTS conformance; CREATE DATABASE conformance CHARACTER SET utf8mb4', null);
          client(script, 'conformance');
          return catalogue((sql) =>
            client(sql, 'conformance')
              .split('\n')
              .filter((line) => line !== '')
              .map((line) => line.split('\t')),
          );
        },
        close,
      };
    } catch (error) {
      if (tries === 60 || server.exitCode !== null) {
        await close();
        throw error;
      }
      await pause(500);
    }
  }
}

function catalogue(rows: (sql: string) => readonly (readonly string[])[]): Described {
  const own = `table_schema = 'conformance'`;
  const tables = rows(
    `SELECT table_name FROM information_schema.tables WHERE ${own} AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const columns = rows(
    `SELECT table_name, column_name, data_type, column_type, is_nullable FROM information_schema.columns WHERE ${own} ORDER BY table_name, ordinal_position`,
  );
  const keys = rows(
    `SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule
       FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
         ON r.constraint_schema = k.table_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
      WHERE k.table_schema = 'conformance' ORDER BY k.table_name, k.constraint_name, k.ordinal_position`,
  );
  const parts = rows(
    `SELECT table_name, index_name, non_unique, column_name, coalesce(collation, 'A'), index_type FROM information_schema.statistics WHERE ${own} ORDER BY table_name, index_name, seq_in_index`,
  );
  return {
    tables: tables.map(([name = '']): DescribedTable => {
      const ofTable = (all: readonly (readonly string[])[]): Map<string, readonly (readonly string[])[]> =>
        groupBy(
          all.filter(([table]) => table === name),
          (row) => row[1] ?? '',
        );
      const foreignKeys = [...ofTable(keys)].map(([key, found]): DescribedForeignKey => ({
        name: key,
        columns: found.map((row) => row[2] ?? ''),
        table: found[0]?.[3] ?? '',
        references: found.map((row) => row[4] ?? ''),
        // InnoDB treats the two alike, and tells of RESTRICT where nothing was said.
        onDelete: (found[0]?.[5] ?? '').replace('RESTRICT', 'NO ACTION'),
        onUpdate: (found[0]?.[6] ?? '').replace('RESTRICT', 'NO ACTION'),
      }));
      const indexes = ofTable(parts);
      const primary = indexes.get('PRIMARY') ?? [];
      const described = [...indexes]
        .filter(([index]) => index !== 'PRIMARY')
        .map(([index, found]) => ({ unique: found[0]?.[2] === '0', index: indexOf(index, found) }));
      return {
        name,
        columns: columns
          .filter(([table]) => table === name)
          .map(([, column = '', type = '', full = '', nullable = '']) => ({
            name: column,
            type: full === 'tinyint(1)' ? 'boolean' : columnTypeOf(type, 'mariadb'),
            nullable: nullable === 'YES',
          })),
        primaryKey: primary.map((row) => row[3] ?? ''),
        primaryKeyName: null,
        foreignKeys,
        indexes: described.filter(({ unique }) => !unique).map(({ index }) => index),
        uniques: described.filter(({ unique }) => unique).map(({ index }) => index),
      };
    }),
    enums: null,
  };
}

function indexOf(name: string, rows: readonly (readonly string[])[]): DescribedIndex {
  const method = (rows[0]?.[5] ?? '').toLowerCase();
  return {
    name,
    columns: rows.map((row) => row[3] ?? ''),
    method: method === 'btree' ? null : method,
    partial: false,
    descending: rows.filter((row) => row[4] === 'D').map((row) => row[3] ?? ''),
  };
}
