import { repeatingLoop } from '../code/invariant.ts';
import { isPlain, queriesCalled } from '../code/calls.ts';
import { isWriting, queriesPerElement } from '../code/perElement.ts';
import type { PerElement } from '../code/perElement.ts';
import type { FileFacts } from '../../schema/code.ts';
import type { CodeContext, FileRule } from '../rule.ts';
import { loadInstead, loadThrough } from '../fixes/loadWithRows.ts';
import { readAtOnce } from '../fixes/readAtOnce.ts';
import { loopLabel, reportPerElement } from '../code/reportPerElement.ts';
import { bad, good } from './query-in-loop.examples.ts';

export const queryInLoop: FileRule = {
  id: 'query-in-loop',
  code: 'NP002',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a query that reads once for each element of a loop, in the loop itself or through the functions it calls (N+1).',
    why:
      'Each round costs a trip to the database: fast with the ten rows of a test, seconds with the thousands of production. ' +
      '`Promise.all` does not help: it sends the same queries at once and empties the connection pool. ' +
      'It is a warning where what is iterated is traced to rows of a query, and information otherwise. Loops with constant bounds, ' +
      'over batches, with a look-up cache, and queries that lock rows one by one are exempt.',
    fix:
      'Ask once for all: load the relation with the query that reads the rows, or collect the keys, read the other rows with `IN`, ' +
      'and find each in a map by its key. The quick fix does so where each round reads one row by its key, or all rows of a relation.',
    bad,
    good,
    references: [
      {
        title: 'Chen et al.: Detecting performance anti-patterns for applications developed using ORM (ICSE 2014)',
        url: 'https://doi.org/10.1145/2568225.2568259',
      },
      {
        title: 'TypeORM: loading relations with find options',
        url: 'https://typeorm.io/docs/working-with-entity-manager/find-options',
      },
    ],
  },
  check(file, context, report) {
    for (const found of queriesPerElement(file, context))
      // What asks the same in every round has a rule of its own.
      if (!isWriting(found.query) && !isRepeating(found, file, context))
        report(
          reportPerElement(found, `is read once per element of ${loopLabel(found.loop)}: N rows cost N queries`, [
            ...loadThrough(found, file, context),
            ...loadInstead(found, file, context),
            ...readAtOnce(found, file, context),
          ]),
        );
  },
};

/** Where a method that is nothing but a query is called, it is judged as the query itself. */
function isRepeating({ query, chain, at }: PerElement, file: FileFacts, context: CodeContext): boolean {
  if (chain.length === 0) return repeatingLoop(file, query, context) !== null;
  const calls = file.calls.filter((call) => call.at === at && isPlain(call));
  return queriesCalled(file, context, calls).some((each) => repeatingLoop(file, each, context) !== null);
}
