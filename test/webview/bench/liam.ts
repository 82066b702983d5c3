/** The peer: Liam ERD as its own command line builds it, installed for the run alone and served from loopback. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/** Pinned, so that two runs compare the same thing. */
const version = '0.7.24';
const installMs = 240_000;
const buildMs = 60_000;

export interface Liam {
  readonly version: string;
  /** Writes the page for a script; `milliseconds` is what its command took, null where it did not end in a minute. */
  build(name: string, ddl: string): Promise<{ readonly folder: string; readonly milliseconds: number | null }>;
}

/** @throws Error with npm's own words where it cannot be installed */
export async function installLiam(folder: string): Promise<Liam> {
  const program = join(folder, 'node_modules/@liam-hq/cli/dist-cli/bin/cli.js');
  if (!existsSync(program)) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
    const { code, output } = await run(npm, ['install', `@liam-hq/cli@${version}`, ...options], folder, installMs);
    if (code !== 0) throw new Error(`@liam-hq/cli could not be installed: ${output.slice(-600)}`);
  }
  return {
    version,
    build: async (name, ddl) => {
      await writeFile(join(folder, `${name}.sql`), ddl);
      const started = performance.now();
      const args = [program, 'erd', 'build', '--input', `${name}.sql`, '--format', 'postgres', '--output-dir', name];
      const { code, output } = await run(process.execPath, args, folder, buildMs);
      const milliseconds = performance.now() - started;
      if (code === null) return { folder: join(folder, name), milliseconds: null };
      if (code !== 0) throw new Error(`liam erd build failed: ${output.slice(-600)}`);
      return { folder: join(folder, name), milliseconds };
    },
  };
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Serves a folder from loopback until it is closed. */
export async function serveFolder(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname.replaceAll('..', '');
    readFile(join(folder, path)).then(
      (content) => {
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** `code` is null where the time was up and the program was stopped. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
  timeout: number,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
