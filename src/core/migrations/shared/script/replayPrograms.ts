/** Migrations that are programs → the schema they build, one after the other, and the steps of each. */
import type { MigrationFacts } from '../../../schema/code.ts';
import type { Dialect } from '../../../schema/model.ts';
import type { Problem } from '../../../schema/source.ts';
import type { Program } from '../../../readers/shared/typescript/program.ts';
import { emptySchema } from '../replay.ts';
import type { ReplaySchema } from '../replayState.ts';
import { createInterpreter } from './interpret.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';
import { isClosure, isObject, memberOf, unknown } from './values.ts';
import type { Value } from './values.ts';

export interface ProgramFile {
  readonly file: string;
  readonly program: Program;
}

export interface Surroundings {
  /** Modules of the library, by name. */
  module(name: string): Value | undefined;
  /** What `up` is given. */
  readonly arguments: readonly Value[];
}

/** A function that changes the schema, and what it belongs to. */
export interface WayUp {
  readonly up: Value;
  readonly self?: Value;
}

export interface MigrationTool {
  surround(recorder: Recorder, invoke: (callee: Value, args: readonly Value[]) => Value): Surroundings;
  /** What the tool does itself unless the migration says otherwise: `exports.config = { transaction: false }`. */
  inTransaction(exports: Value): boolean | null;
  /** The migrations of a module, in the order they are run. Absent = the module itself is one, by its `up`. */
  ups?(exports: Value): readonly WayUp[];
}

export interface ReplaySetting {
  readonly tool: MigrationTool;
  readonly dialect: Dialect;
  /** The program of a module that a file names; null = it is not at hand. */
  readonly load: (fromFile: string, module: string) => ProgramFile | null;
}

export interface ProgramReplay {
  readonly schema: ReplaySchema;
  readonly problems: readonly Problem[];
}

export function replayPrograms(
  files: readonly ProgramFile[],
  setting: ReplaySetting,
  start: ReplaySchema = emptySchema,
): ProgramReplay {
  let schema = start;
  const problems: Problem[] = [];
  for (const file of files) {
    const result = follow(file, setting, schema).recorded;
    schema = result.schema;
    problems.push(...result.problems);
  }
  return { schema, problems };
}

/** Of a migration by itself: what is there before it is not known, so both ways of a condition on it are taken. */
export function factsOfProgram(file: ProgramFile, setting: ReplaySetting): MigrationFacts {
  const { recorded, exports } = follow(file, setting, null);
  return {
    steps: recorded.steps,
    inTransaction: recorded.inTransaction ?? setting.tool.inTransaction(exports),
    reversible: reversibleOf(exports),
  };
}

const maxModules = 40;

function follow(file: ProgramFile, setting: ReplaySetting, start: ReplaySchema | null) {
  const recorder = createRecorder(file.file, setting.dialect, start);
  const loading = new Map<string, Value>();
  let around: Surroundings | null = null;
  const interpreterOf = (path: string): ReturnType<typeof createInterpreter> =>
    createInterpreter({
      names: new Map(),
      assume: start === null ? 'both' : null,
      trial: (run) => recorder.trial(run),
      lost: (why, at) => {
        if (start !== null) recorder.problem(why, at);
      },
      load(module) {
        const own = around?.module(module);
        if (own !== undefined) return own;
        const found = module.startsWith('.') || module.startsWith('@') ? setting.load(path, module) : null;
        if (!found || loading.size > maxModules) return unknown;
        const known = loading.get(found.file);
        if (known !== undefined) return known;
        loading.set(found.file, unknown);
        const exports = interpreterOf(found.file).run(found.program);
        loading.set(found.file, exports);
        return exports;
      },
    });
  const interpreter = interpreterOf(file.file);
  around = setting.tool.surround(recorder, interpreter.invoke);
  const exports = interpreter.run(file.program);
  const ups = setting.tool.ups?.(exports) ?? [{ up: exportedAs(exports, 'up') }];
  for (const { up, self } of ups) if (isClosure(up)) interpreter.invoke(up, around.arguments, self);
  return { recorded: recorder.result(), exports };
}

/** `exports.up`, or that of what is exported as a whole. */
export function exportedAs(exports: Value, name: string): Value {
  const own = memberOf(exports, name);
  return own ?? (isObject(exports) ? memberOf(exports.entries.get('default'), name) : undefined);
}

/** It calls something on its way back, or says by an error why there is none. Null = it exports no way back that can be seen. */
function reversibleOf(exports: Value): boolean | null {
  const down = exportedAs(exports, 'down');
  if (down === undefined) return false;
  return isClosure(down) ? /"is":"(?:call|throw)"/.test(JSON.stringify(down.value.body)) : null;
}
