/**
 * `node --import queryCounter.ts …`: tells how many statements a request has run, in the header `x-query-count` of its answer. It listens
 * at the drivers (pg, better-sqlite3), so that neither the project nor its ORM need know. Transaction control is not counted.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Count {
  statements: number;
}

type Method = (this: unknown, ...parameters: unknown[]) => unknown;
type Patchable = Record<string, Method>;

const requests = new AsyncLocalStorage<Count>();
const project = createRequire(join(process.cwd(), 'package.json'));
const control = /^\s*(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET\s)/iu;

function note(sql: unknown): void {
  const count = requests.getStore();
  if (count !== undefined && typeof sql === 'string' && !control.test(sql)) {
    count.statements++;
    if (process.env.QUERY_LOG !== undefined) process.stderr.write(`sql: ${sql}\n`);
  }
}

function wrap(prototype: Patchable, name: string, sqlOf: (self: unknown, first: unknown) => unknown): void {
  const original = prototype[name];
  if (original === undefined) throw new Error(`The driver has no ${name} to count at.`);
  prototype[name] = function (...parameters) {
    note(sqlOf(this, parameters[0]));
    return original.apply(this, parameters);
  };
}

function textOf(query: unknown): unknown {
  return typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
}

function driver(name: string): unknown {
  try {
    return project(name) as unknown;
  } catch {
    return null;
  }
}

const pg = driver('pg') as { readonly Client: { readonly prototype: Patchable } } | null;
if (pg !== null) wrap(pg.Client.prototype, 'query', (_self, query) => textOf(query));

interface Sqlite {
  prepare(sql: string): object;
  close(): void;
}
const BetterSqlite = driver('better-sqlite3') as (new (file: string) => Sqlite) | null;
if (BetterSqlite !== null) {
  const database = new BetterSqlite(':memory:');
  // The class of statements is not exported.
  const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as Patchable;
  database.close();
  for (const name of ['all', 'get', 'run', 'iterate'])
    wrap(statement, name, (self) => (self as { readonly source: string }).source);
}

const server = Server.prototype as unknown as Patchable;
const emit = server.emit;
server.emit = function (...parameters) {
  if (parameters[0] !== 'request') return emit?.apply(this, parameters);
  const [, , response] = parameters as [string, IncomingMessage, ServerResponse];
  const count: Count = { statements: 0 };
  const writeHead = response.writeHead.bind(response) as Method;
  response.writeHead = ((...head: unknown[]) => {
    response.setHeader('x-query-count', count.statements);
    return writeHead(...head);
  }) as ServerResponse['writeHead'];
  return requests.run(count, () => emit?.apply(this, parameters));
};
