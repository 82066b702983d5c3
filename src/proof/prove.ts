/** Runs a migration before it is offered: base → up → the target? → down → the base? → up, with rows in the tables. */
import type { ProofDatabase, ProofDialect } from './database.ts';

/** Everything as statements of the engine, without closing semicolons. */
export interface ProofRequest {
  readonly dialect: ProofDialect;
  /** Creates the schema that the migration starts from. */
  readonly base: readonly string[];
  /** Creates the schema that it should lead to, from nothing. */
  readonly target: readonly string[];
  /** Sample rows for the base; one that the engine refuses is left out and counted. */
  readonly rows: readonly string[];
  readonly up: readonly string[];
  /** Null = the migration cannot be undone; then only `up` is proven. */
  readonly down: readonly string[] | null;
  /** Tables that `up` renames, as the database lists them (`public.orders`): their rows are not lost. */
  readonly renamedTables?: ReadonlyMap<string, string>;
}

export type ProofPhase = 'base' | 'target' | 'up' | 'down' | 'up again';

export interface ProofResult {
  readonly ok: boolean;
  readonly engine: string;
  readonly upMs: number;
  readonly downMs: number;
  /** `down` was there to be run. */
  readonly undone: boolean;
  readonly rows: number;
  /** Tables whose rows became fewer by `up`, with how many. */
  readonly lost: readonly { readonly table: string; readonly rows: number }[];
  /** The statement that failed, and the engine's own words. */
  readonly failure: { readonly phase: ProofPhase; readonly statement: string; readonly message: string } | null;
  /** Catalogue lines that `up` left different from the target (`-` missing, `+` too much), and `down` from the base. */
  readonly differences: readonly { readonly phase: 'up' | 'down'; readonly line: string }[];
}

class StatementFailed extends Error {
  readonly phase: ProofPhase;
  readonly statement: string;

  constructor(phase: ProofPhase, statement: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.phase = phase;
    this.statement = statement;
  }
}

async function runAll(database: ProofDatabase, phase: ProofPhase, statements: readonly string[]): Promise<number> {
  const started = performance.now();
  for (const sql of statements) {
    try {
      await database.run(sql);
    } catch (error) {
      throw new StatementFailed(phase, sql, error);
    }
  }
  return performance.now() - started;
}

/** The database must be empty; it is left as the proof left it. Never rejects for a migration that does not work: that is a result. */
export async function prove(database: ProofDatabase, request: ProofRequest): Promise<ProofResult> {
  let upMs = 0;
  let downMs = 0;
  let rows = 0;
  let lost: ProofResult['lost'] = [];
  const differences: ProofResult['differences'][number][] = [];
  let failure: ProofResult['failure'] = null;
  try {
    await runAll(database, 'target', request.target);
    const target = await database.catalogue();
    await database.reset();
    await runAll(database, 'base', request.base);
    const base = await database.catalogue();
    rows = await fill(database, request.rows);
    const before = await database.rowCounts();
    upMs = await runAll(database, 'up', request.up);
    differences.push(...compare(await database.catalogue(), target).map((line) => ({ phase: 'up' as const, line })));
    lost = missing(before, await database.rowCounts(), request.renamedTables ?? new Map<string, string>());
    if (request.down !== null) {
      downMs = await runAll(database, 'down', request.down);
      differences.push(...compare(await database.catalogue(), base).map((line) => ({ phase: 'down' as const, line })));
      await runAll(database, 'up again', request.up);
    }
  } catch (error) {
    if (!(error instanceof StatementFailed)) throw error;
    failure = { phase: error.phase, statement: error.statement, message: error.message };
  }
  return {
    ok: failure === null && differences.length === 0,
    engine: database.engine,
    upMs,
    downMs,
    undone: request.down !== null,
    rows,
    lost,
    failure,
    differences,
  };
}

async function fill(database: ProofDatabase, inserts: readonly string[]): Promise<number> {
  let filled = 0;
  for (const sql of inserts) {
    try {
      await database.run(sql);
      filled++;
    } catch {
      // A check constraint that the sample does not satisfy: the table stays emptier, the count says so.
    }
  }
  return filled;
}

function compare(found: readonly string[], expected: readonly string[]): string[] {
  const have = new Set(found);
  const want = new Set(expected);
  return [
    ...expected.filter((line) => !have.has(line)).map((line) => `- ${line}`),
    ...found.filter((line) => !want.has(line)).map((line) => `+ ${line}`),
  ];
}

function missing(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  renamed: ReadonlyMap<string, string>,
): { table: string; rows: number }[] {
  return [...before].flatMap(([table, count]) => {
    const left = after.get(renamed.get(table) ?? table) ?? 0;
    return left < count ? [{ table, rows: count - left }] : [];
  });
}
