/** Column builders of `drizzle-orm/*-core` → the type that drizzle-kit writes (`getSQLType` of each column class, 0.45). */
import type { Dialect } from '../../schema/model.ts';
import { typeShape as shape, typeShapeOfText as shapeOfText } from '../shared/typeText.ts';
import type { TypeShape } from '../shared/typeText.ts';
import { isFunction, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result } from '../shared/typescript/results.ts';
import { entry, numberEntry, objectOf, textEntry } from './chains.ts';
import type { Chain } from './model.ts';

const plainTypes = new Set(
  (
    'bigserial boolean cidr date doublePrecision inet json jsonb macaddr macaddr8 point line real serial smallint smallserial text uuid integer bigint ' +
    'tinytext mediumtext longtext year blob geometry int tinyint mediumint double float decimal numeric'
  ).split(' '),
);

/** Null = no builder that is known. */
export function typeOf(chain: Chain, dialect: Dialect): TypeShape | null {
  const { maker } = chain;
  const options = objectOf(chain.arguments);
  const length = numberEntry(options, 'length');
  const precision = numberEntry(options, 'precision');
  const dimensions = numberEntry(options, 'dimensions');
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const unsigned = entry(options, 'unsigned') === true ? ' unsigned' : '';
  switch (maker) {
    case 'varchar':
    case 'char':
    case 'binary':
    case 'varbinary':
      return shape(maker, dialect, { length });
    case 'text':
      return shape('text', dialect, {
        length: dialect === 'sqlite' && textEntry(options, 'mode') !== 'json' ? length : null,
      });
    case 'numeric':
    case 'decimal':
      if (dialect === 'sqlite') return shape('numeric', dialect);
      return shape(mysql ? `decimal${unsigned}` : 'numeric', dialect, {
        precision,
        scale: numberEntry(options, 'scale'),
      });
    case 'double':
    case 'float':
    case 'real':
      // SQLite's REAL has eight bytes.
      if (dialect === 'sqlite') return shape('real', dialect, { type: 'float64' });
      return shape(maker + unsigned, dialect, mysql ? { precision, scale: numberEntry(options, 'scale') } : {});
    case 'doublePrecision':
      return shape('double precision', dialect);
    case 'int':
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'bigint':
      return shape(maker + (mysql ? unsigned : ''), dialect);
    case 'timestamp':
    case 'time': {
      if (mysql) return shape(maker, dialect, { precision: numberEntry(options, 'fsp') });
      const zone = entry(options, 'withTimezone') === true ? ' with time zone' : '';
      return shape(maker + zone, dialect, { precision });
    }
    case 'datetime':
      return shape('datetime', dialect, { precision: numberEntry(options, 'fsp') });
    case 'interval': {
      const fields = textEntry(options, 'fields');
      return {
        ...shape('interval', dialect, { precision }),
        rawType: fields === null ? 'interval' : `interval ${fields}`,
      };
    }
    case 'bit':
    case 'vector':
    case 'halfvec':
    case 'sparsevec':
      return shape(maker, dialect, {
        length: dimensions,
        ...(maker === 'sparsevec' ? { type: 'vector' as const } : {}),
      });
    case 'geometry':
      return { ...shape('geometry', dialect), rawType: 'geometry(point)' };
    case 'serial':
      return shape(mysql ? 'bigint unsigned' : 'serial', dialect);
    default:
      return plainTypes.has(maker) ? shape(maker, dialect) : null;
  }
}

/** What `dataType(config)` of a custom type returns. */
export function customType(made: Result, config: Result, dialect: Dialect, evaluator: Evaluator): TypeShape | null {
  const options = isObject(made) ? made : undefined;
  const dataType = entry(options, 'dataType');
  if (!isFunction(dataType)) return null;
  const result = evaluator.call(dataType, [config]);
  if (typeof result === 'string') return shapeOfText(result, dialect);
  // A body with branches: its last return is the plain case, sizes are what the column states.
  const { returns } = dataType.value;
  const last = returns ? evaluator.evaluate(returns, dataType.scope) : undefined;
  if (typeof last !== 'string') return null;
  const base = shapeOfText(last, dialect);
  return {
    ...base,
    length: numberEntry(config, 'length') ?? numberEntry(config, 'dimensions') ?? base.length,
    precision: numberEntry(config, 'precision') ?? base.precision,
    scale: numberEntry(config, 'scale') ?? base.scale,
  };
}

/** Texts of a list, or of an enum object's values. */
export function textsOf(result: Result): readonly string[] | null {
  if (isList(result)) return result.every((item) => typeof item === 'string') ? result : null;
  if (!isObject(result) || result.missing !== null) return null;
  const values = ownKeys(result).map((key) => result.entries.get(key));
  return values.every((value) => typeof value === 'string') ? values : null;
}
