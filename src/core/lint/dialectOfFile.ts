/** Programs that run on several engines keep a schema, and migrations, for each: `mysql-schema.prisma`, `migrations/mssql/…`. */
import type { Dialect } from '../schema/model.ts';

const engineNames: ReadonlyMap<string, Dialect> = new Map([
  ['postgres', 'postgresql'],
  ['postgresql', 'postgresql'],
  ['postgre', 'postgresql'],
  ['psql', 'postgresql'],
  ['npgsql', 'postgresql'],
  ['mysql', 'mysql'],
  ['mariadb', 'mariadb'],
  ['sqlite', 'sqlite'],
  ['sqlite3', 'sqlite'],
  ['mssql', 'mssql'],
  ['sqlserver', 'mssql'],
  ['oracle', 'oracle'],
  ['cockroachdb', 'cockroachdb'],
]);

const spelled: readonly (readonly [RegExp, string])[] = [
  [/postgre_?sql/giu, 'postgresql'],
  [/my_?sql/giu, 'mysql'],
  [/sql_?server/giu, 'sqlserver'],
  [/sq_?lite/giu, 'sqlite'],
  [/maria_?db/giu, 'mariadb'],
  [/cockroach_?db/giu, 'cockroachdb'],
];

/** The engine that the path of a file names, where it names one alone; else that of the project. */
export function dialectOfFile(path: string, dialect: Dialect | null): Dialect | null {
  const known = found.get(path);
  if (known !== undefined) return known ?? dialect;
  let text = path;
  for (const [pattern, name] of spelled) text = text.replace(pattern, ` ${name} `);
  const named = new Set(
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/u)
      .flatMap((word) => engineNames.get(word) ?? []),
  );
  const [only] = named;
  const own = named.size === 1 && only !== undefined ? only : null;
  if (found.size >= mostKept) found.clear();
  found.set(path, own);
  return own ?? dialect;
}

const mostKept = 20_000;
const found = new Map<string, Dialect | null>();
