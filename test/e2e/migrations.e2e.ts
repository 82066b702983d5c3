/** A migration as a user makes it: asked about renames and values, reviewed, proven, and only then a file. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { temporaryFolder } from '../support/folders.ts';
import { migratedProject, postEntity, postFile } from '../support/migratedProject.ts';
import { openWorkbench, runPaletteCommand } from '../support/workbench.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

const first = '1700000000001-create-posts.ts';

describe('a migration, as a user', function () {
  this.timeout(180_000);
  let session: Session;
  let page: Page;
  let folder: string;
  const migrations = () => readdirSync(join(folder, 'src/migrations')).filter((name) => name !== first);
  const row = (text: string) => page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  const title = (text: string) => page.locator('.quick-input-title', { hasText: text }).waitFor();

  before(async () => {
    session = await openSession();
    page = session.page;
    folder = migratedProject(join(temporaryFolder('migrations'), 'blog'));
    writeFileSync(
      join(folder, postFile),
      postEntity('  @Column()\n  headline: string;\n\n  @Column()\n  author: string;'),
    );
    await openWorkbench(page, session.server.url(folder));
  });

  after(async () => {
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await session.picture(`failed-migration-${this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase()}`);
    await page.keyboard.press('Escape');
  });

  async function start(): Promise<void> {
    await runPaletteCommand(page, 'Data Engineer: Generate Migration...');
    await row('What the migrations build').waitFor({ timeout: 60_000 });
  }

  it('offers commits to compare with', async () => {
    await start();
    await row('A Git reference').click();
    await row('First posts').waitFor();
    await session.picture('migration-refs');
    await page.keyboard.press('Escape');
  });

  it('asks whether a column was renamed, and for a value that rows do not have', async () => {
    await start();
    await session.picture('migration-base');
    await row('What the migrations build').click();
    await title('posts.title → headline');
    await session.picture('migration-rename');
    await row('Rename title to headline').click();
    await title('posts.author');
    const input = page.locator('.quick-input-widget input');
    await input.fill("'nobody'");
    await session.picture('migration-value');
    await page.keyboard.press('Enter');
  });

  it('tells the changes in words, runs them, and offers the file', async () => {
    await title('Migration with 2 changes');
    await row('Rename column posts.title to headline').waitFor();
    await row('Add column posts.author').waitFor();
    await session.picture('migration-review');
    await row('TypeORM migration').click();
    await title('Generate Migration');
    await page.keyboard.press('Enter');
    const proof = page.locator('.notification-list-item', { hasText: 'ran on PostgreSQL' });
    await proof.waitFor({ timeout: 60_000 });
    assert.match(
      await proof.innerText(),
      /ChangePosts: ran on PostgreSQL 18[\d.]*: up \d+ ms, down \d+ ms, no rows lost/,
    );
    await page.locator('.editor-group-container.active .view-line', { hasText: 'RENAME COLUMN' }).first().waitFor();
    assert.deepEqual(migrations(), []);
    await session.picture('migration-offered');
    await proof.getByRole('button', { name: 'Save' }).click();
    const written = () =>
      migrations()
        .map((name) => readFileSync(join(folder, 'src/migrations', name), 'utf8'))
        .join('');
    for (let waited = 0; written() === '' && waited < 100; waited++) await page.waitForTimeout(100);
    assert.match(migrations().join(), /^\d{13}-change-posts\.ts$/);
    assert.match(written(), /SET "author" = 'nobody'/);
    await session.picture('migration-saved');
  });

  it('names what is lost, and goes on only where that is confirmed', async () => {
    writeFileSync(join(folder, postFile), postEntity('  @Column()\n  headline: string;'));
    const dialog = page.locator('.monaco-dialog-box');
    const ask = async (): Promise<void> => {
      // That the file has changed on disk is told late.
      for (let attempt = 1; ; attempt++) {
        await start();
        await row('What the migrations build').click();
        const isThere = page
          .locator('.quick-input-title', { hasText: 'Migration with 1 change' })
          .waitFor({ timeout: 10_000 });
        const seen = await isThere.then(
          () => true,
          () => false,
        );
        if (seen) break;
        assert.ok(attempt < 4, 'the change is not seen');
      }
      await row('The values of posts.author are lost.').waitFor();
      await row('TypeORM migration').click();
      await title('Generate Migration');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ timeout: 60_000 });
      assert.match(
        await dialog.innerText(),
        /loses data[\s\S]*The values of posts\.author are lost\.[\s\S]*Proof: ran on/,
      );
    };
    await ask();
    await session.picture('migration-loss');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(migrations().length, 1);
    await ask();
    await dialog.getByRole('button', { name: 'Lose This Data' }).click();
    await page.locator('.editor-group-container.active .view-line', { hasText: 'DROP COLUMN' }).first().waitFor();
    assert.equal(migrations().length, 1);
  });
});
