/** The tables and enums of a project, and what `users.id` means among them. */
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isFunction, isMember, isMethod, isUnknown } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { columnShapes } from './columns.ts';
import type { ColumnShape, EnumShape, TableShape } from './model.ts';

export interface DeclaredTable {
  readonly shape: TableShape;
  readonly columns: readonly ColumnShape[];
  readonly byKey: ReadonlyMap<string, ColumnShape>;
}

/** A column of a table of the project, or of one that is known to lie outside. */
export interface ColumnReference {
  readonly table: Pick<TableShape, 'name' | 'namespace'>;
  /** Null = outside. */
  readonly declared: DeclaredTable | null;
  readonly name: string;
  /** Before its case was changed. */
  readonly original: string;
  readonly descending: boolean;
}

export interface World {
  readonly evaluator: Evaluator;
  readonly tables: ReadonlyMap<Result, DeclaredTable>;
  readonly enums: ReadonlyMap<Result, EnumShape>;
  readonly problems: Problem[];
  /** What a value means that stands for a column; `own` is the table in whose callback it stands. Null = not known. */
  column(result: Result, own?: DeclaredTable): ColumnReference | null;
  tableOf(result: Result): DeclaredTable | null;
}

/** Tables that packages of Drizzle describe and that services create. */
const outside: Readonly<Record<string, { readonly name: string; readonly namespace: string | null }>> = {
  'drizzle-orm/supabase authUsers': { name: 'users', namespace: 'auth' },
  'drizzle-orm/supabase realtimeMessages': { name: 'messages', namespace: 'realtime' },
  'drizzle-orm/neon usersSync': { name: 'users_sync', namespace: 'neon_auth' },
};

export function createWorld(
  shapes: readonly TableShape[],
  enums: readonly EnumShape[],
  evaluator: Evaluator,
  problems: Problem[],
): World {
  const tables = new Map<Result, DeclaredTable>();
  for (const shape of shapes) {
    const columns = columnShapes(shape);
    tables.set(shape.result, { shape, columns, byKey: new Map(columns.map((column) => [column.key, column])) });
  }

  function column(result: Result, own?: DeclaredTable): ColumnReference | null {
    let current = result;
    let descending = false;
    while (isMethod(current)) {
      if (current.name === 'desc') descending = true;
      current = current.object;
    }
    if (isFunction(current)) return column(evaluator.call(current, []), own);
    // `({ email }) => [index().on(email)]`
    if (isUnknown(current)) return own ? found(own, current.text, descending) : null;
    if (!isMember(current)) return null;
    const { object, name } = current;
    const table = tables.get(object);
    if (table) return found(table, name, descending);
    if (typeof object === 'object' && object !== null && 'is' in object && object.is === 'external') {
      const known = outside[`${object.module} ${object.name}`];
      return known ? { table: known, declared: null, name, original: name, descending } : null;
    }
    // `users._.columns.id`, `alias(users, 'u').id` are no parts of a schema.
    return null;
  }

  return {
    evaluator,
    tables,
    enums: new Map(enums.map((each) => [each.result, each])),
    problems,
    column,
    tableOf: (result) => tables.get(result) ?? null,
  };
}

function found(declared: DeclaredTable, key: string, descending: boolean): ColumnReference | null {
  const column = declared.byKey.get(key);
  if (!column) return null;
  return { table: declared.shape, declared, name: column.name, original: originalName(column), descending };
}

export function originalName({ key, chain }: ColumnShape): string {
  const [first] = chain.arguments;
  return typeof first === 'string' && first !== '' ? first : key;
}
