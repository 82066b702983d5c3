/**
 * The run-time type that `emitDecoratorMetadata` records for a property (`design:type`), from its annotation.
 * Follows TypeScript's `typeSerializer`; `| null` and `| undefined` are left out as without `strictNullChecks`, because with
 * it such a property needs an explicit type anyway.
 */
import type { TypeShape } from './declarations.ts';
import { isList, isObject, ownKeys } from './results.ts';
import type { Evaluator } from './evaluate.ts';
import type { Result } from './results.ts';

const keywords: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  bigint: 'BigInt',
  symbol: 'Symbol',
};
/** Classes every program has, which stand for themselves. */
const globals = new Set(['Date', 'Buffer', 'Uint8Array', 'Promise', 'Map', 'Set', 'RegExp', 'Error', 'URL']);
const wrappers = new Set(['String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'Function', 'Array']);
const maxDepth = 20;

/** Name of the constructor; null = nothing (`void`, `never`). Without an annotation it is `Object`. */
export function reflectType(type: TypeShape | null, file: string, evaluator: Evaluator, depth = 0): string | null {
  if (!type || depth > maxDepth) return 'Object';
  switch (type.is) {
    case 'keyword':
      if (['null', 'undefined', 'void', 'never'].includes(type.name)) return null;
      return keywords[type.name] ?? 'Object';
    case 'array':
      return 'Array';
    case 'function':
      return 'Function';
    case 'object':
      return 'Object';
    case 'typeof':
      return type.keys ? 'String' : reflectValues(type.name, file, evaluator);
    case 'union':
    case 'intersection': {
      const kinds = new Set(type.types.map((each) => reflectType(each, file, evaluator, depth + 1)));
      kinds.delete(null);
      const [only] = kinds;
      return kinds.size === 1 && only ? only : kinds.size === 0 ? null : 'Object';
    }
    case 'reference':
      return reflectReference(type.name, type.arguments, file, evaluator, depth);
  }
}

function reflectReference(
  name: string,
  parameters: readonly TypeShape[],
  file: string,
  evaluator: Evaluator,
  depth: number,
): string | null {
  const declared = evaluator.graph.lookup(file, name, 'type');
  switch (declared?.is) {
    case 'class':
      return declared.declaration.name;
    case 'enum': {
      const { entries } = evaluator.enumOf(declared.declaration, declared.file);
      const kinds = new Set(declared.declaration.members.map(([name]) => kindOf(entries.get(name))));
      const [only] = kinds;
      return kinds.size === 1 && only ? only : 'Object';
    }
    case 'type': {
      if (!declared.type) return 'Object';
      const kind = reflectType(declared.type, declared.file, evaluator, depth + 1);
      // An alias of a class or interface is an object type to the serializer; only its name could be emitted, and it has no value.
      return kind === null || wrappers.has(kind) || kind === 'Promise' ? kind : 'Object';
    }
    case 'external':
      return name;
  }
  if (name === 'ReadonlyArray') return 'Array';
  if (name === 'NonNullable') return reflectType(parameters[0] ?? null, file, evaluator, depth + 1);
  if (name === 'Lowercase' || name === 'Uppercase' || name === 'Capitalize') return 'String';
  return globals.has(name) || wrappers.has(name) ? name : 'Object';
}

function reflectValues(name: string, file: string, evaluator: Evaluator): string {
  const value = evaluator.evaluate({ is: 'name', name }, { file, names: null, outer: null });
  const values = isObject(value) ? ownKeys(value).map((key) => value.entries.get(key)) : isList(value) ? value : [];
  const kinds = new Set(values.map(kindOf));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : 'Object';
}

function kindOf(value: Result): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return 'Number';
  if (typeof value === 'boolean') return 'Boolean';
  return 'Object';
}
