/** Migrations are written by the provider of one engine, and name what is its own. */
import type { Dialect } from '../../schema/model.ts';

const marks: readonly (readonly [Dialect, RegExp])[] = [
  [
    'postgresql',
    /"Npgsql:|\bNpgsql\.|\bNpgsql\w*Extensions\b|type:\s*"(?:character varying|timestamp with(?:out)? time zone|uuid|jsonb|bytea)\b/u,
  ],
  [
    'mysql',
    /"MySql:|\bMySql(?:ValueGenerationStrategy|ModelBuilderExtensions)\b|type:\s*"(?:longtext|tinyint\(1\)|datetime\(6\)|char\(36\))/u,
  ],
  ['oracle', /"Oracle:|\bOracle\w*Extensions\b|type:\s*"(?:NVARCHAR2|NUMBER)\b/u],
  ['sqlite', /"Sqlite:|\bSqlite\w*Extensions\b|type:\s*"(?:TEXT|INTEGER|REAL|BLOB)"/u],
  [
    'mssql',
    /"SqlServer:|\bSqlServer\w*(?:Extensions|Strategy)\b|type:\s*"(?:nvarchar|uniqueidentifier|datetime2|bit|datetimeoffset)\b/u,
  ],
];

/** Null where nothing tells, or where marks of several engines stand side by side: a migration for all of them. */
export function engineIn(text: string): Dialect | null {
  const found = marks.filter(([, mark]) => mark.test(text));
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}
