import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { md5 } from '../../../../src/core/readers/shared/md5.ts';

describe('md5', () => {
  it('gives what Node gives, whatever the length', () => {
    for (const text of [
      '',
      'a',
      'lib_bookpriceisbn',
      'ä'.repeat(40),
      '€😀',
      ...Array.from({ length: 200 }, (_, at) => 'x'.repeat(at)),
    ])
      assert.equal(md5(text), createHash('md5').update(text).digest('hex'), text);
  });
});
