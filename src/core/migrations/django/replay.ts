/**
 * Migrations of a Django project → the tables they build, in the order Django runs them on a new database. Operations change the project state, and the tables
 * that the models of the state have before and after say what becomes of the database, so that they are made by the same code as those of models. SQL is read
 * in the engine's own words; code (`RunPython`) is taken to handle rows.
 */
import type { Settings } from '../../readers/django/settings.ts';
import type { Project } from '../../readers/django/models.ts';
import { isKey, isUnique } from '../../readers/django/fields.ts';
import { targetOf } from '../../readers/django/world.ts';
import { isSequence } from '../../readers/shared/python/values.ts';
import type { PyValue } from '../../readers/shared/python/values.ts';
import type { MigrationFacts, MigrationStep } from '../../schema/code.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import { emptySchema } from '../shared/replay.ts';
import { NotThere } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { migrationsIn } from './declarations.ts';
import type { DjangoMigration } from './declarations.ts';
import { orderMigrations } from './graph.ts';
import { PartlyFollowed, Unfollowed, applyToState, modelNameOf } from './stateOperations.ts';
import { readOperation, textArgument } from './operations.ts';
import type { Operation } from './operations.ts';
import { isReversible, runSql, sqlOf, stepsOfRun } from './scripts.ts';
import { createState } from './state.ts';
import type { ProjectState, StateModel } from './state.ts';
import { stepsOfOperation } from './steps.ts';
import { applyChange, tablesOf } from './tables.ts';

export interface DjangoReplay {
  /** Empty where only the facts were asked for. */
  readonly schema: ReplaySchema;
  readonly facts: ReadonlyMap<string, MigrationFacts>;
  readonly problems: readonly Problem[];
}

export interface DjangoProject extends Project {
  readonly settings: Settings;
}

/** @param tables false: what the migrations do is told, the tables are not built */
export function replayDjango(project: DjangoProject, tables: boolean): DjangoReplay {
  const found = migrationsIn(project.evaluator, project.apps, project.settings);
  const { order, problems: disorder } = orderMigrations(found);
  const run = createRun({ ...project, problems: [] }, tables);
  const facts = new Map<string, MigrationFacts>();
  for (const migration of order) facts.set(migration.file, run.migration(migration));
  // Those that a squashed one stands for have run, wherever they have.
  for (const { file } of found)
    if (!facts.has(file)) facts.set(file, { steps: [], inTransaction: null, reversible: null });
  return { schema: run.schema(), facts, problems: tables ? [...disorder, ...run.problems] : [] };
}

interface Run {
  readonly problems: readonly Problem[];
  schema(): ReplaySchema;
  migration(migration: DjangoMigration): MigrationFacts;
}

/** Operations within operations. */
const deepest = 8;

function createRun(project: DjangoProject, tables: boolean): Run {
  const { dialect } = project;
  const problems: Problem[] = [];
  let schema: ReplaySchema = emptySchema;
  let state = createState(project);

  function migration(current: DjangoMigration): MigrationFacts {
    const steps: MigrationStep[] = [];
    const oneWay: SourceRange[] = [];
    const report = (message: string, at: SourceRange): void => {
      const text = `${current.app.label}.${current.name}: ${message}${message.endsWith('.') ? '' : '.'}`;
      problems.push({ code: 'migration-not-followed', message: text, severity: 'warning', at });
    };

    const one = (value: PyValue, inState: boolean, inDatabase: boolean, depth: number): void => {
      const operation = readOperation(value, project.evaluator);
      if (operation === null) return;
      if (typeof operation === 'string') {
        report(operation, typeof value === 'object' && value !== null && 'at' in value ? value.at : current.at);
        return;
      }
      if (inDatabase && !isReversible(operation)) oneWay.push(operation.at);
      if (operation.kind === 'SeparateDatabaseAndState') {
        if (depth < deepest) separately(operation, inState, inDatabase, depth);
      } else if (operation.kind === 'RunPython') {
        if (inDatabase) steps.push(...stepsOfRun(operation, dialect));
      } else if (operation.kind === 'RunSQL') {
        if (inDatabase) sql(operation);
        if (inState) several(operation.argument('state_operations'), true, false, depth);
      } else change(operation, inDatabase);
    };

    const several = (value: PyValue | undefined, inState: boolean, inDatabase: boolean, depth: number): void => {
      for (const each of isSequence(value) ? value.items : []) one(each, inState, inDatabase, depth + 1);
    };

    /** What happens to the database is tried on a state of its own: the project's is changed by the other list. */
    const separately = (operation: Operation, inState: boolean, inDatabase: boolean, depth: number): void => {
      if (inDatabase) {
        const kept = state;
        state = kept.copy();
        several(operation.argument('database_operations'), true, true, depth);
        state = kept;
      }
      if (inState) several(operation.argument('state_operations'), true, false, depth);
    };

    const sql = (operation: Operation): void => {
      steps.push(...stepsOfRun(operation, dialect));
      const text = sqlOf(operation.argument('sql'));
      if (text === null) {
        report('this SQL is put together when it runs, so what it changes is not known', operation.at);
        return;
      }
      if (!tables) return;
      const result = runSql(schema, text, dialect, operation.at);
      schema = result.schema;
      for (const message of new Set(result.problems)) report(message, operation.at);
    };

    const change = (operation: Operation, inDatabase: boolean): void => {
      const label = current.app.label;
      const named = modelNameOf(operation);
      const before = named === null ? undefined : state.get(label, named);
      const others = tables && inDatabase && before ? affected(operation, before, state) : [];
      const snapshots = [before, ...others].map((model) =>
        tables && inDatabase ? tablesOf(model, state.world) : null,
      );
      try {
        applyToState(operation, current.app, state, project);
      } catch (error) {
        if (error instanceof PartlyFollowed) report(`${operation.kind}: ${error.message}`, operation.at);
        else if (error instanceof Unfollowed) {
          report(`${operation.kind} was left out: ${error.message}`, operation.at);
          return;
        } else throw error;
      }
      const name = operation.kind === 'RenameModel' ? textArgument(operation, 'new_name') : named;
      const after = name === null ? undefined : state.get(label, name);
      if (!inDatabase) return;
      steps.push(...stepsOfOperation(operation, before, after, state.world));
      if (!tables || operation.kind === 'AlterModelOptions') return;
      const nexts = [after, ...others.map((model) => state.get(model.app.label, model.name))];
      for (const [at, snapshot] of snapshots.entries()) {
        if (snapshot === null) continue;
        const next = tablesOf(nexts[at], state.world);
        const options = { field: at === 0 ? renamedField(operation) : null, names: operation.kind === 'RenameIndex' };
        try {
          schema = applyChange(schema, snapshot, next, options, dialect);
        } catch (error) {
          if (!(error instanceof NotThere)) throw error;
          report(error.message, operation.at);
        }
      }
    };

    if (current.operations === null)
      report('its operations are put together when it runs, so what it changes is not known', current.at);
    for (const each of current.operations ?? []) one(each, true, true, 0);
    return {
      steps,
      inTransaction: current.atomic,
      reversible: oneWay.length === 0,
      ...(oneWay[0] ? { oneWay: oneWay[0] } : {}),
    };
  }

  return { problems, schema: () => schema, migration };
}

function renamedField(operation: Operation): readonly [string, string] | null {
  const from = textArgument(operation, 'old_name');
  const to = textArgument(operation, 'new_name');
  return operation.kind === 'RenameField' && from !== null && to !== null ? [from, to] : null;
}

/** Other models whose columns follow those of the model: keys that hold its key, and all that bear its name. */
function affected(operation: Operation, model: StateModel, state: ProjectState): readonly StateModel[] {
  if (!['RenameModel', 'AlterField', 'RenameField', 'AlterModelTable'].includes(operation.kind)) return [];
  const name = textArgument(operation, operation.kind === 'RenameField' ? 'old_name' : 'name');
  const field = model.fields.find((each) => each.name === name);
  const isField = operation.kind === 'AlterField' || operation.kind === 'RenameField';
  if (isField && !(field && (isKey(field) || isUnique(field)))) return [];
  // A table whose key is a relation passes the type of it on.
  const keys = new Set<StateModel>([model]);
  const found = new Set<StateModel>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const each of state.all())
      for (const own of each.fields) {
        const target = own.relation === null ? null : targetOf(own, each, state.world)?.model;
        if (target === null || target === undefined || !keys.has(target as StateModel)) continue;
        found.add(each);
        if (isField && isKey(own)) keys.add(each);
      }
  }
  found.delete(model);
  return [...found];
}
