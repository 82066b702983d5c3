import assert from 'node:assert/strict';
import { linkScripts } from './read.ts';

const events = `CREATE TABLE events (
  \`at\` DateTime64(9) CODEC(Delta(8), ZSTD(1)),
  \`service\` LowCardinality(String)
) ENGINE = MergeTree ORDER BY (service, at);`;

describe('SQL scripts of engines that are not read', () => {
  it('leaves ClickHouse out, says so once, and reads the others', () => {
    const result = linkScripts([
      ['logs/migrations/00001_events.sql', events],
      ['logs/migrations/00002_events.sql', events.replaceAll('events', 'spans')],
      ['db/schema.sql', 'CREATE TABLE `users` (`id` int unsigned AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;'],
    ]);
    assert.deepEqual(
      result.tables.map(({ name }) => name),
      ['users'],
    );
    assert.deepEqual(
      result.problems.map(({ code, at }) => `${code} ${at?.file ?? ''}`),
      ['unread-engine logs/migrations/00001_events.sql'],
    );
    assert.match(result.problems[0]?.message ?? '', /^00001_events\.sql, 00002_events\.sql are written for ClickHouse/);
    for (const { file, migration } of result.files)
      if (file.startsWith('logs/')) assert.equal(migration ?? null, null, file);
  });
});

describe('SQL scripts that are kept', () => {
  it('leaves those of an archive alone where there are others', () => {
    const archive = 'CREATE TABLE kept (id int NOT NULL);';
    const current = ['db/current.sql', 'CREATE TABLE crate (id int PRIMARY KEY);'] as const;
    const names = (...files: (readonly [string, string])[]): readonly string[] =>
      linkScripts(files)
        .tables.map(({ name }) => name)
        .sort();
    assert.deepEqual(names(['db/archive/old.sql', archive], current), ['crate']);
    assert.deepEqual(names(['db/archive/old.sql', archive]), ['kept']);
    // A part of the program that is called so.
    assert.deepEqual(names(['modules/archive/tables.sql', archive], current), ['crate', 'kept']);
  });
});
