/** `npm run test:e2e`: the journeys of a user through VS Code's web server, in `*.e2e.ts`. Pictures go to test-results/. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { repository } from '../support/folders.ts';

/** A quiet machine with two cores needs about four minutes. */
const wholeRunMs = 14 * 60_000;

async function main(): Promise<number> {
  if (!existsSync(join(repository, 'dist/extension.js'))) {
    throw new Error('There is no dist/extension.js: run `npm run build` first.');
  }
  // A gesture may be lost where the machine stalls between pressing and looking. It gets one more try, which is told.
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, slow: 20_000, color: false, reporter: 'spec', retries: 1 });
  const wanted = process.argv.slice(2);
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.e2e.ts'))
    .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)))
    .sort();
  for (const file of files) mocha.addFile(join(import.meta.dirname, file));
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((fulfil) => {
    const runner = mocha.run(() => fulfil(runner.stats));
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      console.log(`    ↻ ${test.title}: tried once more after ${error.message.split('\n')[0] ?? ''}`);
    });
  });
  const { passes = 0, failures = 0 } = stats ?? {};
  console.log(`${passes} passed, ${failures} failed`);
  return failures > 0 || passes === 0 ? 1 : 0;
}

const tooLong = setTimeout(() => {
  console.error(`The end-to-end tests had not ended after ${wholeRunMs / 60_000} minutes.\n0 passed, 1 failed`);
  process.exit(1);
}, wholeRunMs);
tooLong.unref();
process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  return 1;
});
setTimeout(() => process.exit(), 3000).unref();
