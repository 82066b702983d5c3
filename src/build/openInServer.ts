/** `npm start` without a desktop VS Code: serves the folder in VS Code's own web server, with this repository as an extension. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installVsCodeServer, linkExtensions, quietSettings, startVsCodeServer } from './vscodeServer.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node src/build/openInServer.ts FOLDER');
  process.exit(2);
}
const repository = fileURLToPath(new URL('../../', import.meta.url));
const dataDir = join(repository, '.vscode-test', 'start');
const extensionsDir = join(dataDir, 'extensions');

try {
  const installation = await installVsCodeServer({ log: console.log });
  linkExtensions(extensionsDir, [repository]);
  const server = await startVsCodeServer({ installation, dataDir, extensionsDir, settings: quietSettings });
  console.log(`\nVS Code is at ${server.url(folder)}\nOpen it in a browser; Ctrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
  await server.ended;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
