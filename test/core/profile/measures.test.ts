import assert from 'node:assert/strict';
import { measuresIn } from '../../../src/core/profile/measures.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';

/** What stands in a text → `kind comparison value unit`, with the percentile where there is one. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'Handle 1,000 requests per second at peak': ['throughput stated 1000 requests/s'],
  'mindestens 1.000 Anfragen pro Sekunde': ['throughput at-least 1000 requests/s'],
  'Requests per second: 500': ['throughput stated 500 requests/s'],
  '| Throughput | 2k rps |': ['throughput stated 2000 requests/s'],
  '50,000 sensor readings/second': ['throughput stated 50000 requests/s'],
  '500 orders per minute': ['throughput stated 500 requests/min'],
  'p95 latency below 200 ms, p99 < 1 s': ['latency at-most 200 ms p95', 'latency at-most 1000 ms p99'],
  'API responses under 300ms': ['latency at-most 300 ms'],
  'The API must respond within 2 seconds': ['latency at-most 2000 ms'],
  'queries must finish in under 50 ms': ['latency at-most 50 ms'],
  'Latency (p99): 80 ms': ['latency stated 80 ms p99'],
  '95th percentile response time of 250ms': ['latency stated 250 ms p95'],
  'Antwortzeit unter 200 ms': ['latency at-most 200 ms'],
  '99.9% availability': ['availability stated 99.9 %'],
  'Uptime 99,95 %': ['availability stated 99.95 %'],
  'RPO: 15 minutes, RTO: 1 hour': ['recovery-point stated 900 s', 'recovery-time stated 3600 s'],
  'RPO ≤ 5 min': ['recovery-point at-most 300 s'],
  'Audit logs are kept for 7 years': ['retention stated 2555 days'],
  'Aufbewahrungsfrist 10 Jahre': ['retention stated 3650 days'],
  'Data retention: 30 days': ['retention stated 30 days'],
  'up to 10,000 concurrent users': ['concurrent-users at-most 10000 users'],
  '1.5 million registered users': ['users stated 1500000 users'],
  '10 million order rows': ['rows stated 10000000 rows'],
  'orders table has 50M rows': ['rows stated 50000000 rows'],
  '2 TB of data': ['data-volume stated 2000000000000 bytes'],
  // What only looks like it.
  'Node 22 on port 5432': [],
  'We use PostgreSQL 16 and 3 replicas': [],
  '95% test coverage': [],
  '5 GB file upload': [],
  'Batch size 100 rows': [],
  'cache for 5 minutes': [],
  'lines under 100 characters': [],
};

describe('requirements that can be measured', () => {
  for (const [text, expected] of Object.entries(texts))
    it(`are read of "${text}"`, () => {
      const found = measuresIn(text, '').map(
        ({ kind, comparison, value, unit, percentile, text: words, start, end }) => {
          assert.equal(text.slice(start, end).replace(/\s+/gu, ' '), words);
          return `${kind} ${comparison} ${value} ${unit}${percentile === null ? '' : ` p${percentile}`}`;
        },
      );
      assert.deepEqual(found, expected);
    });

  it('stand in the profile with their places, and their sentences among the requirements', () => {
    const text =
      '---\napplyTo: "**"\n---\n# Shop\n\nAnswers within 200 ms (p95).\n\n## Anforderungen\n\n- Bestellungen gehen nie verloren\n';
    const { profile } = readProfile([{ file: '.github/instructions/api.instructions.md', text }], []);
    assert.deepEqual(
      profile.measures.map(({ kind, value, at }) => [kind, value, at.line]),
      [['latency', 200, 6]],
    );
    assert.deepEqual(
      profile.facts.requirements.map(({ value, at }) => [value, at.line]),
      [
        ['Answers within 200 ms (p95).', 6],
        ['Bestellungen gehen nie verloren', 10],
      ],
    );
  });

  it('take no time over long lines', () => {
    const text = `p95 latency ${'response time query 1 '.repeat(20_000)}`;
    const { profile } = readProfile([{ file: 'AGENTS.md', text }], []);
    assert.deepEqual(profile.measures, []);
  });
});
