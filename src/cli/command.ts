import type { ParseArgsOptionsConfig } from 'node:util';
import type { Style } from '../core/report/style.ts';

export interface OptionHelp {
  /** As `--help` shows it: `--format <text|json>`. */
  readonly usage: string;
  readonly text: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What stands after the name: `[dir]`. */
  readonly argument: string;
  readonly options: ParseArgsOptionsConfig;
  readonly optionHelp: readonly OptionHelp[];
  readonly examples: readonly string[];
  /** The exit code. Throws `UsageError` for what the user can mend. */
  run(invocation: Invocation): Promise<number>;
}

export interface Invocation {
  readonly positionals: readonly string[];
  /** Values of the command's own options and of the common ones. */
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly terminal: Terminal;
}

export interface Terminal {
  /** Dresses text for standard output; leaves it plain where that is no terminal or `NO_COLOR` is set. */
  readonly style: Style;
  /** Writes the result: to standard output, or to the file of `--out`. */
  write(text: string): Promise<void>;
  /** A line for people, on standard error. */
  note(line: string): void;
  /** Shows progress where standard error is a terminal; null clears it. */
  progress(line: string | null): void;
}
