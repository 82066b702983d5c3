import type { Dialect } from '../schema/model.ts';
import type { DdlPrinter } from './ddl.ts';
import { printMariadb, printMysql } from './mysql/ddl.ts';
import { printPostgresql } from './postgresql/ddl.ts';
import { printSqlite } from './sqlite/ddl.ts';

/** Engines that migrations can be written for. */
export const printers: Readonly<Partial<Record<Dialect, DdlPrinter>>> = {
  postgresql: printPostgresql,
  mysql: printMysql,
  mariadb: printMariadb,
  sqlite: printSqlite,
};
