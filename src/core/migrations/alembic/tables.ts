/** Columns, constraints and indexes of operations as the reader of entities makes them, on tables that are there. */
import { engineName } from '../shared/names.ts';
import type { ConstraintContext } from '../../readers/sqlalchemy/constraints.ts';
import { keysOf, primaryKeyOf } from '../../readers/sqlalchemy/constraints.ts';
import { columnOf, enumName, shapeOf } from '../../readers/sqlalchemy/columns.ts';
import type { ColumnContext } from '../../readers/sqlalchemy/columns.ts';
import { columnSpec } from '../../readers/sqlalchemy/columnSpecs.ts';
import type { ColumnSpec } from '../../readers/sqlalchemy/columnSpecs.ts';
import type { TableDraft } from '../../readers/sqlalchemy/drafts.ts';
import type { Metadata } from '../../readers/sqlalchemy/metadata.ts';
import { createNames } from '../../readers/sqlalchemy/names.ts';
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import { isCall } from '../../readers/shared/python/values.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import type { Column, Dialect, EnumType, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { SqlName } from '../../syntax/sql/operation.ts';
import { findTable } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { emptyTable } from '../shared/replayTables.ts';

export type TableContext = ConstraintContext & ColumnContext;

/** @param schema what is there when it is asked: keys take their types from the columns they refer to */
export function tableContext(evaluator: Evaluator, dialect: Dialect, schema: () => ReplaySchema): TableContext {
  return {
    evaluator,
    names: createNames(evaluator),
    dialect,
    tableOfCall: new Map(),
    tableOfClass: () => null,
    find: () => null,
    named: (file, name) => evaluator.global(file, name),
    referenced: (draft, spec) => {
      const target = keysOf({ ...draft, specs: [spec] }, [], tableContext(evaluator, dialect, schema)).foreignKeys[0];
      const table =
        target && findTable(schema(), { name: target.references.table, namespace: target.references.namespace });
      const column = table?.columns.find(({ name }) => name === target?.references.columns[0]);
      if (!column) return null;
      const { type, rawType, length, precision, scale, array } = column;
      const shape = { type, rawType, length, precision, scale, array };
      return { ...shape, unsigned: column.unsigned === true, enum: null, collation: null, transformer: null };
    },
  };
}

/** A table of the schema as a draft, for code that looks columns up in one. */
export function draftOf(table: Table, metadata: Metadata): TableDraft {
  return {
    ...emptyDraft(table, metadata, table.at),
    specs: table.columns.map((column) => specOf(column)),
  };
}

export function emptyDraft({ name, namespace }: SqlName, metadata: Metadata, at: SourceRange): TableDraft {
  return {
    ...{ name, namespace, metadata, specs: [], items: [], comment: null, entity: null, cls: null, at },
    ...{ call: null, isView: false },
  };
}

function specOf({ name, at }: Column): ColumnSpec {
  return {
    ...{ property: null, name, type: undefined, annotated: undefined, annotation: undefined, optional: false },
    ...{ style: 'column', keywords: new Map(), items: [], calls: [], at },
  };
}

export function columnCalls(values: readonly PyValue[], { names }: TableContext): readonly PyCall[] {
  return values.filter((each) => names.isCallOf(each, 'Column', 'mapped_column'));
}

export interface Drafted {
  readonly draft: TableDraft;
  /** Columns, keys, indexes and checks of the draft alone. */
  readonly table: Table;
  readonly enums: readonly EnumType[];
}

/** @param items columns, constraints and indexes, as `Table(…)` is given them */
export function drafted(
  named: SqlName,
  items: readonly PyValue[],
  metadata: Metadata,
  context: TableContext,
  at: SourceRange,
): Drafted {
  const columns = columnCalls(items, context);
  const draft: TableDraft = {
    ...emptyDraft(named, metadata, at),
    specs: columns.map((call) => columnSpec(null, call, undefined, call.at, context)),
    items: items.filter((each) => isCall(each) && !columns.includes(each)),
  };
  const primaryKey = primaryKeyOf(draft, context);
  const table: Table = {
    ...emptyTable(named, null, at),
    reader: 'sqlalchemy',
    module: moduleOf(at.file),
    columns: draft.specs.map((spec) => ({ ...columnOf(draft, spec, primaryKey, context), property: null })),
    ...keysOf(draft, [], context),
  };
  return { draft, table, enums: enumsOf(draft, context) };
}

/** Folder that holds the folder of the migrations. */
function moduleOf(file: string): string {
  return directoryOf(file).replace(/\/?(?:alembic|migrations?)(?:\/.*)?$/, '');
}

function enumsOf(draft: TableDraft, context: TableContext): readonly EnumType[] {
  return draft.specs.flatMap((spec) => {
    const shape = shapeOf(draft, spec, context);
    if (!shape.enum || shape.enum.values.length === 0) return [];
    const { values, namespace } = shape.enum;
    return [{ name: enumName(draft, spec, shape), namespace, values, at: spec.at }];
  });
}

/** Names that the engine gives, so that later revisions find what they drop. */
export function withEngineNames(table: Table, dialect: Dialect): Table {
  let named = table;
  const name = (part: Parameters<typeof engineName>[1], columns: readonly string[]): string | null =>
    engineName(dialect, part, named, columns);
  if (table.primaryKey.length > 0 && table.primaryKeyName === null)
    named = { ...named, primaryKeyName: name('pkey', table.primaryKey) };
  const each = (
    kind: 'uniques' | 'foreignKeys' | 'checks' | 'indexes',
    part: Parameters<typeof engineName>[1],
  ): void => {
    for (const [at, item] of table[kind].entries()) {
      if (item.name !== null) continue;
      const columns = 'columns' in item ? item.columns : [];
      const parts: readonly (typeof item)[] = named[kind];
      named = { ...named, [kind]: parts.with(at, { ...item, name: name(part, columns) }) };
    }
  };
  each('uniques', 'key');
  each('foreignKeys', 'fkey');
  each('checks', 'check');
  each('indexes', 'idx');
  return named;
}
