/** Engines by the names TypeORM's options give them. */
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
