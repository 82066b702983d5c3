/** MikroORM's naming strategies (`packages/core/src/naming-strategy`). */
import type { Dialect } from '../../schema/model.ts';
import type { Naming } from './model.ts';

function underscored(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

const underscore: Naming = {
  table: underscored,
  column: underscored,
  joinKey: (name, referenced) => `${underscored(name)}_${referenced}`,
  joinTable: (table, property) => `${table}_${underscored(property)}`,
};

const entityCase: Naming = {
  table: (name) => name,
  column: (name) => name,
  joinKey(name, referenced, composite) {
    const lower = name.charAt(0).toLowerCase() + name.slice(1);
    return composite ? `${lower}_${referenced}` : lower;
  },
  joinTable: (table, property) => `${table}_${property}`,
};

const mongo: Naming = {
  table: (name) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase(),
  column: (name) => name,
  joinKey: (name) => name,
  joinTable: (table, property) => `${table}_${property}`,
};

/** A strategy of the project's own is taken for the one that its name is closest to. */
export function namingOf(stated: string | null, dialect: Dialect): Naming {
  const strategy = stated ?? '';
  if (strategy.includes('EntityCase')) return entityCase;
  if (strategy.includes('Underscore')) return underscore;
  if (strategy.includes('Mongo')) return mongo;
  return dialect === 'mongodb' ? mongo : underscore;
}

/** `Utils.hash` of version 7: FNV-1a, 64 bits, in hex. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    state ^= BigInt(text.charCodeAt(at));
    state = (state * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return state.toString(16).padStart(16, '0');
}

const longest: Partial<Record<Dialect, number>> = { postgresql: 63, mysql: 64, mariadb: 64, mssql: 128, oracle: 128 };

export type NameKind = 'index' | 'unique' | 'foreign' | 'primary' | 'check';

/** Names that are too long for the engine end in a hash. */
export function constraintName(table: string, columns: readonly string[], kind: NameKind, dialect: Dialect): string {
  const bare = table.replace(/^.*?\./, '');
  const parts = columns.map((column) => column.replaceAll('.', '_'));
  const name = kind === 'primary' ? `${bare}_pkey` : [bare, ...parts, kind].join('_');
  const max = longest[dialect];
  if (max === undefined || name.length <= max) return name;
  return `${name.slice(0, max - 8 - kind.length)}_${hash(name).slice(0, 5)}_${kind === 'primary' ? 'pkey' : kind}`;
}
