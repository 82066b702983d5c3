/** Calls of Alembic's `op`, and of `batch_op` as if they were: the table in its place (alembic/operations/ops.py). */
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import { externalPath, isCall, isDict, isMember, isSequence, textOf } from '../../readers/shared/python/values.ts';
import type { SourceRange } from '../../schema/source.ts';

/** Parameters by place; `table` is what a batch leaves out. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  create_table: ['table'],
  drop_table: ['table'],
  rename_table: ['table', 'new_table_name'],
  add_column: ['table', 'column'],
  drop_column: ['table', 'column_name'],
  alter_column: ['table', 'column_name', 'nullable'],
  create_index: ['index_name', 'table', 'columns'],
  drop_index: ['index_name', 'table'],
  create_foreign_key: ['constraint_name', 'table', 'referent_table', 'local_cols', 'remote_cols'],
  create_unique_constraint: ['constraint_name', 'table', 'columns'],
  create_primary_key: ['constraint_name', 'table', 'columns'],
  create_check_constraint: ['constraint_name', 'table', 'condition'],
  create_exclude_constraint: ['constraint_name', 'table'],
  drop_constraint: ['constraint_name', 'table', 'type_'],
  create_table_comment: ['table', 'comment'],
  drop_table_comment: ['table'],
  execute: ['sqltext'],
  // Of alembic-postgresql-enum (alembic_postgresql_enum/operations/sync_enum_values.py).
  sync_enum_values: ['enum_schema', 'enum_name', 'new_values', 'affected_columns', 'enum_values_to_rename'],
};

/** What the table is called where it is given by its name, by operation, and older names of others. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  table: ['table_name', 'old_table_name', 'source_table', 'tablename', 'source', 'name'],
  index_name: ['name'],
  constraint_name: ['name'],
  referent_table: ['referent'],
  columns: ['column_names'],
  type_: ['type'],
  new_column_name: ['name'],
  condition: ['sqltext'],
  // As its first versions had it.
  enum_schema: ['schema'],
};

export interface OpCall {
  /** `add_column` */
  readonly name: string;
  readonly call: PyCall;
  readonly argument: (parameter: string) => PyValue | undefined;
  readonly table: string | null;
  readonly namespace: string | null;
  /** The `batch_alter_table` around it. */
  readonly batch: PyCall | null;
  /** Arguments after those that have names: columns and constraints of a table, elements of an exclusion. */
  readonly rest: readonly PyValue[];
  readonly at: SourceRange;
}

const operation = /^alembic\.op(?:erations\.ops)?\.(\w+)$/;
const inBatch = /^alembic\.op\.batch_alter_table\(\)\.(\w+)$/;

/** Null where a call is none of these. */
export function readOpCall(made: PyCall): OpCall | null {
  const path = externalPath(made.callee) ?? '';
  const batched = inBatch.exec(path)?.[1];
  const name = batched ?? operation.exec(path)?.[1];
  if (name === undefined || !Object.hasOwn(parameters, name)) return null;
  const batch =
    batched !== undefined && isMember(made.callee) && isCall(made.callee.object) ? made.callee.object : null;
  const call = plainCall(made, 0);
  const names = (parameters[name] ?? []).filter((each) => batch === null || each !== 'table');
  const argument = (parameter: string): PyValue | undefined => {
    const stated = call.keywords.get(parameter);
    if (stated !== undefined) return stated;
    const place = names.indexOf(parameter);
    if (place !== -1 && call.arguments[place] !== undefined) return call.arguments[place];
    for (const alias of aliases[parameter] ?? []) {
      const found = call.keywords.get(alias);
      // `name` is that of the index or constraint where there is one.
      if (found !== undefined && !(alias === 'name' && parameter === 'table' && names[0] !== 'table')) return found;
    }
    return undefined;
  };
  const table = batch ? textOf(argumentOfBatch(batch, 'table_name')) : textOf(argument('table'));
  const schema = batch
    ? batch.keywords.get('schema')
    : (call.keywords.get('schema') ?? call.keywords.get('source_schema'));
  return {
    ...{ name, call, argument, table, batch, at: made.at },
    namespace: textOf(schema),
    rest: call.arguments.slice(names.length),
  };
}

function argumentOfBatch(batch: PyCall, name: string): PyValue | undefined {
  return batch.keywords.get(name) ?? batch.arguments[0];
}

/** Names that `op.f` marks as final, and `quoted_name`, as plain texts. */
function plain(value: PyValue, depth: number): PyValue {
  if (depth > 8) return value;
  if (isSequence(value)) return { ...value, items: value.items.map((each) => plain(each, depth + 1)) };
  if (isDict(value)) return value;
  if (!isCall(value)) return value;
  const path = externalPath(value.callee) ?? '';
  const [first] = value.arguments;
  if (/^alembic\.op\.(?:batch_alter_table\(\)\.)?f$|\.(?:quoted_name|conv)$/.test(path) && typeof first === 'string')
    return first;
  return plainCall(value, depth + 1);
}

function plainCall(call: PyCall, depth: number): PyCall {
  return {
    ...call,
    arguments: call.arguments.map((each) => plain(each, depth)),
    keywords: new Map([...call.keywords].map(([name, value]) => [name, plain(value, depth)] as const)),
  };
}

/** Texts of a list; null where something in it is none. */
export function namesOf(value: PyValue | undefined): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (!isSequence(value)) return null;
  const names = value.items.filter((each) => typeof each === 'string');
  return names.length === value.items.length ? names : null;
}
