/** What the callback of `createTable` and `alterTable` is handed: every call on it is written down, and becomes operations at the end. */
import type { Spot } from '../../readers/shared/typescript/program.ts';
import { hostOf, isHost, isList, isObject, memberOf, textOr, textsOf, unknown } from '../shared/script/values.ts';
import type { Host, Value } from '../shared/script/values.ts';
import { columnTypes, typeKey } from './types.ts';

export interface ColumnDraft {
  readonly key: string;
  readonly name: string | null;
  /** Behind the name. */
  readonly args: readonly Value[];
  /** By their names: `nullable`, `defaultTo`, `alter`… The last call counts. */
  readonly modifiers: Map<string, readonly Value[]>;
  readonly checks: { readonly method: string; readonly args: readonly Value[] }[];
  readonly at: Spot;
}

export interface ForeignDraft {
  readonly columns: readonly string[];
  name: string | null;
  references: readonly string[];
  table: string | null;
  onDelete: string | null;
  onUpdate: string | null;
  deferrable: string | null;
  readonly at: Spot;
}

/** A call on the table itself: `unique(['a', 'b'])`, `dropColumn('a')`. */
export interface TableCall {
  readonly method: string;
  readonly args: readonly Value[];
  readonly at: Spot;
}

export type TableEntry =
  | { readonly is: 'column'; readonly column: ColumnDraft }
  | { readonly is: 'foreign'; readonly foreign: ForeignDraft }
  | { readonly is: 'call'; readonly call: TableCall };

export interface TableDraft {
  readonly entries: TableEntry[];
  readonly host: Host;
}

const notMethods = /^(?:then|catch|finally|length)$/;

export function draftTable(): TableDraft {
  const entries: TableEntry[] = [];
  const call = (method: string, args: readonly Value[], at: Spot): void => {
    entries.push({ is: 'call', call: { method, args, at } });
  };

  const addColumn = (method: string, args: readonly Value[], at: Spot): Host => {
    const key = typeKey(method);
    const isNumbered = key === 'increments' || key === 'bigincrements';
    const column: ColumnDraft = {
      key,
      name: textOr(args[0]) ?? (isNumbered && !isList(args[0]) ? 'id' : null),
      args: args.slice(1),
      modifiers: new Map(),
      checks: [],
      at,
    };
    entries.push({ is: 'column', column });
    return columnHost(column);
  };

  function columnHost(column: ColumnDraft): Host {
    let foreign: ForeignDraft | null = null;
    const self: Host = hostOf('column', {
      get: (name) =>
        notMethods.test(name)
          ? unknown
          : hostOf(`column.${name}`, {
              call(args, at) {
                if (name === 'references') {
                  foreign = draftForeign(column.name === null ? [] : [column.name], null, at);
                  entries.push({ is: 'foreign', foreign });
                }
                if (foreign && setForeign(foreign, name, args)) return self;
                if (/^(?:primary|unique|index)$/.test(name)) call(name, [column.name, ...args], at);
                else if (name.startsWith('check')) column.checks.push({ method: name, args });
                else column.modifiers.set(name === 'notNull' ? 'notNullable' : name, args);
                return self;
              },
            }),
    });
    return self;
  }

  function foreignHost(foreign: ForeignDraft): Host {
    const self: Host = hostOf('foreign', {
      get: (name) =>
        hostOf(`foreign.${name}`, {
          call(args) {
            setForeign(foreign, name, args);
            return self;
          },
        }),
    });
    return self;
  }

  const timestamps = (args: readonly Value[], at: Spot): void => {
    const [first, second, third] = args;
    const given = (name: string, positional: Value): boolean =>
      (isObject(first) ? memberOf(first, name) : positional) === true;
    const method = given('useTimestamps', first) ? 'timestamp' : 'datetime';
    const names = given('useCamelCase', third) ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
    for (const name of names) {
      addColumn(method, [name], at);
      const added = entries.at(-1);
      if (!given('defaultToNow', second) || added?.is !== 'column') continue;
      added.column.modifiers.set('notNullable', []);
      added.column.modifiers.set('defaultTo', [rawOf('CURRENT_TIMESTAMP')]);
    }
  };

  const host = hostOf('table', {
    acts: true,
    get: (name) =>
      notMethods.test(name)
        ? unknown
        : hostOf(`table.${name}`, {
            call(args, at) {
              if (columnTypes.has(name.toLowerCase())) return addColumn(name, args, at);
              if (name === 'timestamps') {
                timestamps(args, at);
                return undefined;
              }
              if (name === 'foreign') {
                const foreign = draftForeign(textsOf(args[0]) ?? [], textOr(args[1]), at);
                entries.push({ is: 'foreign', foreign });
                return foreignHost(foreign);
              }
              call(name, args, at);
              return host;
            },
          }),
  });
  return { entries, host };
}

function draftForeign(columns: readonly string[], name: string | null, at: Spot): ForeignDraft {
  return { columns, name, references: [], table: null, onDelete: null, onUpdate: null, deferrable: null, at };
}

function setForeign(foreign: ForeignDraft, method: string, args: readonly Value[]): boolean {
  const text = textOr(args[0]);
  switch (method) {
    case 'references': {
      const [table, column] = text?.split('.') ?? [];
      if (column !== undefined && table !== undefined) {
        foreign.table = table;
        foreign.references = [column];
      } else foreign.references = textsOf(args[0]) ?? [];
      return true;
    }
    case 'inTable':
    case 'on':
      foreign.table = text;
      return true;
    case 'onDelete':
      foreign.onDelete = text;
      return true;
    case 'onUpdate':
      foreign.onUpdate = text;
      return true;
    case 'withKeyName':
      foreign.name = text;
      return true;
    case 'deferrable':
      foreign.deferrable = text;
      return true;
    default:
      return false;
  }
}

/** What `knex.raw` gives, where it stands for a value. */
export interface RawData {
  readonly raw: string;
}

export function rawOf(sql: string): Host {
  const self: Host = hostOf('raw', {
    data: { raw: sql } satisfies RawData,
    get: (name) => (notMethods.test(name) ? unknown : hostOf(`raw.${name}`, { call: () => self })),
  });
  return self;
}

export function rawText(value: Value): string | null {
  if (!isHost(value)) return null;
  const { data } = value;
  return typeof data === 'object' && data !== null && 'raw' in data && typeof data.raw === 'string' ? data.raw : null;
}
