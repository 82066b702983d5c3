/** Entry of dist/server.js: forked by the extension host, speaks LSP over Node's IPC channel (or --stdio, --pipe, --socket). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { fileURLToPath } from 'node:url';
import { startServer } from './startServer.ts';

startServer(createConnection(ProposedFeatures.all), {
  defaults: {
    cacheDirectory: null,
    wasmDirectory: fileURLToPath(new URL('./wasm', import.meta.url)),
    trusted: false,
    l10n: null,
    ruleUri: null,
  },
});
