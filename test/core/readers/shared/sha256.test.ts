import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha256 } from '../../../../src/core/readers/shared/sha256.ts';

describe('sha256', () => {
  it('gives what Node gives, whatever the length', () => {
    for (const text of [
      '',
      'a',
      'team_member;badge',
      'ä'.repeat(40),
      '€😀',
      ...Array.from({ length: 200 }, (_, at) => 'x'.repeat(at)),
    ])
      assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'), text);
  });
});
