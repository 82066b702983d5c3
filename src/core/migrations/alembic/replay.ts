/**
 * Revisions of Alembic → the tables they build, in the order of their graph. Columns, keys and indexes are made by the code that makes those of `Table(…)`;
 * SQL is read in the engine's own words; what is only known when it runs is a problem that names its place.
 */
import type { Metadata } from '../../readers/sqlalchemy/metadata.ts';
import { enumOfType } from '../../readers/sqlalchemy/enums.ts';
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import { externalPath, isCall, isMember, isUnknown, sourceText } from '../../readers/shared/python/values.ts';
import { migrationStep, stepsOfSql } from '../../readers/shared/sql/migrationSteps.ts';
import type { MigrationFacts, MigrationStep } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import { readStatements } from '../../syntax/sql/readStatements.ts';
import { applyOperations, emptySchema } from '../shared/replay.ts';
import { NotThere } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { applyCall, Unreadable } from './apply.ts';
import type { ApplyContext } from './apply.ts';
import { readOpCall } from './calls.ts';
import { conditionOf } from './conditions.ts';
import { orderRevisions } from './graph.ts';
import type { AlembicRevision, RevisionFile } from './graph.ts';
import { runUpgrade } from './run.ts';
import type { Place } from './run.ts';
import { stepsOfCall } from './steps.ts';
import { tableContext } from './tables.ts';

export interface AlembicReplay {
  /** Empty where only the facts were asked for. */
  readonly schema: ReplaySchema;
  readonly facts: ReadonlyMap<string, MigrationFacts>;
  readonly problems: readonly Problem[];
}

export interface AlembicProject {
  readonly evaluator: Evaluator;
  readonly dialect: Dialect;
  /** Naming convention of the project's tables. */
  readonly metadata: Metadata;
  readonly revisions: readonly RevisionFile[];
}

/** Of `op`, and of connections: they change no structure. */
const harmless =
  /(?:^|\.)(?:f|get_bind|get_context|bulk_insert|batch_alter_table|inline_literal|configure|invoke_for_target)$/;

/** @param tables false: what the revisions do is told, the tables are not built */
export function replayAlembic(project: AlembicProject, tables: boolean): AlembicReplay {
  const { order, problems: disorder } = orderRevisions(project.revisions, project.evaluator);
  const run = createRun(project, tables);
  const facts = new Map<string, MigrationFacts>();
  for (const [at, revision] of order.entries()) facts.set(revision.file, { ...run.revision(revision), order: at });
  return { schema: run.schema(), facts, problems: tables ? [...disorder, ...run.problems] : [] };
}

interface Run {
  readonly problems: readonly Problem[];
  schema(): ReplaySchema;
  revision(revision: AlembicRevision): MigrationFacts;
}

function createRun({ evaluator, dialect, metadata }: AlembicProject, tables: boolean): Run {
  const problems: Problem[] = [];
  let schema: ReplaySchema = emptySchema;
  const absent = new Set<string>();
  const context: ApplyContext = { ...tableContext(evaluator, dialect, () => schema), metadata };

  function revision(current: AlembicRevision): MigrationFacts {
    const steps: MigrationStep[] = [];
    let [concurrent, outside] = [false, false];
    let committed = false;
    const report = (message: string, at: SourceRange): void => {
      // Said once: projects that began with `create_all` have revisions for what came later alone.
      const table = /^There is no table (\S+) at this point/.exec(message)?.[1];
      if (table !== undefined && absent.has(table)) return;
      if (table !== undefined) absent.add(table);
      const origin = table === undefined ? '' : ' No revision before this one creates it: was it made by create_all?';
      const text = `${current.id}: ${message}${message.endsWith('.') ? '' : '.'}${origin}`;
      problems.push({ code: 'migration-not-followed', message: text, severity: 'warning', at });
    };
    const took = (made: readonly MigrationStep[], { autocommit }: Place): void => {
      const apart = autocommit || committed;
      steps.push(...(apart ? made.map((step) => ({ ...step, committed: true as const })) : made));
      if (!made.some(({ online, kind }) => online && kind.endsWith('-index'))) return;
      if (apart) outside = true;
      else concurrent = true;
    };

    const sql = (value: PyValue | undefined, at: SourceRange, place: Place): void => {
      const text = sqlOf(value, context);
      // Rows are changed, and which is not known: `posts.update().values(hidden=False)`.
      if (text === null || (text === '' && /(?:^|\.)update\(/.test(sourceText(value ?? null))))
        took([migrationStep('write', null, at)], place);
      if (text === null) {
        report('this SQL is put together when it runs, so what it changes is not known', at);
        return;
      }
      if (/^\s*COMMIT\b/i.test(text)) committed = true;
      if (text === '') return;
      took(
        stepsOfSql(text, dialect, () => at),
        place,
      );
      if (!tables) return;
      const script = readStatements(text, dialect, { skipsRows: true });
      const replayed = applyOperations(
        schema,
        script.statements.flatMap(({ operations }) => operations),
        { dialect, at },
      );
      schema = replayed.schema;
      for (const message of new Set([...script.problems.slice(0, 1).map((each) => each.message), ...replayed.problems]))
        report(message, at);
    };

    const attempt = (label: string, at: SourceRange, change: () => ReplaySchema): void => {
      if (!tables) return;
      try {
        schema = change();
      } catch (error) {
        if (error instanceof NotThere) report(error.message, at);
        else if (error instanceof Unreadable) report(`${label} was left out: ${error.message}`, at);
        else throw error;
      }
    };

    const call = (made: PyCall, place: Place): void => {
      const op = readOpCall(made);
      if (op?.name === 'execute') sql(op.argument('sqltext'), op.at, place);
      else if (op) {
        took(stepsOfCall(op, context), place);
        attempt(op.name, op.at, () => applyCall(schema, op, context));
      } else other(made, place);
    };

    const other = (made: PyCall, place: Place): void => {
      const path = externalPath(made.callee) ?? '';
      if (harmless.test(path)) return;
      if (/\.(?:execute|exec_driver_sql)$/.test(path)) sql(made.arguments[0], made.at, place);
      else if (/\.(?:create|drop)$/.test(path) && isEnumType(made)) attempt('create', made.at, () => withType(made));
      else if (/\.(?:create_all|drop_all|create|drop)$/.test(path))
        report(
          `${sourceText(made.callee)} makes what the models say today; what that was when it ran is not known`,
          made.at,
        );
      else if (isMember(made.callee) && isCall(made.callee.object)) call(made.callee.object, place);
      else if (path.startsWith('alembic.op.'))
        report(`${sourceText(made.callee)} is none of Alembic's own operations, so what it does is not known`, made.at);
      else if (made.arguments.some((each) => externalPath(each) === 'alembic.op'))
        report(`what ${sourceText(made.callee)} does with op is not followed`, made.at);
    };

    const isEnumType = ({ callee }: PyCall): boolean =>
      isMember(callee) && context.names.isCallOf(callee.object, 'Enum', 'ENUM');

    /** `status.create(op.get_bind(), checkfirst=True)` */
    const withType = ({ callee, at }: PyCall): ReplaySchema => {
      const made = isMember(callee) && isCall(callee.object) ? enumOfType(callee.object, context) : null;
      if (!made?.name || !isMember(callee)) return schema;
      const { name, namespace, values } = made;
      const others = schema.enums.filter((each) => each.name !== name);
      if (callee.name === 'drop') return { ...schema, enums: others };
      return others.length < schema.enums.length
        ? schema
        : { ...schema, enums: [...others, { name, namespace, values, at }] };
    };

    runUpgrade(current, evaluator, {
      call,
      truth: (condition, evaluate) => conditionOf(condition, evaluate, tables ? schema : null, dialect),
      report,
    });
    return { steps, inTransaction: concurrent || !outside, reversible: current.code.reversible };
  }

  return { problems, schema: () => schema, revision };
}

/** A text, or `text('…')`; '' = rows alone are handled; null = not known. */
function sqlOf(value: PyValue | undefined, context: Pick<ApplyContext, 'names'>): string | null {
  if (typeof value === 'string') return value;
  if (isCall(value)) {
    if (/^(?:text|DDL|TextClause)$/.test(context.names.called(value) ?? '')) return sqlOf(value.arguments[0], context);
    // `text('…').bindparams(…)`; `insert(…)` and the like are of rows.
    return isMember(value.callee) && isCall(value.callee.object) ? sqlOf(value.callee.object, context) : '';
  }
  const source = isUnknown(value) ? value.text : value === undefined || value === null ? '' : sourceText(value);
  if (isMember(value)) return '';
  return /^[rbf]*(['"]{0,3})\s*(?:INSERT|UPDATE|DELETE|SELECT|WITH)\b/i.test(source) ? '' : null;
}
