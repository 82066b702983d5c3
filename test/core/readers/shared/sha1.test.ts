import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha1 } from '../../../../src/core/readers/shared/sha1.ts';

describe('sha1', () => {
  it("gives the digests of Node's own, whatever the length and the script", () => {
    for (const text of ['', 'abc', 'π', '𝒳é', ...Array.from({ length: 200 }, (_, at) => `${'x'.repeat(at)}ä`)])
      assert.equal(sha1(text), createHash('sha1').update(text).digest('hex'), text);
  });

  it('gives the same again', () => assert.equal(sha1('orders_customer_id'), sha1('orders_customer_id')));
});
