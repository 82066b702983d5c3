/** What a program is followed with, and what comes of it. */
import type { Program, Spot } from '../../../readers/shared/typescript/program.ts';
import type { Invoke } from './builtins.ts';
import type { Value } from './values.ts';

export interface Setting {
  /** What another module gives; unknown where it is not at hand. */
  load(module: string): Value;
  /** What the effects of a branch are that may or may not be taken: they are looked at, and taken back. */
  trial(run: () => void): boolean;
  /** Something that acts on the schema is out of sight. */
  lost(why: string, at: Spot): void;
  /** Names of the program's surroundings. */
  readonly names: ReadonlyMap<string, Value>;
  /** A condition that the text does not decide; null = neither branch is followed. */
  readonly assume: 'both' | null;
}

export interface Interpreter {
  /** What the module exports. */
  run(program: Program): Value;
  readonly invoke: Invoke;
}
