import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { renderNotices } from '../../src/build/notices.ts';

describe('THIRD_PARTY_NOTICES', () => {
  it('names exactly what the bundles hold: npm run notices', async () => {
    const notices = await renderNotices();
    assert.equal(await readFile(new URL('../../THIRD_PARTY_NOTICES', import.meta.url), 'utf8'), notices);
    assert.match(notices, /^elkjs .* \(EPL-2\.0/m);
    assert.match(notices, /^better-sqlite3 /m);
  });
});
