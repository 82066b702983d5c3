import { isSave, isWriting, queriesPerElement } from '../code/perElement.ts';
import type { PerElement } from '../code/perElement.ts';
import { saveAtOnce, writeAtOnce } from '../fixes/writeAtOnce.ts';
import { hasRowHooks } from '../code/rowHooks.ts';
import { loopLabel, reportPerElement } from '../code/reportPerElement.ts';
import { covers, isInLoop } from '../code/within.ts';
import type { FileFacts } from '../../schema/code.ts';
import type { CodeContext, FileRule } from '../rule.ts';
import { bad, good } from './write-in-loop.examples.ts';

export const writeInLoop: FileRule = {
  id: 'write-in-loop',
  code: 'NP003',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports an insert, update or delete that is executed once for each element of a loop.',
    why:
      'Each row costs a trip to the database and, outside of a transaction, a commit of its own: a thousand rows take a thousand times as long ' +
      'as one statement for all of them, and a failure half-way leaves the rest undone.',
    fix:
      'Write all rows with one call: `insert` and `save` take lists, `update` and `delete` a condition that covers all rows. ' +
      'Cut very long lists into batches. The quick fix collects the rows where nothing else in the loop asks the database. Keep the loop where each row needs the result of the one before, and suppress the finding.',
    bad,
    good,
    references: [
      {
        title: 'TypeORM: repository API, insert and save take lists',
        url: 'https://typeorm.io/docs/working-with-entity-manager/repository-api',
      },
      { title: 'PostgreSQL: populating a database', url: 'https://www.postgresql.org/docs/current/populate.html' },
    ],
  },
  check(file, context, report) {
    for (const found of queriesPerElement(file, context))
      if (
        isWriting(found.query) &&
        !hasRowHooks(found.file, found.query, context) &&
        !isToldWhat(found, file) &&
        // Of elements that may be few, a longer statement for all of them is not asked.
        !(found.rows === null && (hasOwnValues(found) || isMadeInRound(found)))
      )
        report({
          ...reportPerElement(
            found,
            isSave(found.query)
              ? `is saved once per element of ${loopLabel(found.loop)}: once after the loop sends all changes together`
              : `is written once per element of ${loopLabel(found.loop)}: ${remedyOf(found, context)} could write them all`,
            isSave(found.query) ? saveAtOnce(found, file, context) : writeAtOnce(found, file, context),
          ),
          ...(hasOwnValues(found) ? { severity: 'info' as const } : {}),
        });
  },
};

/** What there is to write rows that have values of their own, or are there or not: of methods only those that save take lists. */
function remedyOf(found: PerElement, { dialect, table }: CodeContext): string {
  const { api, operation, table: name, namespace } = found.query;
  if (operation === 'upsert' && api.startsWith('save')) return 'one call with the whole list';
  if (operation !== 'upsert' && !hasOwnValues(found)) return 'one statement';
  const isCollection = name !== null && table(name, namespace)?.kind === 'collection';
  if (isCollection || dialect === 'mongodb') return 'one `bulkWrite`';
  if (operation !== 'upsert') return 'one `UPDATE` joined with the values';
  if (dialect === 'mysql' || dialect === 'mariadb') return 'one `INSERT … ON DUPLICATE KEY UPDATE`';
  return dialect === 'postgresql' || dialect === 'sqlite' ? 'one `INSERT … ON CONFLICT`' : 'one `MERGE`';
}

/** The round has asked for what it writes, such as the number of the message just sent: no condition stands for all of them. */
function isToldWhat({ query: { operation, uses }, loop, chain, at }: PerElement, file: FileFacts): boolean {
  if (operation !== 'update') return false;
  const given = chain.length === 0 ? uses : (file.calls.find((call) => call.at === at)?.arguments ?? []);
  const names = new Set(given.flatMap((name) => name?.split('.')[0] ?? []));
  return file.calls.some(
    ({ result, loop: id, awaited }) => awaited && result !== null && names.has(result) && isInLoop(file, id, loop),
  );
}

/** Each row gets values of its own: one statement takes more than a longer condition (`CASE`, a join with the values). */
function hasOwnValues({ query: { operation, uses }, loop: { variables }, chain }: PerElement): boolean {
  const members = new Set(uses.filter((use) => use.includes('.') && variables.includes(use.split('.')[0] ?? '')));
  return operation === 'update' && chain.length === 0 && members.size > 1;
}

/** What it sets is none of what the function is given or asked for before the loop, so that each round may make its own. */
function isMadeInRound({ query: { operation, uses }, loop, file, chain }: PerElement): boolean {
  if (operation !== 'update' || chain.length > 0 || !/\.[cm]?[jt]sx?$/u.test(file.file)) return false;
  const given = new Set([
    ...loop.variables,
    ...file.imports.map(({ local }) => local),
    ...file.functions.flatMap(({ parameters, at }, id) =>
      covers(at, loop.at) || id === loop.function ? parameters.flatMap((name) => name.split(',')) : [],
    ),
    ...[...file.calls, ...file.queries].flatMap(({ result, loop: id }) =>
      result !== null && !isInLoop(file, id, loop) ? [result] : [],
    ),
  ]);
  return uses.some((use) => {
    const [name = ''] = use.split('.');
    return /^[a-z_$]/u.test(name) && name !== 'this' && !given.has(name);
  });
}
