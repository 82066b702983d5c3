import type { Dialect } from '../schema/model.ts';
import { cassandra } from './cassandra/engine.ts';
import { cockroachdb } from './cockroachdb/engine.ts';
import type { Engine } from './engine.ts';
import { mariadb } from './mariadb/engine.ts';
import { mongodb } from './mongodb/engine.ts';
import { mssql } from './mssql/engine.ts';
import { mysql } from './mysql/engine.ts';
import { oracle } from './oracle/engine.ts';
import { postgresql } from './postgresql/engine.ts';
import { sap } from './sap/engine.ts';
import { spanner } from './spanner/engine.ts';
import { sqlite } from './sqlite/engine.ts';

export const engines: Readonly<Record<Dialect, Engine>> = {
  cassandra,
  cockroachdb,
  mariadb,
  mongodb,
  mssql,
  mysql,
  oracle,
  postgresql,
  sap,
  spanner,
  sqlite,
};
