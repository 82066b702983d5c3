/** Expressions of FluentMigrator → DDL operations, with the names that its conventions give (`PK_`, `FK_`, `IX_`, `UC_`). */
import { isList, textValue } from '../../readers/shared/csharp/values.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { DdlOperation, SqlConstraint, SqlName } from '../../syntax/sql/operation.ts';
import { readStatements } from '../../syntax/sql/readStatements.ts';
import { plainIndex, statedColumn, withRule } from './columns.ts';
import type { StatedColumn } from './columns.ts';
import type { FluentCall, FluentExpression } from './record.ts';

export interface Placed {
  readonly operation: DdlOperation;
  readonly at: SourceRange;
  /** Of a column that is added: what rows which are there get. */
  readonly fill?: string | null;
}

export interface Lowered {
  readonly operations: readonly Placed[];
  readonly problems: readonly { readonly message: string; readonly at: SourceRange }[];
}

export function lowered({ verb, calls }: FluentExpression, dialect: Dialect): Lowered {
  const [first, ...rest] = calls;
  if (!first) return { operations: [], problems: [] };
  if (verb === 'Execute') return sqlOf(first, dialect);
  const operations = operationsOf(verb, first, rest, dialect);
  if (operations) return { operations, problems: [] };
  const message = `${verb}.${first.name} was left out: its names are put together when it runs.`;
  return { operations: [], problems: [{ message, at: first.at }] };
}

/** Scripts stand in files and resources; what works on a connection handles rows. */
function sqlOf({ name, args, at }: FluentCall, dialect: Dialect): Lowered {
  const sql = textValue(args[0]);
  if (name !== 'Sql') {
    const isScript = name === 'Script' || name === 'EmbeddedScript';
    return { operations: [], problems: isScript ? [{ message: `the script ${sql ?? ''} is not followed.`, at }] : [] };
  }
  if (sql === null)
    return {
      operations: [],
      problems: [{ message: 'this SQL is put together when it runs, so what it changes is not known.', at }],
    };
  const { statements, problems } = readStatements(sql, dialect, { skipsRows: true });
  return {
    operations: statements.flatMap(({ operations }) => operations.map((operation) => ({ operation, at }))),
    problems: problems.map(({ message }) => ({ message, at })),
  };
}

function operationsOf(
  verb: FluentExpression['verb'],
  first: FluentCall,
  rest: readonly FluentCall[],
  dialect: Dialect,
): readonly Placed[] | null {
  const name = textValue(first.args[0]);
  const { at } = first;
  const argument = (call: string): string | null => textValue(rest.find((each) => each.name === call)?.args[0]);
  const namespace = argument('InSchema');
  const tableIn = (...names: string[]): SqlName | null => {
    for (const each of names) {
      const found = argument(each);
      if (found !== null) return { name: found, namespace };
    }
    return null;
  };
  const one = (operation: DdlOperation): readonly Placed[] => [{ operation, at }];
  switch (`${verb} ${first.name}`) {
    case 'Create Table':
      return name === null ? null : createTable({ name, namespace }, first, rest, dialect);
    case 'Alter Table':
      return name === null ? null : alteredColumns({ name, namespace }, rest, dialect);
    case 'Create Column':
    case 'Alter Column': {
      const table = tableIn('OnTable');
      if (name === null || !table) return null;
      const added = statedColumn(name, rest, table, dialect);
      return verb === 'Create' ? addColumn(added, table, at) : replaceColumn(added, table, at);
    }
    case 'Create ForeignKey': {
      const target = keyOf(name, rest);
      return target && one({ kind: 'addConstraint', table: target.table, constraint: target.constraint });
    }
    case 'Create Index': {
      const table = tableIn('OnTable');
      return table && one({ kind: 'createIndex', table, index: indexOf(name, table, rest), ifNotExists: false });
    }
    case 'Create UniqueConstraint':
    case 'Create PrimaryKey': {
      const table = tableIn('OnTable');
      if (!table) return null;
      const columns = columnsOf(rest);
      const constraint: SqlConstraint =
        first.name === 'PrimaryKey'
          ? { kind: 'primaryKey', name: name ?? `PK_${table.name}_${columns.join('_')}`, columns }
          : {
              ...{ kind: 'unique', name: name ?? `UC_${table.name}_${columns.join('_')}`, columns },
              ...{ nullsNotDistinct: false, deferrable: null },
            };
      return one({ kind: 'addConstraint', table, constraint });
    }
    case 'Delete Table':
      return name === null
        ? null
        : one({
            ...{ kind: 'dropTable', tables: [{ name, namespace }] },
            ifExists: rest.some((each) => each.name === 'IfExists'),
          });
    case 'Delete Column': {
      const table = tableIn('FromTable');
      const more = rest.filter((each) => each.name === 'Column').map(({ args }) => textValue(args[0]));
      const columns = [name, ...more].filter((each) => each !== null);
      return (
        table && columns.map((column) => ({ operation: { kind: 'dropColumn', table, column, ifExists: false }, at }))
      );
    }
    case 'Delete Index': {
      const table = tableIn('OnTable');
      const stated = name ?? (table ? indexOf(null, table, rest).name : null);
      return stated === null
        ? null
        : one({ kind: 'dropIndex', index: { name: stated, namespace: null }, table, ifExists: false });
    }
    case 'Delete ForeignKey': {
      const key = keyOf(name, rest);
      const table = key?.table ?? tableIn('OnTable', 'FromTable');
      const stated = name ?? key?.constraint.name ?? null;
      return table && stated !== null
        ? one({ kind: 'dropConstraint', of: 'foreignKey', table, name: stated, ifExists: false })
        : null;
    }
    case 'Delete UniqueConstraint':
    case 'Delete PrimaryKey': {
      const table = tableIn('FromTable', 'OnTable');
      const of = first.name === 'PrimaryKey' ? 'primaryKey' : 'index';
      return table && one({ kind: 'dropConstraint', of, table, name, ifExists: false });
    }
    case 'Delete DefaultConstraint': {
      const table = tableIn('OnTable');
      const column = argument('OnColumn');
      return table && column !== null ? one({ kind: 'alterColumn', table, column, change: { default: null } }) : null;
    }
    case 'Delete Schema':
      return name === null ? null : one({ kind: 'dropSchema', schema: name });
    case 'Rename Table': {
      const to = argument('To');
      return name === null || to === null
        ? null
        : one({ kind: 'renameTable', table: { name, namespace }, to: { name: to, namespace } });
    }
    case 'Rename Column': {
      const [table, to] = [tableIn('OnTable'), argument('To')];
      return name === null || !table || to === null ? null : one({ kind: 'renameColumn', table, from: name, to: to });
    }
    default:
      // Rows, sequences, schemas: nothing of them is modelled.
      return [];
  }
}

function createTable(
  table: SqlName,
  first: FluentCall,
  rest: readonly FluentCall[],
  dialect: Dialect,
): readonly Placed[] {
  const stated = grouped(rest, /^WithColumn$/u).flatMap(({ call, own }) => {
    const name = textValue(call.args[0]);
    return name === null ? [] : [statedColumn(name, own, table, dialect)];
  });
  const keys = stated.filter(({ primaryKey }) => primaryKey !== null);
  const constraints: SqlConstraint[] = stated.flatMap((each) => each.constraints);
  if (keys.length > 0)
    constraints.unshift({
      kind: 'primaryKey',
      name: keys.map(({ primaryKey }) => primaryKey?.name).find((name) => name != null) ?? `PK_${table.name}`,
      columns: keys.map(({ column }) => column.name),
    });
  const description = rest.find(({ name }) => name === 'WithDescription');
  const created: DdlOperation = {
    ...{ kind: 'createTable', table, ifNotExists: false, constraints, open: false },
    columns: stated.map(({ column }) => column),
    comment: textValue(description?.args[0]),
  };
  return [created, ...stated.flatMap(({ after }) => after)].map((operation) => ({ operation, at: first.at }));
}

/** `Alter.Table("Users").AddColumn("Age").AsInt32().AlterColumn("Name").AsString(80)` */
function alteredColumns(table: SqlName, rest: readonly FluentCall[], dialect: Dialect): readonly Placed[] {
  return grouped(rest, /^(?:Add|Alter)Column$/u).flatMap(({ call, own }) => {
    const name = textValue(call.args[0]);
    if (name === null) return [];
    const stated = statedColumn(name, own, table, dialect);
    return call.name === 'AddColumn' ? addColumn(stated, table, call.at) : replaceColumn(stated, table, call.at);
  });
}

function addColumn(
  { column, constraints, after, fill }: StatedColumn,
  table: SqlName,
  at: SourceRange,
): readonly Placed[] {
  return [
    { operation: { kind: 'addColumn', table, column, constraints, ifNotExists: false }, at, fill },
    ...after.map((operation) => ({ operation, at })),
  ];
}

function replaceColumn(
  { column, constraints, after }: StatedColumn,
  table: SqlName,
  at: SourceRange,
): readonly Placed[] {
  return [
    { operation: { kind: 'replaceColumn', table, name: column.name, column, constraints }, at },
    ...after.map((operation) => ({ operation, at })),
  ];
}

/** Each call that begins something, with those that say more of it. */
function grouped(
  calls: readonly FluentCall[],
  begins: RegExp,
): readonly { readonly call: FluentCall; readonly own: readonly FluentCall[] }[] {
  const groups: { call: FluentCall; own: FluentCall[] }[] = [];
  for (const call of calls) {
    if (begins.test(call.name)) groups.push({ call, own: [] });
    else groups.at(-1)?.own.push(call);
  }
  return groups;
}

function columnsOf(calls: readonly FluentCall[], names = /^(?:OnColumn|Column|Columns)$/u): readonly string[] {
  return calls
    .filter(({ name }) => names.test(name))
    .flatMap(({ args }) => args.flatMap((each) => (isList(each) ? each : [each])))
    .filter((each) => typeof each === 'string');
}

function indexOf(name: string | null, table: SqlName, rest: readonly FluentCall[]): typeof plainIndex {
  const parts = grouped(rest, /^OnColumn$/u);
  const columns = columnsOf(rest, /^OnColumn$/u);
  const isDescending = parts.map(({ own }) => own.some((each) => each.name === 'Descending'));
  return {
    ...plainIndex,
    name: name ?? `IX_${table.name}_${columns.join('_')}`,
    columns,
    orders: isDescending.includes(true) ? isDescending.map((desc) => (desc ? 'desc' : 'asc')) : [],
    unique: rest.some((each) => each.name === 'Unique'),
    include: columnsOf(rest, /^Include$/u),
    where: textValue(rest.find((each) => each.name === 'Filter')?.args[0]),
  };
}

/** `FromTable("Orders").ForeignColumn("UserId").ToTable("Users").PrimaryColumn("Id")` */
function keyOf(
  name: string | null,
  rest: readonly FluentCall[],
): { readonly table: SqlName; readonly constraint: Extract<SqlConstraint, { kind: 'foreignKey' }> } | null {
  const to = rest.findIndex((each) => each.name === 'ToTable');
  const [from, target] = [rest.find((each) => each.name === 'FromTable'), rest[to]];
  const [own, other] = [textValue(from?.args[0]), textValue(target?.args[0])];
  if (own === null || other === null) return null;
  const schemaOf = (calls: readonly FluentCall[]): string | null =>
    textValue(calls.find((each) => each.name === 'InSchema')?.args[0]);
  const columns = columnsOf(rest, /^ForeignColumns?$/u);
  const referred = columnsOf(rest, /^PrimaryColumns?$/u);
  let constraint: Extract<SqlConstraint, { kind: 'foreignKey' }> = {
    kind: 'foreignKey',
    name: name ?? `FK_${own}_${columns.join('_')}_${other}_${referred.join('_')}`,
    columns,
    references: { name: other, namespace: schemaOf(rest.slice(to)), columns: referred },
    onDelete: null,
    onUpdate: null,
    deferrable: null,
  };
  for (const call of rest)
    if (/^On(?:Delete|Update|DeleteOrUpdate)$/u.test(call.name))
      constraint = withRule(constraint, call.name, call.args[0]);
  return { table: { name: own, namespace: schemaOf(rest.slice(0, to)) }, constraint };
}
