/** Indexes: `index=True`, and `Index(…)` in a table or beside it. */
import type { Index } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { isCall, isMember, isSequence, textOf } from '../shared/python/values.ts';
import { columnNamed, memberColumn, specNamed } from './constraints.ts';
import type { ConstraintContext } from './constraints.ts';
import type { TableDraft } from './drafts.ts';
import { sqlText } from './sqlText.ts';

export function plainIndex(name: string | null, columns: readonly string[], unique: boolean, at: SourceRange): Index {
  return {
    name,
    columns,
    orders: [],
    include: [],
    unique,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at,
  };
}

/** `Index('ix_name', User.a, User.b.desc(), func.lower(User.c), unique=True, postgresql_using='gin')` */
export function indexOf(
  call: PyCall,
  draft: TableDraft,
  context: ConstraintContext,
  nameOf: (kind: 'ix', columns: readonly string[], stated: string | null) => string | null,
): Index | null {
  const [name, ...parts] = call.arguments;
  const columns: string[] = [];
  const orders: ('asc' | 'desc')[] = [];
  const expressions: string[] = [];
  const columnOf = (each: PyValue): string | null => columnNamed(each, draft, context);
  for (const part of parts) {
    const { value, order } = ordered(part, context);
    const text = context.names.isCallOf(value, 'text', 'literal_column') ? textOf(value.arguments[0]) : null;
    const plain = text === null ? null : /^"?(\w+)"?(?:\s+(ASC|DESC))?$/i.exec(text.trim());
    const column = plain ? (specNamed(draft, plain[1] ?? '')?.name ?? null) : text === null ? columnOf(value) : null;
    if (column === null) expressions.push(sqlText(value, context.names, context.dialect, columnOf));
    else {
      columns.push(column);
      orders.push(order ?? (plain?.[2]?.toUpperCase() === 'DESC' ? 'desc' : 'asc'));
    }
  }
  if (columns.length === 0 && expressions.length === 0) return null;
  const engine =
    context.dialect === 'mariadb' ? 'mysql' : context.dialect === 'cockroachdb' ? 'postgresql' : context.dialect;
  const option = (key: string): PyValue | undefined => call.keywords.get(`${engine}_${key}`);
  const where = option('where');
  const prefix = textOf(option('prefix'))?.toLowerCase();
  const include = option('include');
  const method =
    textOf(option('using'))?.toLowerCase() ?? (prefix === 'fulltext' || prefix === 'spatial' ? prefix : null);
  return {
    name: nameOf('ix', columns, textOf(name)),
    columns,
    orders: orders.includes('desc') ? orders : [],
    include: isSequence(include) ? include.items.flatMap((each) => columnOf(each) ?? []) : [],
    unique: call.keywords.get('unique') === true,
    method: method === 'btree' ? null : method,
    where:
      where === undefined || where === null
        ? null
        : typeof where === 'string'
          ? where
          : sqlText(where, context.names, context.dialect, columnOf),
    expression: expressions.length === 0 ? null : expressions.join(', '),
    origin: 'declared',
    at: call.at,
  };
}

/** `User.created.desc()`, `desc('created')`, `desc(User.created).nullslast()`. */
function ordered(
  value: PyValue,
  { names }: ConstraintContext,
): { readonly value: PyValue; readonly order: 'asc' | 'desc' | null } {
  if (!isCall(value)) return { value, order: null };
  const called = names.called(value);
  const [first] = value.arguments;
  if (
    (called === 'desc' || called === 'asc') &&
    first !== undefined &&
    !(isMember(value.callee) && value.arguments.length === 0)
  )
    return { value: first, order: called };
  if (!isMember(value.callee)) return { value, order: null };
  const { name, object } = value.callee;
  if (name === 'desc' || name === 'asc') return { value: object, order: name };
  if (/^nulls_?(?:first|last)$/.test(name) && isCall(object)) return ordered(object, { names } as ConstraintContext);
  return { value, order: null };
}

/** Table that an `Index(…)` beside the tables speaks of, by its columns. */
export function tableOfIndex(
  call: PyCall,
  drafts: readonly TableDraft[],
  context: ConstraintContext,
): TableDraft | null {
  for (const part of call.arguments.slice(1)) {
    const found = tableIn(part, drafts, context, 0);
    if (found) return found;
  }
  return null;
}

function tableIn(
  value: PyValue,
  drafts: readonly TableDraft[],
  context: ConstraintContext,
  depth: number,
): TableDraft | null {
  if (depth > 5) return null;
  const direct = memberColumn(value, context);
  if (direct) return direct.draft;
  if (!isCall(value)) return null;
  const owner = drafts.find(({ specs }) => specs.some(({ calls }) => calls.includes(value)));
  if (owner) return owner;
  const inner = isMember(value.callee) ? tableIn(value.callee.object, drafts, context, depth + 1) : null;
  if (inner) return inner;
  for (const argument of value.arguments) {
    const found = tableIn(argument, drafts, context, depth + 1);
    if (found) return found;
  }
  return null;
}
