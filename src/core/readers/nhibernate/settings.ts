/** What the methods of both mapping APIs say of a column, a reference or a collection: `m.Length(50)`, `.Not.Nullable()`. */
import { isKind, nameValue, numberValue, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import { typeText } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import type { ColumnDraft, Mutable } from './drafts.ts';
import type { HbmId } from '../shared/hbm/model.ts';

/** True where the method was understood. */
export function setColumn(column: ColumnDraft, name: string, args: readonly Value[], on: boolean): boolean {
  const [first] = args;
  const text = textValue(first);
  const number = numberValue(first);
  const flag = first === false ? !on : on;
  switch (name) {
    case 'Column':
    case 'Name':
      if (text !== null) column.name = unquoted(text);
      return text !== null;
    case 'Length':
      column.length = number;
      return true;
    case 'Precision':
      column.precision = number;
      return true;
    case 'Scale':
      column.scale = number;
      return true;
    case 'Nullable':
      column.notNull = !flag;
      return true;
    case 'NotNullable':
    case 'NotNull':
      column.notNull = flag;
      return true;
    case 'Unique':
      column.unique = flag;
      return true;
    case 'UniqueKey':
      if (text !== null) column.uniqueKeys = [...column.uniqueKeys, ...namesOf(text)];
      return true;
    case 'Index':
      if (text !== null) column.indexes = [...column.indexes, ...namesOf(text)];
      return true;
    case 'CustomSqlType':
    case 'SqlType':
      column.sqlType = text;
      return true;
    case 'Default':
      column.default = text ?? (number === null ? null : String(number));
      return true;
    case 'Check':
      column.check = text;
      return true;
    default:
      return false;
  }
}

export function setType(name: string, args: readonly Value[], types: readonly TypeRef[]): string | null {
  if (!/^(?:CustomType|Type)$/u.test(name)) return null;
  const [first] = args;
  if (types[0]) return typeText(types[0]);
  if (isKind(first, 'type')) return typeText(first.type);
  return textValue(first) ?? nameValue(first);
}

/** `Generators.Native`, `GeneratedBy.HiLo("10")` as the names of `*.hbm.xml`. */
export function generatorNamed(name: string): string {
  const known: Readonly<Record<string, string>> = {
    HighLow: 'hilo',
    HiLo: 'hilo',
    SeqHiLo: 'seqhilo',
    GuidComb: 'guid.comb',
    GuidNative: 'guid.native',
    EnhancedSequence: 'enhanced-sequence',
    EnhancedTable: 'enhanced-table',
    TriggerIdentity: 'trigger-identity',
    UUIDHex: 'uuid.hex',
    UUIDString: 'uuid.string',
    NativeGuid: 'guid.native',
    UuidHex: 'uuid.hex',
    UuidString: 'uuid.string',
  };
  return known[name] ?? name.toLowerCase();
}

export function setGenerator(id: Mutable<HbmId>, name: string, args: readonly Value[]): void {
  id.generator = generatorNamed(name);
  const text = textValue(args[0]);
  if (text !== null && id.generator === 'sequence') id.generatorParameters = { sequence: text };
}

export function unquoted(name: string): string {
  return name.replace(/^[`"[]|[`"\]]$/gu, '');
}

/** `Cascade.All.Include(Cascade.DeleteOrphans)`; as a list of words. */
export function cascadeOf(value: Value): string | null {
  const name = nameValue(value);
  return name === null ? null : name.replace(/([a-z])([A-Z])/gu, '$1-$2').toLowerCase();
}

/** A host whose every method leads back to it. */
export function chained(
  call: (name: string, args: readonly Value[], types: readonly TypeRef[], negated: boolean) => Value,
): Host {
  let negated = false;
  const host: Host = {
    is: 'host',
    get(name) {
      if (name === 'Not') {
        negated = !negated;
        return host;
      }
      return part(name);
    },
    call(name, args, _call, types) {
      const isNegated = negated;
      negated = false;
      return call(name, args, types, isNegated) ?? host;
    },
  };
  /** `.Cascade.All()`, `.GeneratedBy.Identity()`, `.Fetch.Join()` */
  function part(owner: string): Host {
    const inner: Host = {
      is: 'host',
      get: () => inner,
      call(name, args, _call, types) {
        return call(`${owner}.${name}`, args, types, negated) ?? host;
      },
    };
    return inner;
  }
  return host;
}

/** NHibernate splits names of keys and indexes at commas, as in `index="…"` of its XML. */
function namesOf(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
