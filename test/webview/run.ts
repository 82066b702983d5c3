/** `npm run test:webview [-- pattern]`: the diagram's webview in headless Chromium. Pictures go to test-results/webview-*.png. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { closeShared } from './shared.ts';
import { repository } from './site.ts';

mkdirSync(join(repository, 'test-results'), { recursive: true });
const mocha = new Mocha({ timeout: 60_000, slow: 5000 });
const here = join(repository, 'test', 'webview');
for (const file of readdirSync(here)
  .filter((name) => name.endsWith('.spec.ts'))
  .sort())
  mocha.addFile(join(here, file));
const pattern = process.argv[2];
if (pattern !== undefined) mocha.grep(pattern);
await mocha.loadFilesAsync();
const failures = await new Promise<number>((resolve) => mocha.run(resolve));
await closeShared();
process.exit(failures > 0 ? 1 : 0);
