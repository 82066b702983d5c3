/** Programs that the harness runs: with a limit of time, and ended by themselves or by us. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';

export interface Run {
  /** Null where it was ended from outside. */
  readonly code: number | null;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  /** Standard output alone. */
  readonly stdout: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Everything that is still running; the harness must not leave anything behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** What a project inherits: nothing of the tests' own settings. */
function environmentOf(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:DATABASE_|TEST_DATABASE|NODE_OPTIONS|NODE_ENV|npm_)/u.test(name),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', CI: '1', ...own };
}

export function run(command: string, parameters: readonly string[], options: RunOptions): Promise<Run> {
  const child = spawn(command, parameters, {
    cwd: options.cwd,
    env: environmentOf(options.environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  let stdout = '';
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString();
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => {
      output += `\n${command} had not ended after ${options.timeoutMs / 1000} s.`;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    child.once('error', (error) => {
      clearTimeout(tooLong);
      running.delete(child);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(tooLong);
      running.delete(child);
      resolve({ code, output, stdout });
    });
  });
}

export interface Service {
  readonly baseUrl: string;
  /** What it has written so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a program that listens at `PORT` and waits until it answers anything at all. */
export async function serve(file: string, parameters: readonly string[], options: RunOptions): Promise<Service> {
  const port = await freePort();
  const child = spawn(process.execPath, [...parameters, file], {
    cwd: options.cwd,
    env: environmentOf({ ...options.environment, PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const baseUrl = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
      await closed;
      clearTimeout(kill);
    }
    running.delete(child);
  };
  for (const started = Date.now(); Date.now() - started < options.timeoutMs;) {
    if (child.exitCode !== null) break;
    try {
      await fetch(baseUrl, { signal: AbortSignal.timeout(2000) });
      return { baseUrl, output: () => output, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  await stop();
  throw new Error(`It did not start:\n${output.slice(-4000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
