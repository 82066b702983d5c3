import assert from 'node:assert/strict';
import { isForTests, stanceOn } from '../../../src/core/profile/clause.ts';
import type { Stance } from '../../../src/core/profile/clause.ts';

/** The name in brackets is what the sentence is asked about. */
const sentences: Readonly<Record<Stance, readonly string[]>> = {
  used: [
    '[PostgreSQL] 17',
    'We use [PostgreSQL] instead of MongoDB.',
    'Instead of MongoDB, we use [PostgreSQL].',
    'Do not use MongoDB; [PostgreSQL] is the only database.',
    'We no longer use MySQL but [PostgreSQL].',
    'We are migrating from MongoDB to [PostgreSQL].',
    'MongoDB was replaced by [PostgreSQL].',
    'We replaced MongoDB with [PostgreSQL].',
    "Do not use [TypeORM]'s synchronize in production.",
    'Never use [TypeORM] `synchronize`.',
    'Node.js with [PostgreSQL]. No Redis.',
    'MongoDB is not used. [PostgreSQL] is.',
    'Always write migrations for [PostgreSQL]',
    '[PostgreSQL] must not be accessed directly from controllers',
    '| Database | [PostgreSQL] |',
    'No message broker. Data lives in [PostgreSQL].',
  ],
  rejected: [
    'We do not use [MongoDB].',
    "We don't use [MongoDB] or MySQL.",
    "We don't use MySQL or [MongoDB].",
    'We don’t use [MongoDB] in this service.',
    'Never use [MongoDB].',
    'Avoid [MongoDB].',
    'We are migrating away from [MongoDB].',
    'We are migrating from [MongoDB] to PostgreSQL.',
    'PostgreSQL instead of [MongoDB].',
    'Use PostgreSQL, not [MongoDB].',
    'PostgreSQL rather than [MongoDB]',
    '[MongoDB] is no longer used.',
    '[MongoDB] was replaced by PostgreSQL.',
    '[MongoDB] and Redis are not used.',
    '[MongoDB] (legacy, do not extend)',
    'There is no [MongoDB] here.',
    'Unlike [MongoDB], PostgreSQL has joins.',
    'We removed [MongoDB] last year.',
    'Without [MongoDB] we need no replica set',
    '[MongoDB] must not be used for new features.',
  ],
  neither: ['We are considering [MongoDB].', 'We plan to add [MongoDB] for logs.', 'A [MongoDB]-style query language.'],
};

describe('stance of a sentence on a technology', () => {
  for (const [stance, list] of Object.entries(sentences))
    it(`reads when it is ${stance}`, () => {
      const wrong = list.flatMap((marked) => {
        const found = ask(marked, stanceOn);
        return found === stance ? [] : [`${marked} → ${found}`];
      });
      assert.deepEqual(wrong, []);
    });

  it('tells a database for tests from that of production', () => {
    assert.equal(ask('PostgreSQL in production, [SQLite] in tests', isForTests), true);
    assert.equal(ask('[PostgreSQL] in production, SQLite in tests', isForTests), false);
    assert.equal(ask('Tests: in-memory [SQLite]', isForTests), true);
  });
});

function ask<T>(marked: string, question: (text: string, start: number, end: number) => T): T {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return question(marked.replace('[', '').replace(']', ''), start, end);
}
