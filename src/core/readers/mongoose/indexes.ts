/** Indexes of a schema and of the schemas in it: `getIndexes` of Mongoose 9.7 (`lib/helpers/schema/getIndexes.js`). */
import type { Index } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { isList, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { Field, Options, Schema } from './model.ts';
import { textOf } from './values.ts';

interface Part {
  readonly path: string;
  /** 1, -1, or the kind: `text`, `2dsphere`. */
  readonly kind: string | 1 | -1;
}

const kinds = new Set(['2d', '2dsphere', 'hashed', 'text']);

export function indexesOf(schema: Schema): readonly Index[] {
  const named = new Map<string, { parts: Part[]; options: Options; at: SourceRange }>();
  const found: { parts: Part[]; options: Options; at: SourceRange }[] = [];
  const collect = (each: Schema, prefix: string, seen: readonly Schema[]): void => {
    if (seen.includes(each) || seen.length > 8) return;
    for (const field of each.fields.values()) {
      const path = prefix + field.path;
      const inner = field.type.schema;
      if (inner && field.options.get('excludeIndexes') !== true && inner.options.get('excludeIndexes') !== true)
        collect(inner, `${path}.`, [...seen, each]);
      const own = fieldIndex(field);
      if (!own || (inner && field.type.depth > 0)) continue;
      const name = textOf(own.options.get('name'));
      const before = name === null ? undefined : named.get(name);
      if (before) {
        before.parts.push({ path, kind: own.kind });
        continue;
      }
      const index = { parts: [{ path, kind: own.kind }], options: own.options, at: field.at };
      found.push(index);
      if (name !== null) named.set(name, index);
    }
    for (const { fields, options, at } of each.indexes) {
      const parts = declaredParts(fields).map((part) => ({ ...part, path: prefix + part.path }));
      if (parts.length > 0) found.push({ parts, options, at });
    }
  };
  collect(schema, '', []);
  return found.map(({ parts, options, at }) => indexOf(parts, options, at));
}

/**
 * `index`, `unique`, `sparse`, `text` and `expires` of a path make one. They count in the order in which they are written:
 * once there is an index, `index` says nothing more (`lib/schemaType.js`).
 */
function fieldIndex({ options, type }: Field): { readonly kind: Part['kind']; readonly options: Options } | null {
  return statedIndex(options) ?? statedIndex(type.element);
}

function statedIndex(options: Options): { readonly kind: Part['kind']; readonly options: Options } | null {
  let given: Map<string, Result> | null = null;
  for (const [key, value] of options) {
    if (key === 'index') {
      if (given !== null || value === undefined || value === null || value === false) continue;
      given = new Map(isObject(value) ? value.entries : value === true ? [] : [['type', value]]);
    } else if (key === 'unique' || key === 'sparse' || key === 'text') {
      if (value === undefined || value === null || value === false) continue;
      given ??= new Map();
      given.set(key, key === 'unique' && (isList(value) || isObject(value)) ? true : value);
    } else if (key === 'expires' && value !== undefined && value !== null)
      (given ??= new Map()).set('expireAfterSeconds', value);
  }
  if (!given) return null;
  const type = given.get('type');
  if (typeof type === 'string' && kinds.has(type)) return { kind: type, options: given };
  if (given.get('text') === true) return { kind: 'text', options: given };
  return { kind: type === -1 || type === 'desc' || type === 'descending' ? -1 : 1, options: given };
}

function declaredParts(fields: Result): Part[] {
  if (typeof fields === 'string')
    return fields
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => ({ path: name.replace(/^-/, ''), kind: name.startsWith('-') ? -1 : 1 }));
  if (isList(fields)) return fields.flatMap(declaredParts);
  if (!isObject(fields)) return [];
  return [...fields.entries].map(([path, value]): Part => ({ path, kind: kindOf(value) }));
}

function kindOf(value: Result): Part['kind'] {
  if (typeof value === 'string') {
    if (kinds.has(value)) return value;
    return /^(?:-1|desc)/i.test(value) ? -1 : 1;
  }
  return value === -1 ? -1 : 1;
}

function indexOf(parts: readonly Part[], options: Options, at: SourceRange): Index {
  const kind = parts.find((part) => typeof part.kind === 'string')?.kind;
  const descending = parts.some((part) => part.kind === -1);
  const where = options.get('partialFilterExpression');
  return {
    // The name MongoDB gives: `a_1_b_-1`.
    name: textOf(options.get('name')) ?? parts.map((part) => `${part.path}_${part.kind}`).join('_'),
    columns: parts.map(({ path }) => path),
    orders: descending ? parts.map((part) => (part.kind === -1 ? 'desc' : 'asc')) : [],
    include: [],
    unique: options.get('unique') === true || isObject(options.get('unique')) || isList(options.get('unique')),
    method: typeof kind === 'string' ? kind : null,
    where: where === undefined ? null : isObject(where) ? `{ ${[...where.entries.keys()].join(', ')} }` : '…',
    expression: null,
    origin: 'declared',
    at,
  };
}
