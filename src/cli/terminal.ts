import { writeFile } from 'node:fs/promises';
import { plainStyle, terminalStyle } from '../core/report/style.ts';
import type { Terminal } from './command.ts';
import { UsageError } from './usageError.ts';

export interface TerminalOptions {
  /** File for the result; undefined = standard output. */
  readonly out: string | undefined;
  /** May an existing file be replaced? */
  readonly force: boolean;
}

export function createTerminal({ out, force }: TerminalOptions): Terminal {
  const isColoured = out === undefined && wantsColour(process.env, process.stdout.isTTY);
  let hasProgress = false;

  const clear = (): void => {
    if (hasProgress) process.stderr.write('\r\u001b[K');
    hasProgress = false;
  };
  return {
    style: isColoured ? terminalStyle : plainStyle,
    async write(text) {
      clear();
      if (out === undefined) await writeOut(text);
      else await writeTo(out, text, force);
    },
    note(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      if (line === null) clear();
      else {
        process.stderr.write(`\r\u001b[K${line}`);
        hasProgress = true;
      }
    },
  };
}

/** https://no-color.org and, against it, `FORCE_COLOR` as Node itself reads it. */
function wantsColour(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

async function writeTo(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') throw new UsageError(`${file} is already there: add --force to replace it.`);
    if (code === 'ENOENT') throw new UsageError(`${file} cannot be written: its folder does not exist.`);
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
