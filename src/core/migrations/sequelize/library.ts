/** What `require('sequelize')` gives a migration: data types, `fn` and `literal`, `Op`; kept as the reader of models has them. */
import type { Result } from '../../readers/shared/typescript/results.ts';
import { hostOf, isHost, isList, isObject, isUnknown, objectOf } from '../shared/script/values.ts';
import type { Host, Value } from '../shared/script/values.ts';

/** Keys of conditions: `{ [Op.ne]: null }`. */
export const operatorPrefix = 'Op.';

const operators = hostOf('Op', { get: (name) => `${operatorPrefix}${name}` });

/** The whole library, and each name in it. */
export function libraryMember(path: string): Host {
  return hostOf(path, {
    data: { is: 'external', module: 'sequelize', name: path } satisfies Result,
    get(name) {
      if (name === 'Sequelize' || name === 'DataTypes' || name === 'default') return libraryMember(name);
      if (name === 'Op') return operators;
      // Only a flag of statements; nothing hangs on it.
      if (name === 'QueryTypes') return objectOf([], true);
      return libraryMember(`${path}.${name}`);
    },
    call: (args) =>
      called(
        path,
        args.map((arg) => resultOf(arg)),
      ),
  });
}

/** `STRING(20)`, `INTEGER(11).UNSIGNED`, `fn('now')`. */
function called(path: string, args: readonly Result[]): Host {
  return hostOf(path, {
    data: { is: 'call', module: 'sequelize', name: path, arguments: args, text: '' } satisfies Result,
    get: (name) => called(`${path}.${name}`, args),
    call: () => called(path, args),
  });
}

const maxDepth = 12;

/** As the evaluator of models has it. */
export function resultOf(value: Value, level = 0): Result {
  if (typeof value !== 'object' || value === null) return value;
  if (level > maxDepth || isUnknown(value)) return { is: 'unknown', text: '' };
  if (isList(value)) return value.items.map((item) => resultOf(item, level + 1));
  if (isObject(value))
    return {
      is: 'object',
      entries: new Map([...value.entries].map(([key, each]) => [key, resultOf(each, level + 1)])),
      positions: new Map(),
      missing: value.open ? '…' : null,
    };
  if (isHost(value) && isResult(value.data)) return value.data;
  return { is: 'unknown', text: '' };
}

function isResult(data: unknown): data is Result {
  return typeof data === 'object' && data !== null && 'is' in data;
}
