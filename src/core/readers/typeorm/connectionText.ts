/** What the texts of connection settings say: driver names and URLs. */
import type { Dialect } from '../../schema/model.ts';

/** Engines by the `type` of the options. */
export const dialectOfType: Readonly<Record<string, Dialect>> = {
  postgres: 'postgresql',
  'aurora-postgres': 'postgresql',
  cockroachdb: 'cockroachdb',
  mysql: 'mysql',
  'aurora-mysql': 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  'better-sqlite3': 'sqlite',
  sqljs: 'sqlite',
  cordova: 'sqlite',
  'react-native': 'sqlite',
  expo: 'sqlite',
  nativescript: 'sqlite',
  capacitor: 'sqlite',
  mssql: 'mssql',
  oracle: 'oracle',
  sap: 'sap',
  spanner: 'spanner',
  mongodb: 'mongodb',
};

export function dialectOfUrl(url: string | null): Dialect | null {
  const scheme = /^([a-z0-9+]+):/i.exec(url ?? '')?.[1]?.toLowerCase() ?? '';
  const schemes: Readonly<Record<string, Dialect>> = {
    postgres: 'postgresql',
    postgresql: 'postgresql',
    mysql: 'mysql',
    mariadb: 'mariadb',
    mssql: 'mssql',
    sqlserver: 'mssql',
    cockroachdb: 'cockroachdb',
    mongodb: 'mongodb',
    'mongodb+srv': 'mongodb',
    sqlite: 'sqlite',
  };
  return Object.hasOwn(schemes, scheme) ? (schemes[scheme] ?? null) : null;
}

/** `scheme://user:password@host` with a password that is no placeholder. */
export function urlWithPassword(url: string | null): boolean {
  const password = /^[a-z0-9+]+:\/\/[^:/@\s]*:([^@\s]+)@/i.exec(url ?? '')?.[1];
  return password !== undefined && !/^(?:\$\{|<|\{\{|%)/.test(password);
}
