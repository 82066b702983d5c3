/**
 * dist/cli.js. Half of the time to start is compiling the bundle, so what Node compiled is kept from the first run on, in the user's
 * own folder. That holds for modules loaded afterwards, hence a bundle of its own. Where it cannot be kept, nothing else changes.
 */
import { createRequire, enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from './installation.ts';
import type * as programs from './programs.ts';

enableCompileCache(join(cacheDirectory(), 'compiled'));
const { commandLine } = createRequire(import.meta.url)('./programs.js') as typeof programs;
void commandLine();
