/** Sequelize's data types, as an attribute names them. */
import { isCall, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';

export interface DataType {
  /** `STRING`, `DATE`…; `SQL` = the type as text for the database. */
  readonly key: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly unsigned: boolean;
  readonly binary: boolean;
  /** `tiny`, `medium`, `long` of texts and blobs. */
  readonly size: string | null;
  /** Of an enum; null = not known. */
  readonly values: readonly string[] | null;
  /** Of an array, a range or a virtual attribute. */
  readonly element: DataType | null;
  /** Of `SQL` the type itself, of geometries the kind. */
  readonly text: string | null;
}

const keys = new Set(
  (
    'STRING CHAR TEXT CITEXT NUMBER TINYINT SMALLINT MEDIUMINT INTEGER BIGINT FLOAT TIME DATE DATEONLY BOOLEAN NOW BLOB DECIMAL NUMERIC ' +
    'UUID UUIDV1 UUIDV4 HSTORE JSON JSONB VIRTUAL ARRAY ENUM RANGE REAL DOUBLE GEOMETRY GEOGRAPHY CIDR INET MACADDR MACADDR8 TSVECTOR'
  ).split(' '),
);

/** Names of data types in a dotted path: `DataTypes.INTEGER.UNSIGNED` → `INTEGER`, `UNSIGNED`. Null where there is none. */
function keyPath(path: string): readonly string[] | null {
  const parts = path.split('.');
  const at = parts.findIndex((part) => keys.has(part));
  return at === -1 ? null : parts.slice(at);
}

export function aDataType(key: string, given: Partial<DataType> = {}): DataType {
  return {
    key: key === 'NUMERIC' ? 'DECIMAL' : key,
    length: null,
    precision: null,
    scale: null,
    unsigned: false,
    binary: false,
    size: null,
    values: null,
    element: null,
    text: null,
    ...given,
  };
}

/** Null where it is no data type that can be made out. */
export function dataTypeOf(value: Result): DataType | null {
  if (typeof value === 'string') return value === '' ? null : aDataType('SQL', { text: value });
  if (typeof value !== 'object' || value === null || isList(value)) return null;
  if (isCall(value)) {
    const path = keyPath(value.name);
    return path?.[0] === undefined ? null : called(path[0], path.slice(1), value.arguments);
  }
  const path = value.is === 'unknown' ? keyPath(value.text) : value.is === 'external' ? keyPath(value.name) : null;
  if (path?.[0] !== undefined) return called(path[0], path.slice(1), []);
  // `{ type: DataTypes.STRING, … }` of a shared attribute where only the type is wanted.
  return isObject(value) && value.entries.has('type') ? dataTypeOf(value.entries.get('type')) : null;
}

function called(key: string, modifiers: readonly string[], given: readonly Result[]): DataType {
  const [first, second] = given;
  const options = isObject(first) ? first.entries : null;
  const numberAt = (name: string, positional: Result): number | null => {
    const value = options ? options.get(name) : positional;
    return typeof value === 'number' ? value : null;
  };
  const flag = (name: string): boolean => modifiers.includes(name.toUpperCase()) || options?.get(name) === true;
  const common = { unsigned: flag('unsigned'), binary: flag('binary') || (key !== 'ENUM' && second === true) };
  switch (key) {
    case 'DECIMAL':
    case 'NUMERIC':
      return aDataType(key, { ...common, precision: numberAt('precision', first), scale: numberAt('scale', second) });
    case 'FLOAT':
    case 'REAL':
    case 'DOUBLE':
      return aDataType(key, { ...common, length: numberAt('length', first), scale: numberAt('decimals', second) });
    case 'DATE':
      return aDataType(key, { precision: numberAt('length', first) });
    case 'TEXT':
    case 'BLOB': {
      const size = options ? options.get('length') : first;
      return aDataType(key, { size: typeof size === 'string' ? size.toLowerCase() : null });
    }
    case 'ENUM':
      return aDataType(key, { values: enumValues(options ? [options.get('values') ?? first] : given) });
    case 'ARRAY':
    case 'RANGE':
    case 'VIRTUAL':
      return aDataType(key, { element: dataTypeOf(options?.get('type') ?? options?.get('subtype') ?? first) });
    case 'GEOMETRY':
    case 'GEOGRAPHY':
      return aDataType(key, { text: typeof first === 'string' ? first : null });
    default:
      return aDataType(key, { ...common, length: numberAt('length', first) });
  }
}

/** `ENUM('a', 'b')`, `ENUM(['a', 'b'])`, `ENUM(...Object.values(Status))`, `values: Object.values(Status)`; null where one is not known. */
export function enumValues(given: readonly Result[]): readonly string[] | null {
  const values: string[] = [];
  for (const each of given) {
    if (typeof each === 'string' || typeof each === 'number') values.push(String(each));
    else if (isList(each)) {
      const inner = enumValues(each);
      if (!inner) return null;
      values.push(...inner);
    } else if (isObject(each) && each.missing === null) {
      const inner = enumValues(
        ownKeys(each)
          .filter((key) => Number.isNaN(Number(key)))
          .map((key) => each.entries.get(key)),
      );
      if (!inner) return null;
      values.push(...inner);
    } else return null;
  }
  return values.length === 0 ? null : values;
}
