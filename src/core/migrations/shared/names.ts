/** Names the engines give to constraints and indexes that a statement leaves unnamed. */
import type { Dialect, Table } from '../../schema/model.ts';

export type NamedPart = 'pkey' | 'key' | 'fkey' | 'idx' | 'check' | 'excl';

/** PostgreSQL: NAMEDATALEN - 1, in bytes. */
const maxBytes = 63;

/** Null where the engine gives no name, or one that nobody can foretell (SQL Server). */
export function engineName(dialect: Dialect, part: NamedPart, table: Table, columns: readonly string[]): string | null {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb': {
      const taken = namesOf(table);
      for (let number = 0; ; number++) {
        const label = number === 0 ? part : `${part}${number}`;
        const name = postgresqlName(table.name, part === 'pkey' ? '' : columns.join('_'), label);
        if (!taken.has(name)) return name;
      }
    }
    case 'mysql':
    case 'mariadb': {
      if (part === 'pkey') return null;
      if (part === 'fkey') return numbered(table, `${table.name}_ibfk_`, 1);
      if (part === 'check') return numbered(table, dialect === 'mariadb' ? 'CONSTRAINT_' : `${table.name}_chk_`, 1);
      const [first = 'index'] = columns;
      return namesOf(table).has(first) ? numbered(table, `${first}_`, 2) : first;
    }
    default:
      return null;
  }
}

function numbered(table: Table, prefix: string, from: number): string {
  const taken = namesOf(table);
  for (let number = from; ; number++) if (!taken.has(`${prefix}${number}`)) return `${prefix}${number}`;
}

function namesOf(table: Table): Set<string | null> {
  return new Set([
    table.primaryKeyName,
    ...[...table.uniques, ...table.indexes, ...table.foreignKeys, ...table.checks, ...table.exclusions].map(
      (each) => each.name,
    ),
  ]);
}

/** `makeObjectName` of PostgreSQL's indexcmds.c: the longer of the two parts is cut until the whole fits. */
function postgresqlName(first: string, second: string, label: string): string {
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  let [one, two] = [Array.from(first), Array.from(second)];
  const rest = bytes(label) + 1 + (two.length > 0 ? 1 : 0);
  while (bytes(one.join('')) + bytes(two.join('')) + rest > maxBytes) {
    if (bytes(one.join('')) > bytes(two.join(''))) one = one.slice(0, -1);
    else two = two.slice(0, -1);
  }
  return [one.join(''), ...(two.length > 0 ? [two.join('')] : []), label].join('_');
}
