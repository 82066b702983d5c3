import assert from 'node:assert/strict';
import { scanStoreCalls } from '../../../../src/core/readers/shared/storeCalls.ts';
import { seeded } from '../../../support/random.ts';

const place = (start: number, end: number) => ({ file: 'a.ts', line: start, column: 1, endLine: end, endColumn: 1 });

function scan(text: string) {
  return scanStoreCalls(text, place).map(({ store, receiver, api, arguments: given }) => [store, receiver, api, given]);
}

describe('calls of stores', () => {
  it('are found with their arguments, whatever these hold', () => {
    assert.deepEqual(scan("await this.redis.set(`a:${f(1, 2)}`, JSON.stringify({ a: [1, ')'] }), 'EX', 60);"), [
      ['redis', 'this.redis', 'set', ['`a:${f(1, 2)}`', "JSON.stringify({ a: [1, ')'] })", "'EX'", '60']],
    ]);
    assert.deepEqual(scan("redis_client.set('a', 'b', ex=60)"), [
      ['redis', 'redis_client', 'set', ["'a'", "'b'", 'ex=60']],
    ]);
    assert.deepEqual(scan('{ $push: { events: { at: now() }, "log.entries": x } }'), [
      ['mongodb', '', '$push', ['events: { at: now() }', '"log.entries": x']],
    ]);
    assert.deepEqual(scan("SELECT create_hypertable('readings', 'at');"), [
      ['partitioning', '', 'create_hypertable', ["'readings'", "'at'"]],
    ]);
    assert.deepEqual(scan('CREATE TABLE readings (at timestamptz) PARTITION BY RANGE (at);'), [
      ['partitioning', '', 'partition', ['readings']],
    ]);
  });

  it('are not found in comments', () => {
    assert.deepEqual(scan("// redis.set('a', 'b')\n  # redis.set('a', 'b')\n  * redis.set('a', 'b')"), []);
  });

  it('never break on half a text', () => {
    const text =
      "redis.set(`a:${b}`, '(', {x: [1]}); { $push: { a: { b: 1 } } } CREATE TABLE r (a int) PARTITION BY RANGE (a)";
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const cut = text.slice(random.below(40), text.length - random.below(60));
      for (const { at } of scanStoreCalls(cut, place)) assert.ok(at.line <= at.endLine && at.endLine <= cut.length);
    }
  });
});
