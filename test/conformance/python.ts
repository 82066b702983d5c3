/**
 * One virtual environment for all oracles that are written in Python, below `node_modules/.cache`: made on first use with the versions
 * pinned here, made anew when they change. Needs `python3` with `venv`, and once a package index.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requirements = [
  'Django==5.2.19',
  'psycopg2-binary==2.9.13',
  'tortoise-orm==1.1.9',
  'aiosqlite==0.22.1',
  'peewee==4.5.3',
  'SQLAlchemy==2.0.44',
  'alembic==1.17.2',
  'sqlmodel==0.0.39',
  'Flask-SQLAlchemy==3.1.1',
];

/** Named after what is in it, so that runs which want something else do not get in each other's way. */
const madeOf = createHash('sha256').update(requirements.join('\n')).digest('hex').slice(0, 16);
const folder = fileURLToPath(new URL(`../../node_modules/.cache/conformance-python/${madeOf}`, import.meta.url));
const interpreter = interpreterIn(folder);
const minutes = 60_000;

let making: Promise<string | null> | undefined;

/** Why Python oracles cannot be asked here; null = they can. */
export function pythonUnavailable(): Promise<string | null> {
  making ??= make();
  return making;
}

function interpreterIn(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

async function make(): Promise<string | null> {
  if (existsSync(interpreter)) return null;
  // Under another name until it is whole.
  const unfinished = `${folder}.${process.pid}`;
  const failed = await attempt([
    [process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', '--clear', unfinished]],
    [interpreterIn(unfinished), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]],
  ]);
  if (failed === null && !existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return failed;
}

async function attempt(commands: readonly (readonly [string, readonly string[]])[]): Promise<string | null> {
  for (const [command, args] of commands) {
    try {
      await run(command, args, 10 * minutes);
    } catch (error) {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-2);
      return `${command} ${args.slice(0, 3).join(' ')} failed (${line.trim()})`;
    }
  }
  return null;
}

/** Standard output of a script in `test/conformance/python`, as JSON. Rejects with what it wrote to standard error. */
export async function askPython(script: string, ...args: readonly string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(`python/${script}`, import.meta.url));
  return JSON.parse(await run(interpreter, [path, ...args], 2 * minutes)) as unknown;
}

function run(command: string, args: readonly string[], timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout, maxBuffer: 64 * 2 ** 20, env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } };
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.trim() === '' ? error.message : stderr.trim()));
      else resolve(stdout);
    });
  });
}
