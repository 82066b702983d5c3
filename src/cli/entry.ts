/**
 * dist/cli.js. Half of the time to start is compiling the bundle, so what Node compiled is kept from the first run on, in the user's
 * own folder. That holds for modules loaded afterwards, hence a bundle of its own. Where it cannot be kept, nothing else changes.
 */
import * as modules from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from './installation.ts';
import type * as programs from './programs.ts';

const oldest = 20;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(`data-engineer: Node ${oldest} or newer is needed, this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  // eslint-disable-next-line n/no-unsupported-features/node-builtins -- Node 20 has none, which is asked.
  const { enableCompileCache } = modules as Partial<typeof modules>;
  enableCompileCache?.(join(cacheDirectory(), 'compiled'));
  const { commandLine } = modules.createRequire(import.meta.url)('./programs.js') as typeof programs;
  void commandLine();
}
