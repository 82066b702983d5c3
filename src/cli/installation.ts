/** Where this program lies: bundled in `dist/`, or as source in `src/cli/`. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the `tree-sitter*.wasm` files. */
export function wasmDirectory(): string {
  const bundled = fileURLToPath(new URL('./wasm', import.meta.url));
  return existsSync(bundled)
    ? bundled
    : fileURLToPath(new URL('../../node_modules/@vscode/tree-sitter-wasm/wasm', import.meta.url));
}

export function version(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && 'name' in manifest)
        return String(manifest.version);
    } catch {
      // the other place
    }
  }
  return 'unknown';
}

/** The user's folder for caches, as each platform has it. */
export function cacheDirectory(): string {
  const { env } = process;
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'data-engineer', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'data-engineer');
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'data-engineer');
}
