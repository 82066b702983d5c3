/** (from, to) → what a migration does, both ways, and what the user has to know before it runs. */
import type { Statement } from '../../dialects/ddl.ts';
import { printers } from '../../dialects/printers.ts';
import { quoteIdentifier, quoteTable } from '../../dialects/quoting.ts';
import { describeChange } from '../../diff/describe.ts';
import { diffSchemas, tableKey } from '../../diff/diff.ts';
import type { Comparable, Rename } from '../../diff/diff.ts';
import { findRenames } from '../../diff/renames.ts';
import type { RenameCandidate } from '../../diff/renames.ts';
import type { Change } from '../../schema/change.ts';
import type { Dialect } from '../../schema/model.ts';
import { layoutSql } from '../../syntax/sql/layoutSql.ts';
import { databaseForm, diffOptions, inOneNamespace, keepNames, uuidFunctionOf } from './databaseForm.ts';
import { applyOperations, emptySchema } from './replay.ts';
import { needsValue, neededValues } from './neededValues.ts';
import type { NeededValue } from './neededValues.ts';
import { lossesIn, warningsOf } from './planWarnings.ts';
import type { PlanWarning } from './planWarnings.ts';
import { zeroValue } from './zeroValue.ts';

export interface PlanRequest {
  readonly from: Comparable;
  readonly to: Comparable;
  readonly dialect: Dialect;
  /** Confirmed by the user: everything else is a drop and an add. */
  readonly renames: readonly Rename[];
  /** SQL values for required columns that rows of today have no value for, by `table.column`. */
  readonly fills?: Readonly<Record<string, string>>;
  /** PostgreSQL: indexes of tables that are there are made and dropped without locking writers out. */
  readonly concurrently?: boolean;
}

export interface MigrationPlan {
  readonly dialect: Dialect;
  readonly changes: readonly Change[];
  /** One sentence per change, in order. */
  readonly words: readonly string[];
  /** Drops and adds that may be one rename; the user is asked. */
  readonly candidates: readonly RenameCandidate[];
  /** Required columns that rows of today have no value for, and none was given. */
  readonly needed: readonly NeededValue[];
  readonly up: readonly Statement[];
  readonly down: readonly Statement[];
  readonly warnings: readonly PlanWarning[];
  /** Rows or values that are gone for good, in words. */
  readonly losses: readonly string[];
  /** There are such: it needs an explicit yes. */
  readonly losesData: boolean;
  readonly transactional: boolean;
  /** Scripts from nothing, for the proof. */
  readonly base: readonly string[];
  readonly target: readonly string[];
  /** What the migration starts from, with the names and types of the database. */
  readonly from: Comparable;
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** One sentence per change, in order. */
  readonly words: readonly string[];
  /** What is compared from, with the names and types of the database. */
  readonly from: Comparable;
}

/** What differs, for engines that no migration can be written for as well. */
export function compareSchemas(from: Comparable, to: Comparable, dialect: Dialect): Comparison {
  const form = { dialect, uuidFunction: uuidFunctionOf(from) };
  const before = databaseForm(inOneNamespace(from, to), form);
  const after = keepNames(before, databaseForm(inOneNamespace(to, from), form), dialect);
  const changes = diffSchemas(before, after, diffOptions(dialect));
  return { changes, words: changes.map(describeChange), from: before };
}

/** Null where no migration can be written for the engine. */
export function planMigration(request: PlanRequest): MigrationPlan | null {
  const { dialect, renames, fills = {} } = request;
  const printer = printers[dialect];
  if (!printer) return null;
  const form = { dialect, uuidFunction: uuidFunctionOf(request.from) };
  const from = databaseForm(request.from, form);
  const to = keepNames(renamed(from, renames, dialect), databaseForm(request.to, form), dialect);
  const options = diffOptions(dialect);
  const script = (a: Comparable, b: Comparable, named: readonly Rename[] = []): Statement[] => [
    ...printer(diffSchemas(a, b, { ...options, renames: named }), { from: a, to: b }),
  ];
  const changes = diffSchemas(from, to, { ...options, renames });
  const back = renames.map(reversed);

  const filled = new Map(Object.entries(fills));
  const refill = new Map<string, string>();
  for (const change of diffSchemas(to, from, { ...options, renames: back })) {
    if (change.kind !== 'addColumn' || !needsValue(change.column)) continue;
    const value = zeroValue(change.column, from, dialect);
    if (value !== null) refill.set(`${change.table}.${change.column.name}`, value);
  }
  const steps = (
    a: Comparable,
    b: Comparable,
    named: readonly Rename[],
    values: ReadonlyMap<string, string>,
  ): Statement[] => {
    const statements = withValues(a, b, named, values, dialect, script);
    const isThere = new Set(a.tables.map(({ name }) => name));
    const isConcurrent = request.concurrently === true && dialect === 'postgresql';
    // Laid out before the proof: what is proven is what is written.
    return statements
      .map((each) => (isConcurrent ? concurrent(each, isThere) : each))
      .map((each) => ({ ...each, sql: layoutSql(each.sql, dialect) }));
  };
  const up = steps(from, to, renames, filled);
  const down = steps(to, from, back, refill);
  const warnings = warningsOf(changes, { dialect, filled, refill });
  const losses = lossesIn(warnings);
  return {
    dialect,
    changes,
    words: changes.map(describeChange),
    candidates: findRenames(changes),
    needed: neededValues(changes, filled, to, dialect),
    up,
    down,
    warnings,
    losses,
    losesData: losses.length > 0,
    transactional:
      dialect !== 'mysql' &&
      dialect !== 'mariadb' &&
      !up.some(({ outsideTransaction, sql }) => outsideTransaction && !sql.startsWith('PRAGMA')),
    base: script(emptySchema, from).map(({ sql }) => sql),
    target: script(emptySchema, to).map(({ sql }) => sql),
    from,
  };
}

function renamed(schema: Comparable, renames: readonly Rename[], dialect: Dialect): Comparable {
  const at = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const tables = renames.flatMap((rename) =>
    rename.kind === 'table'
      ? [
          {
            kind: 'renameTable' as const,
            table: { name: rename.table, namespace: rename.namespace },
            to: { name: rename.to, namespace: rename.toNamespace },
          },
        ]
      : [],
  );
  // Columns are addressed by the new name of their table.
  const columns = renames.flatMap((rename) =>
    rename.kind === 'column'
      ? [
          {
            kind: 'renameColumn' as const,
            table: { name: rename.table, namespace: rename.namespace },
            from: rename.from,
            to: rename.to,
          },
        ]
      : [],
  );
  return applyOperations(schema, [...tables, ...columns], { dialect, at }).schema;
}

function reversed(rename: Rename, _: number, all: readonly Rename[]): Rename {
  if (rename.kind === 'table')
    return {
      ...{ kind: 'table', table: rename.to, namespace: rename.toNamespace },
      ...{ to: rename.table, toNamespace: rename.namespace },
    };
  const owner = all.find(
    (each) => each.kind === 'table' && each.to === rename.table && each.toNamespace === rename.namespace,
  );
  const table =
    owner?.kind === 'table'
      ? { table: owner.table, namespace: owner.namespace }
      : { table: rename.table, namespace: rename.namespace };
  return { kind: 'column', ...table, from: rename.to, to: rename.from };
}

/** A required column comes in three steps where rows need a value: add it empty, fill it, require it. */
function withValues(
  from: Comparable,
  to: Comparable,
  renames: readonly Rename[],
  values: ReadonlyMap<string, string>,
  dialect: Dialect,
  script: (a: Comparable, b: Comparable, named?: readonly Rename[]) => Statement[],
): Statement[] {
  const updates: Statement[] = [];
  const before = renamed(from, renames, dialect);
  const middle: Comparable = {
    ...to,
    tables: to.tables.map((table) => {
      const old = before.tables.find((each) => tableKey(each) === tableKey(table));
      if (!old) return table;
      return {
        ...table,
        columns: table.columns.map((column) => {
          const value = values.get(`${table.name}.${column.name}`);
          const previous = old.columns.find(({ name }) => name === column.name);
          if (value === undefined || column.nullable || previous?.nullable === false) return column;
          const name = quoteIdentifier(column.name, dialect);
          const sql = `UPDATE ${quoteTable(table.name, table.namespace, dialect)} SET ${name} = ${value} WHERE ${name} IS NULL`;
          updates.push({ sql, outsideTransaction: false });
          return { ...column, nullable: true };
        }),
      };
    }),
  };
  if (updates.length === 0) return script(from, to, renames);
  return [...script(from, middle, renames), ...updates, ...script(middle, to)];
}

/** postgresql.org/docs/current/sql-createindex.html: it must not stand in a transaction, and leaves an invalid index behind when it fails. */
function concurrent(statement: Statement, tables: ReadonlySet<string>): Statement {
  const made = /^CREATE (UNIQUE )?INDEX ("(?:[^"]|"")*") ON (?:"(?:[^"]|"")*"\.)?"((?:[^"]|"")*)"/.exec(statement.sql);
  if (made && tables.has((made[3] ?? '').replaceAll('""', '"')))
    return { sql: statement.sql.replace(/INDEX/, 'INDEX CONCURRENTLY'), outsideTransaction: true };
  if (statement.sql.startsWith('DROP INDEX '))
    return { sql: statement.sql.replace('DROP INDEX', 'DROP INDEX CONCURRENTLY'), outsideTransaction: true };
  return statement;
}
