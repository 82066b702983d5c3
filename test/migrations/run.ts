/**
 * `npm run test:migrations [-- --pairs 500] [--seed 1]`: random schema pairs, migrated up, down and up again on the embedded engines,
 * with rows in the tables, and read back from the engine's catalogue. A failing pair prints its seed.
 */
import { parseArgs } from 'node:util';
import { describeChange } from '../../src/core/diff/describe.ts';
import { diffSchemas } from '../../src/core/diff/diff.ts';
import type { Comparable, Rename } from '../../src/core/diff/diff.ts';
import type { DdlPrinter } from '../../src/core/dialects/ddl.ts';
import { printPostgresql } from '../../src/core/dialects/postgresql/ddl.ts';
import { sampleRows } from '../../src/core/dialects/sampleRows.ts';
import { printSqlite } from '../../src/core/dialects/sqlite/ddl.ts';
import type { ProofDatabase } from '../../src/proof/database.ts';
import { openPostgresql } from '../../src/proof/postgresql.ts';
import { prove } from '../../src/proof/prove.ts';
import { openSqlite } from '../../src/proof/sqlite.ts';
import { seeded } from '../support/random.ts';
import { randomPair } from '../support/randomSchema.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
});
const pairs = Number(values.pairs);
const firstSeed = Number(values.seed);

const engines: readonly { dialect: 'postgresql' | 'sqlite'; print: DdlPrinter; open: () => Promise<ProofDatabase> }[] =
  [
    { dialect: 'sqlite', print: printSqlite, open: openSqlite },
    { dialect: 'postgresql', print: printPostgresql, open: openPostgresql },
  ];

const empty: Comparable = { tables: [], enums: [] };
let passed = 0;
let failed = 0;

for (const { dialect, print, open } of engines) {
  const database = await open();
  const started = performance.now();
  let statements = 0;
  let rows = 0;
  let bad = 0;
  for (let seed = firstSeed; seed < firstSeed + pairs; seed++) {
    const { from, to, renames } = randomPair(seeded(seed), dialect);
    const script = (a: Comparable, b: Comparable, named: readonly Rename[] = []): string[] =>
      print(diffSchemas(a, b, { renames: named }), { from: a, to: b }).map((entry) => entry.sql);
    const back = renames.map((rename) =>
      rename.kind === 'column' ? { ...rename, from: rename.to, to: rename.from } : rename,
    );
    const up = script(from, to, renames);
    await database.reset();
    const result = await prove(database, {
      dialect,
      base: script(empty, from),
      target: script(empty, to),
      rows: sampleRows(from, dialect).statements,
      up,
      down: script(to, from, back),
    });
    statements += up.length;
    rows += result.rows;
    if (result.ok) continue;
    bad++;
    if (bad > 5) continue;
    console.log(
      `\n✖ ${dialect}, seed ${seed}\n  ${diffSchemas(from, to, { renames }).map(describeChange).join('\n  ')}`,
    );
    if (result.failure)
      console.log(`  ${result.failure.phase}: ${result.failure.message}\n    ${result.failure.statement}`);
    for (const { phase, line } of result.differences) console.log(`  after ${phase}: ${line}`);
  }
  await database.close();
  passed += pairs - bad;
  failed += bad;
  console.log(
    `${database.engine.padEnd(18)} ${pairs} pairs, ${statements} statements up, ${rows} rows, ${bad} failed, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
