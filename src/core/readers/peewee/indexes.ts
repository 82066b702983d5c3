/** Indexes of a model: of its fields, of its options, and those that are added later. */
import type { Index } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import { md5 } from '../shared/md5.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { isCall, isMember, isSequence, rangeOf, sourceText } from '../shared/python/values.ts';
import { flag, indexMethod } from './fields.ts';
import type { Field } from './fields.ts';
import { columnName, isForeignKey } from './models.ts';
import type { Model, World } from './models.ts';

export function indexesOf(model: Model, world: World): readonly Index[] {
  return [
    ...model.fields.flatMap((field) => ofField(field, model, world)),
    ...ofOption(model, world),
    ...added(model, world),
  ];
}

function ofField(field: Field, model: Model, world: World): readonly Index[] {
  // A key needs none; several columns that are one together do.
  if (
    flag(field, 'primary_key') ||
    (model.key.length === 1 && model.key[0] === field.name) ||
    field.kind === 'ManyToManyField'
  )
    return [];
  const kind = indexMethod(field);
  if (!kind) return [];
  const columns = [columnName(field)];
  return [
    {
      ...plainIndex(columns, field.at, { name: nameOf(model, columns) }),
      unique: flag(field, 'unique'),
      method: methodIn(kind.method, world),
      origin:
        isForeignKey(field) && field.options.get('index') === undefined && !flag(field, 'unique') ? 'orm' : 'declared',
    },
  ];
}

function methodIn(method: string | null, { dialect }: World): string | null {
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? method : null;
}

export function nameOf({ prefix }: Pick<Model, 'prefix'>, columns: readonly string[]): string {
  const name = `${prefix}_${columns.join('_').replace(/[^\w]+/g, '')}`;
  return name.length > 64 ? `${name.slice(0, 56)}_${md5(name).slice(0, 7)}` : name;
}

/** `indexes = ((("a", "b"), True), …)`, with expressions and `SQL("CREATE INDEX …")` among them. */
function ofOption(model: Model, world: World): readonly Index[] {
  const stated = model.option('indexes');
  if (!isSequence(stated)) return [];
  const pair = stated.items.length === 2 && typeof stated.items[1] === 'boolean';
  return (pair ? [stated] : stated.items).flatMap((entry): readonly Index[] => {
    if (isCall(entry)) return ofCall(entry, model, world, model.at);
    const [parts, unique] = isSequence(entry) ? entry.items : [];
    if (!isSequence(parts)) return [];
    const made = ofParts(parts.items, model, world, model.at);
    return made ? [{ ...made, unique: unique === true }] : [];
  });
}

function ofParts(parts: readonly PyValue[], model: Model, world: World, at: SourceRange): Index | null {
  const columns: string[] = [];
  const orders: ('asc' | 'desc')[] = [];
  const expressions: string[] = [];
  let method: string | null = null;
  for (const part of parts) {
    const text = typeof part === 'string' ? part : sourceText(part);
    const name = typeof part === 'string' ? part : fieldName(part);
    const field = model.fields.find((each) => each.name === name || columnName(each) === name);
    if (field) {
      columns.push(columnName(field));
      orders.push(/\.desc\(|\bDESC\b/i.test(text) ? 'desc' : 'asc');
      if (isMember(part) || typeof part === 'string') method = indexMethod(field)?.method ?? method;
    } else expressions.push(text);
  }
  if (columns.length === 0 && expressions.length === 0) return null;
  return {
    ...plainIndex(columns, at, { name: nameOf(model, columns) }),
    orders: orders.includes('desc') ? orders : [],
    method: methodIn(method, world),
    expression: expressions.length > 0 ? expressions.join(', ') : null,
  };
}

/** `Order.placed`, `Order.placed.desc()`; a bare name inside of the class. */
function fieldName(value: PyValue): string | null {
  if (isMember(value)) return value.name;
  if (isCall(value) && isMember(value.callee) && /^(?:asc|desc)$/.test(value.callee.name))
    return fieldName(value.callee.object);
  return null;
}

/** `Order.add_index(Order.a, Order.b, unique=True)`, `Order.add_index(Order.index(…).where(…))`, `SQL("CREATE INDEX …")`. */
function added(model: Model, world: World): readonly Index[] {
  const { evaluator } = world;
  const statements = evaluator.graph.files.get(model.cls.file)?.statements ?? [];
  return statements.flatMap((statement): readonly Index[] => {
    if (statement.kind !== 'call') return [];
    const value = evaluator.evaluate(statement.value, evaluator.fileScope(model.cls.file));
    if (!isCall(value) || !isMember(value.callee) || value.callee.name !== 'add_index') return [];
    if (value.callee.object !== model.cls) return [];
    const at = rangeOf(model.cls.file, statement.at);
    const [first] = value.arguments;
    return isCall(first) && fieldName(first) === null
      ? ofCall(first, model, world, at)
      : listed(value, model, world, at);
  });
}

/** `Model.index(…)` and `ModelIndex(Model, (…))`, with what is chained to it. */
function ofCall(call: PyCall, model: Model, world: World, at: SourceRange): readonly Index[] {
  const name = isMember(call.callee) ? call.callee.name : sourceText(call.callee);
  if (isMember(call.callee) && isCall(call.callee.object) && name !== 'index') {
    const inner = ofCall(call.callee.object, model, world, at);
    const where = name === 'where' ? call.arguments.map((each) => sourceText(each)).join(' AND ') : null;
    return inner.map((index) => (where === null ? index : { ...index, where }));
  }
  if (name === 'index') return listed(call, model, world, at);
  if (name.endsWith('ModelIndex')) {
    const [, fields] = call.arguments;
    return isSequence(fields) ? listed({ ...call, arguments: fields.items }, model, world, at) : [];
  }
  const [sql] = call.arguments;
  return name === 'SQL' && typeof sql === 'string' ? ofSql(sql, at) : [];
}

function listed(call: PyCall, model: Model, world: World, at: SourceRange): readonly Index[] {
  const made = ofParts(call.arguments, model, world, at);
  if (!made) return [];
  const { keywords } = call;
  const name = keywords.get('name');
  const where = keywords.get('where');
  const using = keywords.get('using');
  return [
    {
      ...made,
      name: typeof name === 'string' ? name : made.name,
      unique: keywords.get('unique') === true,
      where: where === undefined || where === null ? null : sourceText(where),
      method:
        typeof using === 'string'
          ? methodIn(using.toLowerCase() === 'btree' ? null : using.toLowerCase(), world)
          : made.method,
    },
  ];
}

/** A statement in plain SQL; what is not columns alone is an expression. */
function ofSql(sql: string, at: SourceRange): readonly Index[] {
  const [, unique, name, method, list = '', where] =
    /^\s*create\s+(unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?"?(\w+)"?\s+on\s+"?[\w.]+"?\s*(?:using\s+(\w+)\s*)?\(([^;]*?)\)\s*(?:where\s+([^;]+))?;?\s*$/i.exec(
      sql,
    ) ?? [];
  if (name === undefined) return [];
  const parts = list.split(',').map((part) => part.trim());
  const columns = parts.flatMap((part) => /^"?(\w+)"?(?:\s+(?:asc|desc))?$/i.exec(part)?.[1] ?? []);
  return [
    {
      ...plainIndex(columns, at, { name }),
      unique: unique !== undefined,
      method: method?.toLowerCase() ?? null,
      where: where?.trim() ?? null,
      orders: parts.some((part) => /\sdesc$/i.test(part))
        ? parts.map((part) => (/\sdesc$/i.test(part) ? 'desc' : 'asc'))
        : [],
      expression: columns.length < parts.length ? list : null,
    },
  ];
}
