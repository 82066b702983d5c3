/** Change logs → the schema they build: logs that others include in their place, change sets of the engine, properties put in. */
import type { MigrationFacts, MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { emptySchema } from '../shared/replay.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { createRecorder, rangeOf } from '../shared/script/recorder.ts';
import type { Recorder } from '../shared/script/recorder.ts';
import { onRows, operationsOf, revertible } from './changes.ts';
import { findLogs, findScript } from './files.ts';
import type { LogFile } from './files.ts';
import type { ChangeNode, ChangeSet } from './model.ts';
import { conditionHolds } from './preconditions.ts';
import { matchesEngine, substitute, withProperties } from './properties.ts';

export interface LogReplay {
  readonly schema: ReplaySchema;
  readonly problems: readonly Problem[];
}

interface State {
  readonly files: readonly LogFile[];
  readonly dialect: Dialect;
  readonly properties: Map<string, string>;
  readonly done: Set<string>;
  readonly contexts: Set<string>;
  readonly problems: Problem[];
  schema: ReplaySchema;
}

const deepest = 30;

export function replayLogs(roots: readonly LogFile[], files: readonly LogFile[], dialect: Dialect): LogReplay {
  const state: State = {
    ...{ files, dialect, properties: new Map(), done: new Set(), contexts: new Set(), problems: [] },
    schema: emptySchema,
  };
  for (const root of roots) runLog(root, state, 0);
  return { schema: state.schema, problems: state.problems };
}

function runLog(file: LogFile, state: State, depth: number): void {
  const { log } = file;
  if (depth > deepest) return;
  if (log.kind === 'script') {
    const key = `script ${file.file}`;
    if (state.done.has(key)) return;
    state.done.add(key);
    record(file.file, state, (recorder) => recorder.sql(substitute(log.sql, state.properties), [1, 1, 1, 1]));
    return;
  }
  for (const item of log.items) {
    if (item.is === 'property') {
      // What is set first stays.
      if (matchesEngine(item.dbms, state.dialect) && !state.properties.has(item.name))
        state.properties.set(item.name, substitute(item.value, state.properties));
    } else if (item.is === 'include') {
      const path = substitute(item.path, state.properties);
      const found = findLogs({ ...item, path }, file.file, state.files);
      if (found.length === 0 && !item.all)
        report(state, file.file, item.at, `The change log ${path} that is included here is not there.`);
      for (const each of found) runLog(each, state, depth + 1);
    } else runSet(item, file, state);
  }
}

function report(state: State, file: string, at: ChangeSet['at'], message: string): void {
  state.problems.push({ code: 'migration-not-followed', message, severity: 'information', at: rangeOf(file, at) });
}

function record(file: string, state: State, run: (recorder: Recorder) => void): void {
  const recorder = createRecorder(file, state.dialect, state.schema);
  run(recorder);
  const { schema, problems } = recorder.result();
  state.schema = schema;
  state.problems.push(...problems);
}

function runSet(set: ChangeSet, { file }: LogFile, state: State): void {
  const key = `${set.id}\0${set.author}\0${file}`;
  if (state.done.has(key) || !matchesEngine(set.dbms, state.dialect)) return;
  state.done.add(key);
  record(file, state, (recorder) => {
    const { preconditions } = set;
    const holds = preconditions ? conditionHolds(preconditions, state) : true;
    const onFail = preconditions?.attributes.onFail ?? childText(preconditions, 'onFail') ?? 'HALT';
    if (holds === false && /^(?:MARK_RAN|CONTINUE)$/i.test(onFail)) return;
    if (holds === null && set.changes.some(isStructural))
      recorder.problem(
        `whether the preconditions of change set ${set.id} hold is only known when it runs; it was followed`,
        set.at,
      );
    if (set.context !== null && set.changes.some(isStructural) && !state.contexts.has(set.context)) {
      state.contexts.add(set.context);
      recorder.problem(
        `change sets of "${set.context}" were followed, as Liquibase runs them where no contexts and labels are asked for`,
        set.at,
      );
    }
    for (const change of set.changes) runChange(change, file, state, recorder);
  });
}

function childText(node: ChangeNode | null, name: string): string | null {
  return node?.children.find((child) => child.name === name)?.text ?? null;
}

function isStructural(change: ChangeNode): boolean {
  return !onRows.test(change.name) && change.name !== 'tagDatabase';
}

type Surroundings = Pick<State, 'dialect' | 'properties' | 'files'>;

function runChange(written: ChangeNode, file: string, state: Surroundings, recorder: Recorder): void {
  const change = withProperties(written, state.properties);
  if (!matchesEngine(change.attributes.dbms ?? null, state.dialect)) return;
  if (change.name === 'sql') {
    recorder.sql(change.text, change.at);
    return;
  }
  if (change.name === 'sqlFile') {
    const path = change.attributes.path ?? '';
    const script = findScript(path, change.attributes.relativeToChangelogFile === 'true', file, state.files);
    if (script) recorder.sql(substitute(script.log.sql, state.properties), change.at);
    else recorder.problem(`the script ${path} is not among the files that were read`, change.at);
    return;
  }
  if (onRows.test(change.name)) {
    recorder.write(change.attributes.tableName ?? null, change.at);
    return;
  }
  const operations = operationsOf(change, state.dialect);
  if (typeof operations === 'string') recorder.problem(`${change.name} was left out: ${operations}`, change.at);
  else recorder.apply(operations, change.at);
}

/** What is older has run wherever the program runs. */
const newest = 5;

/** What a change log says of the indexes of tables that are made elsewhere. */
const indexing: ReadonlySet<MigrationStep['kind']> = new Set(['create-index', 'add-unique', 'drop-index']);

/** Moment that a tool puts in front of the ids of all change sets that it writes; null = somebody has named it. */
function generatedRun(id: string): string | null {
  return /^(\d{10,})-\d+$/u.exec(id)?.[1] ?? null;
}

export interface LogFacts {
  /** The steps of the last change sets. */
  readonly migration: MigrationFacts;
  /** What the change sets before them do to indexes and unique keys. */
  readonly indexed: readonly MigrationStep[];
}

/** A file that only includes others has none. */
export function factsOfLog(file: LogFile, files: readonly LogFile[], dialect: Dialect): LogFacts | null {
  const { log } = file;
  const sets = log.items.filter(
    (item): item is ChangeSet => item.is === 'changeSet' && matchesEngine(item.dbms, dialect),
  );
  if (sets.length === 0) return null;
  const properties = new Map<string, string>();
  for (const { log: each } of files)
    for (const item of each.items)
      if (item.is === 'property' && matchesEngine(item.dbms, dialect) && !properties.has(item.name))
        properties.set(item.name, item.value);
  const recent = sets.slice(-newest);
  // Change sets that a tool has written at once (`1332854949306-123`) run together: their tables are new.
  const runs = new Set(recent.flatMap(({ id }) => generatedRun(id) ?? []));
  const beside = sets.slice(0, -newest).filter(({ id }) => runs.has(generatedRun(id) ?? ''));
  const stepsOf = (run: readonly ChangeSet[]): readonly MigrationStep[] => {
    const recorder = createRecorder(file.file, dialect, null);
    for (const set of run)
      for (const change of set.changes) runChange(change, file.file, { dialect, properties, files }, recorder);
    return recorder.result().steps;
  };
  const isReversible = recent.every((set) => set.hasRollback || set.changes.every(({ name }) => revertible.test(name)));
  return {
    migration: {
      steps: [...stepsOf(beside).filter(({ kind }) => kind === 'create-table'), ...stepsOf(recent)],
      inTransaction: recent.every(({ transactional }) => transactional) ? true : null,
      reversible: isReversible ? true : null,
    },
    indexed: stepsOf(sets.slice(0, -newest)).filter(({ kind }) => indexing.has(kind)),
  };
}
