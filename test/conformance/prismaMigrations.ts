/**
 * `node test/conformance/prismaMigrations.ts DIRECTORY`: the models of a Prisma project against what its own migrations build, both read by us.
 * What differs was changed in one of the two alone: by hand in the migrations (partial indexes, extensions), or by `db push` in the schema.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyOperations, emptySchema } from '../../src/core/migrations/shared/replay.ts';
import type { EnumType } from '../../src/core/schema/model.ts';
import { readStatements } from '../../src/core/syntax/sql/readStatements.ts';
import { readPrisma } from '../core/readers/prisma/read.ts';
import { describeModel } from './described.ts';
import { schemaFiles } from './oracles/prisma.ts';
import { facets, precision, recall, score } from './score.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error(
    'Name the directory that holds the schema and its migrations: node test/conformance/prismaMigrations.ts prisma',
  );
  process.exit(2);
}

const started = performance.now();
const { tables, enums, problems } = readPrisma(schemaFiles(directory));
const readMs = performance.now() - started;
const folder = join(directory, 'migrations');
let schema = emptySchema;
let statements = 0;
const complaints: string[] = [];
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
for (const name of names) {
  const script = readStatements(readFileSync(join(folder, name, 'migration.sql'), 'utf8'), 'postgresql');
  statements += script.statements.length;
  const at = { file: `${name}/migration.sql`, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const replayed = applyOperations(
    schema,
    script.statements.flatMap(({ operations }) => operations),
    { dialect: 'postgresql', at },
  );
  schema = replayed.schema;
  for (const message of [...script.problems.map((each) => each.message), ...replayed.problems])
    complaints.push(`${name}: ${message}`);
}
// Values added later stand last in the database, wherever the schema has them.
const sorted = (types: readonly EnumType[]): readonly EnumType[] =>
  types.map((type) => ({ ...type, values: type.values.toSorted() }));
const expected = describeModel(schema.tables, sorted(schema.enums));
const scores = score(expected, describeModel(tables, sorted(enums)));
console.log(
  `${tables.length} tables, ${problems.length} problems, ${readMs.toFixed(0)} ms; ${names.length} migrations, ${statements} statements`,
);
for (const facet of facets) {
  const { expected: there, actual, differences } = scores[facet];
  console.log(
    `${facet.padEnd(14)} ${String(actual).padStart(4)} read, ${String(there).padStart(4)} in the migrations, ${precision(scores[facet]).toFixed(3)} / ${recall(scores[facet]).toFixed(3)}`,
  );
  for (const line of differences) console.log(`    ${line}`);
}
for (const line of complaints) console.log(`  ? ${line}`);
