/** SQL of an answer: read, and run on a throw-away database that holds the schema of the project and a few rows. */
import { sampleRows } from '../../core/dialects/sampleRows.ts';
import { diffSchemas } from '../../core/diff/diff.ts';
import type { Comparable } from '../../core/diff/diff.ts';
import { describeChange, losesData } from '../../core/diff/describe.ts';
import { planMigration } from '../../core/migrations/shared/plan.ts';
import { diffOptions } from '../../core/migrations/shared/databaseForm.ts';
import { applyOperations } from '../../core/migrations/shared/replay.ts';
import { readStatement } from '../../core/readers/shared/sql/statement.ts';
import type { Change } from '../../core/schema/change.ts';
import type { Dialect, Schema } from '../../core/schema/model.ts';
import { readStatements } from '../../core/syntax/sql/readStatements.ts';
import { tokenizeSql } from '../../core/syntax/sql/tokens.ts';
import { runProof } from '../../proof/runProof.ts';
import type { BlockProof } from '../../core/chat/converse.ts';

export interface SqlProof extends BlockProof {
  /** What it changes of the structure; empty for queries. */
  readonly changes: readonly Change[];
  /** Changes of structure alone, which lose nothing: they may be applied. */
  readonly applicable: boolean;
  /** Every statement is among `changes`. */
  readonly whole: boolean;
  readonly executed: boolean;
}

/** Nothing else is given to an engine: `ATTACH` and `VACUUM INTO` of SQLite write files, `COPY` reads them. */
const verbs =
  /^(?:CREATE|ALTER|COMMENT|SELECT|WITH|INSERT|UPDATE|DELETE|MERGE|EXPLAIN|VALUES|DROP|TRUNCATE|BEGIN|COMMIT|START|END)$/u;
const forbidden =
  /\b(?:load_extension|readfile|writefile|pg_read_file|pg_read_binary_file|pg_ls_dir|pg_sleep|pg_terminate_backend|lo_import|lo_export|dblink\w*|pg_reload_conf)\b/iu;
const proofSeconds = 120;

interface Read {
  readonly sql: string;
  readonly verb: string;
  readonly changesRows: boolean;
  readonly lossOf: string | null;
}

export async function proveSql(
  text: string,
  schema: Schema,
  dialect: Dialect | null,
  signal: AbortSignal,
): Promise<SqlProof> {
  const engine = dialect ?? 'postgresql';
  const script = readStatements(text, engine);
  const statements = script.statements
    .map(({ start, end }) => readOne(text.slice(start, end), engine))
    .filter(({ verb }) => !/^(?:BEGIN|COMMIT|START|END)$/u.test(verb));
  if (statements.length === 0) return failed(['There is no SQL statement in it.']);
  const refused = statements.flatMap(({ sql, verb }) =>
    !verbs.test(verb) || forbidden.test(sql)
      ? [`"${firstWords(sql)}" is not run here: proposals create, change and query tables.`]
      : [],
  );
  if (refused.length > 0) return failed(refused);
  const losses = statements.flatMap(({ lossOf }) => lossOf ?? []);
  const plan = planMigration({ from: schema, to: schema, dialect: engine, renames: [] });
  if (plan === null) return failed([`SQL for ${engine} can neither be run nor compared here.`]);

  const operations = script.statements.flatMap((statement) => statement.operations);
  const at = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const replayed = applyOperations(plan.from, operations, { dialect: engine, at });
  const changes = diffSchemas(plan.from, replayed.schema, diffOptions(engine));
  losses.push(...changes.filter(losesData).map((change) => `It loses data: ${describeChange(change)}.`));
  const unknown = [...replayed.problems, ...unknownTables(statements, replayed.schema, schema)];
  if (losses.length > 0 || unknown.length > 0) return { ...failed([...losses, ...unknown]), changes };
  const readBack = operations.length > 0 ? ['read back'] : ['names'];
  const changesRows = statements.some((each) => each.changesRows);
  const warnings =
    planMigration({ from: plan.from, to: replayed.schema, dialect: engine, renames: [] })?.warnings ?? [];
  const notes = [
    ...(changesRows ? ['It changes rows: look at it on a copy first.'] : []),
    ...changes.map(describeChange),
    ...warnings.filter(({ kind }) => kind !== 'not-executed').map(({ message }) => message),
  ];
  const passed = {
    status: 'proven',
    problems: [],
    changes,
    applicable: !changesRows && changes.length > 0,
    whole: script.statements.every((statement) => statement.operations.length > 0),
  } as const;
  if (engine !== 'postgresql' && engine !== 'sqlite')
    return {
      ...passed,
      checks: readBack,
      notes: [...notes, `Not executed: there is no embedded ${engine}.`],
      executed: false,
    };
  return run();

  async function run(): Promise<SqlProof> {
    try {
      const base = plan?.base ?? [];
      const result = await runProof(
        {
          dialect: engine === 'sqlite' ? 'sqlite' : 'postgresql',
          base,
          // Compared with itself, so that the differences are what the statements did.
          target: base,
          rows: plan === null ? [] : sampleRows(plan.from, engine).statements,
          up: statements.map(({ sql }) => runnable(sql, engine)),
          down: null,
        },
        { timeoutMs: proofSeconds * 1000, signal },
      );
      if (result.failure) {
        const { phase, message, statement } = result.failure;
        return phase === 'up'
          ? { ...failed([`${result.engine} refuses it: ${message} (${firstWords(statement)}).`]), changes }
          : {
              ...failed([
                `The present schema could not be made on ${result.engine}, so nothing could be run: ${message}.`,
              ]),
              changes,
            };
      }
      const gone = droppedIn(result.differences.map(({ line }) => line));
      const lost = [...result.lost.map(({ table }) => `Rows of ${table} are lost.`), ...gone];
      if (lost.length > 0) return { ...failed(lost), changes };
      return { ...passed, checks: [...readBack, `ran on ${result.engine}`], notes, executed: true };
    } catch (error) {
      return { ...failed([error instanceof Error ? error.message : String(error)]), changes };
    }
  }
}

function failed(problems: readonly string[]): SqlProof {
  return {
    status: 'failed',
    checks: [],
    problems,
    notes: [],
    changes: [],
    applicable: false,
    whole: false,
    executed: false,
  };
}

function readOne(sql: string, dialect: Dialect): Read {
  const words = tokenizeSql(sql, dialect).flatMap(({ kind, key }) => (kind === 'word' ? [key] : []));
  const [verb = '', second = ''] = words;
  const has = (word: string): boolean => words.includes(word);
  // EXPLAIN ANALYZE and a WITH whose parts write do what they explain or name.
  const acts =
    verb === 'WITH' || verb === 'EXPLAIN'
      ? (words.find((word) => /^(?:DELETE|UPDATE|INSERT|MERGE|TRUNCATE)$/u.test(word)) ?? verb)
      : verb;
  const drops =
    verb === 'ALTER' &&
    has('DROP') &&
    !/\bDROP\s+(?:CONSTRAINT|DEFAULT|NOT|EXPRESSION|IDENTITY|INDEX|FOREIGN|CHECK|KEY)\b/iu.test(sql);
  const lossOf =
    acts === 'TRUNCATE'
      ? 'TRUNCATE removes every row.'
      : verb === 'DROP' && /^(?:TABLE|SCHEMA|DATABASE|TYPE|VIEW|MATERIALIZED)$/u.test(second)
        ? `DROP ${second} is not proposed from here: what it held would be lost.`
        : drops
          ? 'It drops a column, whose values would be lost.'
          : (acts === 'DELETE' || acts === 'UPDATE') && !has('WHERE')
            ? `${acts} without WHERE reaches every row.`
            : null;
  return { sql, verb, changesRows: /^(?:DELETE|UPDATE|INSERT|MERGE|TRUNCATE)$/u.test(acts), lossOf };
}

/** A parameter has no value here: NULL stands for it. */
function runnable(sql: string, dialect: Dialect): string {
  let from = 0;
  let out = '';
  const tokens = tokenizeSql(sql, dialect);
  tokens.forEach((token, place) => {
    const next = tokens[place + 1];
    const isNumbered = /^\$\d+$/u.test(token.text);
    const isQuestion = token.kind === 'symbol' && token.key === '?';
    const isNamed = token.kind === 'symbol' && token.key === ':' && next?.kind === 'word' && next.start === token.end;
    if (!isNumbered && !isQuestion && !isNamed) return;
    out += `${sql.slice(from, token.start)}NULL`;
    from = isNamed ? next.end : token.end;
  });
  return out + sql.slice(from);
}

function unknownTables(statements: readonly Read[], after: Comparable, schema: Schema): readonly string[] {
  const names = new Set([...after.tables, ...schema.tables].map(({ name }) => name.toLowerCase()));
  return statements.flatMap(({ sql }) => {
    if (/^\s*(?:WITH|EXPLAIN)\b/iu.test(sql)) return [];
    const statement = readStatement(sql);
    const used = statement === null ? [] : [statement.table, ...statement.joins.map(({ table }) => table)];
    return used.flatMap((name) =>
      name === null ||
      names.has(name.toLowerCase()) ||
      /^(?:information_schema|pg_\w+|sqlite_\w+|generate_series|unnest|tables|columns)$/iu.test(name)
        ? []
        : [`There is no table ${name}.`],
    );
  });
}

/** Catalogue lines begin with what they are: a column or table that is gone without a successor is lost. */
function droppedIn(lines: readonly string[]): readonly string[] {
  const subject = (line: string): string => line.slice(2).split(' ').slice(0, 2).join(' ');
  const there = new Set(lines.filter((line) => line.startsWith('+ ')).map(subject));
  return lines.flatMap((line) =>
    line.startsWith('- ') && /^- (?:column|table) /u.test(line) && !there.has(subject(line))
      ? [`It drops ${subject(line)}; what it held would be lost.`]
      : [],
  );
}

function firstWords(sql: string): string {
  const flat = sql.replace(/\s+/gu, ' ').trim();
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
}
