/** dist/server.js, which starts as `src/cli/entry.ts` does, with a folder that the extension host names. */
import * as modules from 'node:module';

/** A process that is ended by a signal keeps nothing of itself: once it has settled, it does so by itself. */
const settledMs = 20_000;

const folder = process.env.DATA_ENGINEER_COMPILED;
// eslint-disable-next-line n/no-unsupported-features/node-builtins -- The Node inside VS Code decides which of these there are.
const { enableCompileCache, flushCompileCache } = modules as Partial<typeof modules>;
if (folder !== undefined && folder !== '') {
  enableCompileCache?.(folder);
  setTimeout(() => flushCompileCache?.(), settledMs).unref();
}
const { languageServer } = modules.createRequire(import.meta.url)('./programs.js') as {
  readonly languageServer: () => Promise<unknown>;
};
void languageServer();
