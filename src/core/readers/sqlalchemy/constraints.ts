/** Keys, indexes, foreign keys and checks of a table. */
import type { Check, ForeignKey, Index, ReferentialAction, Unique } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { argumentOf, isCall, isClass, isMember, isSequence, isUnknown, textOf } from '../shared/python/values.ts';
import { isPrimaryKey } from './columns.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import type { TableDraft } from './drafts.ts';
import { conventionalName } from './metadata.ts';
import { indexOf, plainIndex } from './indexes.ts';
import { sqlText } from './sqlText.ts';
import type { TypeContext } from './types.ts';

export interface ConstraintContext extends TypeContext {
  readonly tableOfCall: ReadonlyMap<PyCall, TableDraft>;
  /** Table that a class is mapped to. */
  readonly tableOfClass: (value: PyValue) => TableDraft | null;
  readonly find: (name: string, namespace: string | null, from: TableDraft) => TableDraft | null;
  /** Of a name that is bound in a file. */
  readonly named: (file: string, name: string) => PyValue | undefined;
}

/** A column of some table, however it is named: by text, by itself, as an attribute of its class or table. */
export function columnNamed(value: PyValue, draft: TableDraft, context: ConstraintContext): string | null {
  if (typeof value === 'string') return specNamed(draft, value)?.name ?? value;
  if (isCall(value)) {
    const spec = draft.specs.find(({ calls }) => calls.includes(value));
    if (spec) return spec.name;
    const first = value.arguments[0];
    return context.names.isCallOf(value, 'Column', 'mapped_column') && typeof first === 'string'
      ? (specNamed(draft, first)?.name ?? null)
      : null;
  }
  return memberColumn(value, context)?.spec.name ?? null;
}

export function specNamed(draft: TableDraft, name: string): ColumnSpec | undefined {
  return (
    draft.specs.find((spec) => (textOf(spec.keywords.get('key')) ?? spec.name) === name) ??
    draft.specs.find((spec) => spec.property === name) ??
    draft.specs.find((spec) => spec.name === name)
  );
}

/** `User.id`, `users.c.id`, `User.__table__.c.id`. */
export function memberColumn(
  value: PyValue,
  context: ConstraintContext,
): { readonly draft: TableDraft; readonly spec: ColumnSpec } | null {
  if (!isMember(value)) return null;
  const { object, name } = value;
  const draft = tableOfValue(object, context);
  const spec = draft && specNamed(draft, name);
  return spec ? { draft, spec } : null;
}

/** A table by its class, its `Table(…)`, or the columns of either. */
export function tableOfValue(value: PyValue, context: ConstraintContext, depth = 0): TableDraft | null {
  if (depth > 6) return null;
  if (isClass(value)) return context.tableOfClass(value);
  if (isCall(value)) return context.tableOfCall.get(value) ?? null;
  if (!isMember(value)) return null;
  if (value.value !== null && isCall(value.value)) {
    const table = context.tableOfCall.get(value.value);
    if (table) return table;
  }
  return /^(?:c|columns|__table__|\w*alias\w*)$/.test(value.name)
    ? tableOfValue(value.object, context, depth + 1)
    : null;
}

const actions: readonly ReferentialAction[] = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'];

function actionOf(value: PyValue | undefined): ReferentialAction | null {
  const text = textOf(value)?.toUpperCase().replace(/\s+/g, ' ').trim();
  return actions.find((action) => action === text) ?? null;
}

function deferrableOf(call: PyCall): string | null {
  const deferrable = argumentOf(call, null, 'deferrable');
  const initially = textOf(argumentOf(call, null, 'initially'));
  if (deferrable !== true && initially === null) return null;
  return initially?.toUpperCase() === 'DEFERRED' ? 'INITIALLY DEFERRED' : 'INITIALLY IMMEDIATE';
}

export interface Reference {
  readonly table: TableDraft | null;
  readonly name: string;
  readonly namespace: string | null;
  /** Null = the column of the same name. */
  readonly column: string | null;
}

/** What a `ForeignKey(…)` refers to; null where it cannot be told. */
export function referenceOf(
  value: PyValue | undefined,
  draft: TableDraft,
  context: ConstraintContext,
): Reference | null {
  if (value === undefined || value === null) return null;
  const found = memberColumn(value, context);
  if (found)
    return { table: found.draft, name: found.draft.name, namespace: found.draft.namespace, column: found.spec.name };
  if (isCall(value)) {
    for (const table of new Set(context.tableOfCall.values())) {
      const spec = table.specs.find(({ calls }) => calls.includes(value));
      if (spec) return { table, name: table.name, namespace: table.namespace, column: spec.name };
    }
  }
  const text =
    typeof value === 'string' ? value : isUnknown(value) ? computedReference(value.text, draft, context) : null;
  if (text === null) return null;
  const parts = text.split('.');
  const column = parts.length > 1 ? (parts.pop() ?? null) : null;
  const name = parts.pop() ?? '';
  const stated = parts.length > 0 ? parts.join('.') : null;
  const namespace = stated ?? draft.metadata.namespace;
  const table = context.find(name, namespace, draft) ?? (stated === null ? context.find(name, null, draft) : null);
  const spec = table && column !== null ? specNamed(table, column) : undefined;
  return {
    table,
    name: table?.name ?? name,
    namespace: table ? table.namespace : namespace,
    column: spec?.name ?? column,
  };
}

/** `f'{User.__tablename__}.id'` of a class whose table name its base computes. */
function computedReference(text: string, draft: TableDraft, context: ConstraintContext): string | null {
  const match = /^f?'?\{(\w+)\.__tablename__\}\.(\w+)'?$/.exec(text);
  const cls = match?.[1] === undefined ? undefined : context.named(draft.at.file, match[1]);
  const table = cls === undefined ? null : context.tableOfClass(cls);
  return table ? `${table.namespace === null ? '' : `${table.namespace}.`}${table.name}.${match?.[2] ?? ''}` : null;
}

export interface Keys {
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Check[];
}

export function primaryKeyOf(draft: TableDraft, context: ConstraintContext): readonly string[] {
  const constraint = draft.items.find((item) => context.names.isCallOf(item, 'PrimaryKeyConstraint'));
  const columns = draft.specs.filter(isPrimaryKey).map(({ name }) => name);
  if (!isCall(constraint)) return columns;
  const stated = constraint.arguments.flatMap((each) => columnNamed(each, draft, context) ?? []);
  return stated.length > 0 ? stated : columns;
}

export function keysOf(draft: TableDraft, loose: readonly PyCall[], context: ConstraintContext): Keys {
  const primaryKey = primaryKeyOf(draft, context);
  const uniques: Unique[] = [];
  const indexes: Index[] = [];
  const foreignKeys: ForeignKey[] = [];
  const checks: Check[] = [];
  const exclusions: Check[] = [];
  const nameOf = (
    kind: 'ix' | 'uq' | 'ck' | 'fk' | 'pk',
    columns: readonly string[],
    stated: string | null,
    reference?: Reference,
  ): string | null =>
    conventionalName(
      kind,
      {
        table: draft.name,
        namespace: draft.namespace,
        columns,
        stated,
        ...(reference
          ? { referredTable: reference.name, referredColumns: reference.column === null ? [] : [reference.column] }
          : {}),
      },
      draft.metadata,
    );
  const addKey = (
    columns: readonly string[],
    references: readonly Reference[],
    call: PyCall,
    at: SourceRange,
  ): void => {
    const [first] = references;
    if (!first) return;
    foreignKeys.push({
      name: nameOf('fk', columns, textOf(argumentOf(call, null, 'name')), first),
      columns,
      references: {
        table: first.name,
        namespace: first.namespace,
        columns: references.map((each, index) => each.column ?? columns[index] ?? ''),
      },
      onDelete: actionOf(argumentOf(call, null, 'ondelete')),
      onUpdate: actionOf(argumentOf(call, null, 'onupdate')),
      deferrable: deferrableOf(call),
      enforced: true,
      origin: 'declared',
      at,
    });
  };
  const addCheck = (call: PyCall, at: SourceRange): void => {
    const condition = argumentOf(call, 0, 'sqltext');
    if (condition === undefined || condition === null) return;
    const expression =
      typeof condition === 'string'
        ? condition
        : sqlText(condition, context.names, context.dialect, (each) => columnNamed(each, draft, context));
    checks.push({ name: nameOf('ck', [], textOf(argumentOf(call, null, 'name'))), expression, at });
  };
  for (const spec of draft.specs) {
    for (const item of spec.items) {
      const called = context.names.called(item);
      if (called === 'ForeignKey') {
        const reference = referenceOf(argumentOf(item, 0, 'column'), draft, context);
        if (reference) addKey([spec.name], [reference], item, spec.at);
      } else if (called === 'CheckConstraint') addCheck(item, spec.at);
    }
    const indexed = spec.keywords.get('index') === true;
    const unique = spec.keywords.get('unique') === true;
    if (indexed) indexes.push(plainIndex(nameOf('ix', [spec.name], null), [spec.name], unique, spec.at));
    else if (unique)
      uniques.push({
        name: nameOf('uq', [spec.name], null),
        columns: [spec.name],
        nullsNotDistinct: false,
        deferrable: null,
        origin: 'declared',
        at: spec.at,
      });
  }
  for (const item of [...draft.items, ...loose]) {
    if (!isCall(item)) continue;
    switch (context.names.called(item)) {
      case 'Index': {
        const index = indexOf(item, draft, context, nameOf);
        if (index) indexes.push(index);
        break;
      }
      case 'UniqueConstraint': {
        const columns = listed(item.arguments).flatMap((each) => columnNamed(each, draft, context) ?? []);
        if (columns.length === 0) break;
        uniques.push({
          name: nameOf('uq', columns, textOf(argumentOf(item, null, 'name'))),
          columns,
          nullsNotDistinct: argumentOf(item, null, 'postgresql_nulls_not_distinct') === true,
          deferrable: deferrableOf(item),
          origin: 'declared',
          at: item.at,
        });
        break;
      }
      case 'ForeignKeyConstraint': {
        const columns = listed([argumentOf(item, 0, 'columns')]).flatMap(
          (each) => columnNamed(each, draft, context) ?? [],
        );
        const references = listed([argumentOf(item, 1, 'refcolumns')]).flatMap(
          (each) => referenceOf(each, draft, context) ?? [],
        );
        if (columns.length > 0 && references.length === columns.length) addKey(columns, references, item, item.at);
        break;
      }
      case 'CheckConstraint':
        addCheck(item, item.at);
        break;
      case 'ExcludeConstraint':
        exclusions.push({
          name: textOf(argumentOf(item, null, 'name')),
          expression: exclusion(item, draft, context),
          at: item.at,
        });
        break;
    }
  }
  const constraint = draft.items.find((item) => context.names.isCallOf(item, 'PrimaryKeyConstraint'));
  const keyName = isCall(constraint) ? textOf(argumentOf(constraint, null, 'name')) : null;
  return {
    primaryKey,
    primaryKeyName: primaryKey.length === 0 ? null : nameOf('pk', primaryKey, keyName),
    uniques,
    indexes,
    foreignKeys,
    checks,
    exclusions,
  };
}

function listed(values: readonly (PyValue | undefined)[]): readonly PyValue[] {
  return values.flatMap((value) => (value === undefined ? [] : isSequence(value) ? value.items : [value]));
}

function exclusion(call: PyCall, draft: TableDraft, context: ConstraintContext): string {
  const method = textOf(argumentOf(call, null, 'using')) ?? 'gist';
  const parts = call.arguments.flatMap((each) => {
    const [element, operator] = isSequence(each) ? each.items : [];
    if (element === undefined) return [];
    const column =
      columnNamed(element, draft, context) ??
      sqlText(element, context.names, context.dialect, (value) => columnNamed(value, draft, context));
    return [`${column} WITH ${textOf(operator) ?? '='}`];
  });
  return `USING ${method} (${parts.join(', ')})`;
}
