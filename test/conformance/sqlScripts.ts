/**
 * `node test/conformance/sqlScripts.ts FILE…`: scripts (run one after the other, as a migration tool does) as we read them against the engine that runs them:
 * PGlite, SQLite, or the MariaDB of this machine.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { engineOf, likelyEngine, traitsOf } from '../../src/core/readers/sql/engines.ts';
import { linkScripts } from '../core/readers/sql/read.ts';
import { openMariadb } from './catalogues/mariadb.ts';
import { openPostgresql } from './catalogues/postgresql.ts';
import { readSqlite } from './catalogues/sqlite.ts';
import { describeModel } from './described.ts';
import type { Described } from './described.ts';
import { asInnodb, withFoundTargets, withoutClient } from './oracles/sql.ts';
import { facets, precision, recall, score } from './score.ts';

const paths = process.argv.slice(2);
const files = paths.map((path): [string, string] => [
  paths.length > 1
    ? `migrations/${path
        .split('/')
        .slice(path.endsWith('/migration.sql') ? -2 : -1)
        .join('/')}`
    : basename(path),
  readFileSync(path, 'utf8'),
]);
if (files.length === 0) throw new Error('Name the scripts: node test/conformance/sqlScripts.ts schema.sql');
const traits = files.map((file) => traitsOf(...file));
const dialect = engineOf(traits).dialect ?? likelyEngine(traits).dialect ?? 'postgresql';
const texts = files.map(([, each]) => withoutClient(each).replace(/CREATE EXTENSION[^;]*;/gi, ''));
const text = texts.join('\n;\n');
const started = performance.now();
const { tables, enums, problems } = linkScripts(files, { dialect });
console.log(
  `${dialect}: ${tables.length} tables and views in ${Math.round(performance.now() - started)} ms, ${problems.length} problems`,
);
for (const { message, at } of problems.slice(0, 20)) console.log(`  ${at?.file ?? ''}:${at?.line ?? 0} ${message}`);

let expected: Described;
let actual: Described;
if (dialect === 'postgresql') {
  const database = await openPostgresql();
  expected = (await database.read(...texts)).described;
  actual = describeModel(tables, enums);
  await database.close();
} else if (dialect === 'sqlite') {
  expected = withFoundTargets(readSqlite(text));
  actual = describeModel(tables, [], { enums: false, typeOf: ({ type }) => (type === 'enum' ? 'string' : type) });
} else if (dialect === 'mysql' || dialect === 'mariadb') {
  const server = await openMariadb();
  expected = asInnodb(server.read(text));
  actual = asInnodb(
    describeModel(tables, [], { enums: false, typeOf: ({ type }) => (type === 'json' ? 'text' : type) }),
  );
  await server.close();
} else throw new Error(`There is no ${dialect} here to run it on.`);

const scores = score(expected, actual);
for (const facet of facets) {
  const { expected: count, differences } = scores[facet];
  console.log(
    `  ${facet.padEnd(14)} ${precision(scores[facet]).toFixed(3)}/${recall(scores[facet]).toFixed(3)} ${count}`,
  );
  for (const line of differences) console.log(`      ${line}`);
}
