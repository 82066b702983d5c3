/** Recorded calls of a migration → DDL operations and the steps that rules ask for. */
import { migrationStep, stepsOfSql, stepsOfStatement } from '../../readers/shared/sql/migrationSteps.ts';
import { isKind, isList, nameValue } from '../../readers/shared/csharp/values.ts';
import type { Value } from '../../readers/shared/csharp/values.ts';
import { tableKey } from '../../diff/diff.ts';
import type { Comparable } from '../../diff/diff.ts';
import type { MigrationStep } from '../../schema/code.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { DdlOperation, SqlConstraint, SqlIndex, SqlName, SqlSpan } from '../../syntax/sql/operation.ts';
import { readStatements } from '../../syntax/sql/readStatements.ts';
import { findTable } from '../shared/replayState.ts';
import { actionOf, flagOf, namesOf, tableOf, textOf } from './arguments.ts';
import type { EfCall } from './builder.ts';
import { columnOf, columnShape, hasDefault, isFiller } from './columns.ts';

export interface World {
  readonly dialect: Dialect;
  /** All calls of the migration: what is indexed further down counts. */
  readonly calls: readonly EfCall[];
  readonly schema: Comparable;
  /** Properties that the model gives a default of their own: theirs is no filler. */
  readonly defaults: ReadonlySet<string>;
  /** Where the parts of the operations stand: what an operation has as the start of a part is the place of its position in here. */
  readonly places: SourceRange[];
}

function placed(call: EfCall, { places }: World): SqlSpan {
  const start = places.push(call.at) - 1;
  return { start, end: start };
}

export interface Lowered {
  readonly operations: readonly DdlOperation[];
  /** Sentences for the user. */
  readonly problems: readonly string[];
}

const none: Lowered = { operations: [], problems: [] };

export function lowered(call: EfCall, world: World): Lowered {
  if (call.method === 'Sql') return sqlOf(call, world.dialect);
  const operations = operationsOf(call, world);
  if (operations) return { operations, problems: [] };
  return { operations: [], problems: [`${call.method} was left out: its names are put together when it runs.`] };
}

function sqlOf(call: EfCall, dialect: Dialect): Lowered {
  const sql = textOf(call, 'sql');
  if (sql === null)
    return { ...none, problems: ['this SQL is put together when it runs, so what it changes is not known.'] };
  const { statements, problems } = readStatements(sql, dialect, { skipsRows: true });
  return {
    operations: statements.flatMap(({ operations }) => operations),
    problems: problems.map(({ message }) => message),
  };
}

/** Null where a name is not known. */
function operationsOf(call: EfCall, world: World): readonly DdlOperation[] | null {
  const { dialect } = world;
  const name = textOf(call, 'name');
  if (call.method === 'AlterDatabase') return enumsOf(call);
  if (name === null) return null;
  const table = tableOf(call);
  const self = tableOf(call, 'name');
  if (call.method === 'EnsureSchema') return [];
  if (call.method === 'DropSchema') return [{ kind: 'dropSchema', schema: name }];
  if (self)
    switch (call.method) {
      case 'CreateTable':
        return [createTable(call, self, world)];
      case 'AlterTable':
        return [{ kind: 'setComment', table: self, column: null, comment: textOf(call, 'comment') }];
      case 'DropTable':
        return [{ kind: 'dropTable', tables: [self], ifExists: false }];
      case 'RenameTable': {
        const to = { name: textOf(call, 'newName') ?? name, namespace: textOf(call, 'newSchema') };
        return [{ kind: 'renameTable', table: self, to }];
      }
    }
  if (!table) {
    const to = textOf(call, 'newName');
    if (call.method === 'RenameIndex' && to !== null)
      return [{ kind: 'renameIndex', index: { name, namespace: null }, table: null, to }];
    return call.method === 'DropIndex'
      ? [{ kind: 'dropIndex', index: { name, namespace: null }, table: null, ifExists: false }]
      : null;
  }
  const constraint = (each: SqlConstraint): readonly DdlOperation[] => [
    { kind: 'addConstraint', table, constraint: each },
  ];
  const drop = (of: 'primaryKey' | 'foreignKey' | 'check' | 'index'): readonly DdlOperation[] => [
    { kind: 'dropConstraint', table, of, name, ifExists: false },
  ];
  switch (call.method) {
    case 'AddColumn':
      return [
        {
          kind: 'addColumn',
          table,
          column: kept(name, call, columnOf(name, call, { dialect, indexed: isIndexed(table, name, world) }), world),
          constraints: [],
          ifNotExists: false,
        },
      ];
    case 'AlterColumn':
      return [
        {
          kind: 'replaceColumn',
          table,
          name,
          column: kept(name, call, columnOf(name, call, { dialect, indexed: isIndexed(table, name, world) }), world),
          constraints: [],
        },
      ];
    case 'DropColumn':
      return [{ kind: 'dropColumn', table, column: name, ifExists: false }];
    case 'RenameColumn': {
      const to = textOf(call, 'newName');
      return to === null ? null : [{ kind: 'renameColumn', table, from: name, to }];
    }
    case 'CreateIndex':
      return [{ kind: 'createIndex', table, index: indexOf(call, name), ifNotExists: false }];
    case 'DropIndex':
      return [{ kind: 'dropIndex', index: { name, namespace: null }, table, ifExists: false }];
    case 'RenameIndex': {
      const to = textOf(call, 'newName');
      return to === null ? null : [{ kind: 'renameIndex', index: { name, namespace: null }, table, to }];
    }
    case 'AddForeignKey':
    case 'AddPrimaryKey':
    case 'AddUniqueConstraint':
    case 'AddCheckConstraint':
    case 'CreateCheckConstraint': {
      const kind = call.method.replace(/^(?:Add|Create)/u, '');
      const made = constraintOf(kind, call);
      return made ? constraint(made) : null;
    }
    case 'DropForeignKey':
      return drop('foreignKey');
    case 'DropPrimaryKey':
      return drop('primaryKey');
    case 'DropUniqueConstraint':
      return drop('index');
    case 'DropCheckConstraint':
      return drop('check');
    default:
      return [];
  }
}

/** Without the default that only rows of then needed. */
function kept<T extends { readonly default: string | null }>(name: string, call: EfCall, column: T, world: World): T {
  return isFiller(call) && !world.defaults.has(name) ? { ...column, default: null } : column;
}

function createTable(call: EfCall, table: SqlName, world: World): DdlOperation {
  const { dialect } = world;
  const own = new Set(
    call.constraints.flatMap((each) => (each.method === 'CheckConstraint' ? [] : namesOf(each, 'columns'))),
  );
  return {
    kind: 'createTable',
    table,
    ifNotExists: false,
    columns: call.columns.map(({ name, call: column }) => ({
      ...columnOf(name, column, { dialect, indexed: own.has(name) || isIndexed(table, name, world) }),
      at: placed(column, world),
    })),
    constraints: call.constraints.flatMap((each) => {
      const made = constraintOf(each.method, each);
      return made ? [{ ...made, at: placed(each, world) }] : [];
    }),
    comment: textOf(call, 'comment'),
    open: false,
  };
}

function constraintOf(kind: string, call: EfCall): SqlConstraint | null {
  const name = textOf(call, 'name');
  const columns = namesOf(call, 'columns');
  switch (kind) {
    case 'PrimaryKey':
      return { kind: 'primaryKey', name, columns };
    case 'UniqueConstraint':
      return { kind: 'unique', name, columns, nullsNotDistinct: false, deferrable: null };
    case 'CheckConstraint': {
      const expression = textOf(call, 'sql');
      return expression === null ? null : { kind: 'check', name, expression, column: null };
    }
    case 'ForeignKey': {
      const target = tableOf(call, 'principalTable', 'principalSchema');
      if (!target) return null;
      return {
        kind: 'foreignKey',
        name,
        columns,
        references: { ...target, columns: namesOf(call, 'principalColumns') },
        onDelete: actionOf(call, 'onDelete'),
        onUpdate: call.args.has('onUpdate') ? actionOf(call, 'onUpdate') : null,
        deferrable: null,
      };
    }
    default:
      return null;
  }
}

function indexOf(call: EfCall, name: string): SqlIndex {
  const columns = namesOf(call, 'columns');
  const descending = call.args.get('descending');
  const flags = isList(descending) ? descending : [];
  // `descending: new bool[0]` means all of them.
  const all = isList(descending) && descending.length === 0;
  const annotation = (kind: string): Value =>
    [...call.annotations].find(([key]) => key.slice(key.indexOf(':') + 1) === kind)?.[1];
  const include = [annotation('Include'), annotation('IndexInclude')].find(isList) ?? [];
  const method = annotation('IndexMethod');
  return {
    name,
    columns,
    orders:
      all || flags.includes(true) ? columns.map((_, place) => (all || flags[place] === true ? 'desc' : 'asc')) : [],
    include: include.filter((each) => typeof each === 'string'),
    unique: flagOf(call, 'unique') ?? false,
    method:
      typeof method === 'string'
        ? method
        : annotation('FullTextIndex') === true
          ? 'fulltext'
          : annotation('SpatialIndex') === true
            ? 'spatial'
            : null,
    where: textOf(call, 'filter'),
    expression: null,
  };
}

/** `Npgsql:Enum:mood` = `happy,sad`; with its schema before a dot. */
function enumsOf({ annotations, before }: EfCall): readonly DdlOperation[] {
  const named = (key: string): SqlName | null => {
    const path = /^Npgsql:Enum:(?:([^.]+)\.)?(.+)$/u.exec(key);
    return path ? { name: path[2] ?? '', namespace: path[1] ?? null } : null;
  };
  const valuesOf = (value: Value): readonly string[] => (typeof value === 'string' ? value.split(',') : []);
  const operations: DdlOperation[] = [];
  for (const [key, value] of annotations) {
    const type = named(key);
    if (type) operations.push({ kind: 'createEnum', type, values: valuesOf(value) });
  }
  for (const key of before.keys()) {
    const type = named(key);
    if (type && !annotations.has(key)) operations.push({ kind: 'dropType', types: [type], ifExists: true });
  }
  return operations;
}

/** Part of a key or an index, before or after this migration. */
function isIndexed(table: SqlName, column: string, { calls, schema }: World): boolean {
  const made = calls.some((call) => {
    const at = tableOf(call);
    return (
      /^(?:CreateIndex|AddForeignKey|AddPrimaryKey|AddUniqueConstraint)$/u.test(call.method) &&
      at !== null &&
      tableKey(at) === tableKey(table) &&
      namesOf(call, 'columns').includes(column)
    );
  });
  if (made) return true;
  const known: Table | undefined = findTable(schema, table);
  if (!known) return false;
  return (
    known.primaryKey.includes(column) ||
    [...known.indexes, ...known.uniques, ...known.foreignKeys].some(({ columns }) => columns.includes(column))
  );
}

/** @param operations those of the call */
export function stepsOf(call: EfCall, operations: readonly DdlOperation[], dialect: Dialect): readonly MigrationStep[] {
  const { at } = call;
  if (call.method === 'Sql') return stepsOfSql(textOf(call, 'sql') ?? '', dialect, () => at);
  if (call.method === 'AlterColumn') return alteredSteps(call, dialect);
  const online = [...call.annotations].some(
    ([key, value]) => /:(?:CreatedConcurrently|CreatedOnline|Online)$/u.test(key) && value !== false,
  );
  const steps = stepsOfStatement(online ? 'CONCURRENTLY' : '', operations, at);
  if (call.method !== 'AddColumn' || !hasDefault(call)) return steps;
  // Rows that are there get a value, whatever becomes of the default.
  const [column] = operations.flatMap((operation) => (operation.kind === 'addColumn' ? [operation.column] : []));
  const value = call.args.get('defaultValue');
  const text = column?.default ?? (value === undefined ? '?' : (nameValue(value) ?? JSON.stringify(value)));
  return steps.map((step) => (step.kind === 'add-column' ? { ...step, default: text } : step));
}

/** The same text with room for more, which no engine writes anew. */
function isLonger(was: ReturnType<typeof columnShape>, now: ReturnType<typeof columnShape>, dialect: Dialect): boolean {
  const family = ({ rawType }: { readonly rawType: string }): string => rawType.replace(/\s*\(.*$/su, '').toLowerCase();
  const lengthOf = ({ rawType, length }: { readonly rawType: string; readonly length: number | null }): number =>
    length ?? Number(/\((\d+)\)/u.exec(rawType)?.[1] ?? Number.NaN);
  // MySQL keeps the length of short texts in one byte, of others in two.
  const bytes = dialect === 'mysql' || dialect === 'mariadb' ? 4 : 0;
  const grows = lengthOf(was) * bytes > 255 || lengthOf(now) * bytes <= 255;
  return family(was) === family(now) && family(now).includes('char') && lengthOf(was) <= lengthOf(now) && grows;
}

function alteredSteps(call: EfCall, dialect: Dialect): readonly MigrationStep[] {
  const table = textOf(call, 'table');
  const name = textOf(call, 'name');
  if (name === null) return [];
  const clr = call.args.get('oldClrType');
  const types = isKind(clr, 'type') ? [clr.type] : call.types;
  const earlier: EfCall = { ...call, types, args: olderOf(call) };
  const [was, now] = [earlier, call].map((each) => columnShape(each, dialect, false));
  const spelled = ({ rawType, length, precision, scale }: ReturnType<typeof columnShape>): string => {
    const sizes = length === null ? [precision, scale].filter((size) => size !== null) : [length];
    return `${rawType}${sizes.length > 0 ? `(${sizes.join(', ')})` : ''}`;
  };
  const steps: MigrationStep[] = [];
  if (was && now && spelled(was) !== spelled(now))
    steps.push(
      migrationStep('change-type', table, call.at, {
        columns: [name],
        to: spelled(now),
        from: spelled(was),
        online: isLonger(was, now, dialect),
      }),
    );
  // With a default EF Core fills the rows that have no value before.
  if (flagOf(call, 'nullable') === false && flagOf(call, 'oldNullable') === true && !hasDefault(call))
    steps.push(migrationStep('require-column', table, call.at, { columns: [name] }));
  return steps;
}

/** What the column was: `oldType`, `oldMaxLength`. */
function olderOf({ args }: EfCall): ReadonlyMap<string, Value> {
  return new Map(
    [...args].flatMap(([key, value]): [string, Value][] =>
      /^old[A-Z]/u.test(key) ? [[key.charAt(3).toLowerCase() + key.slice(4), value]] : [],
    ),
  );
}
