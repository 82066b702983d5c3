/** Whether a file can hold structure or queries in SQL, going by path and text alone. */

/** Scripts of SQL and of its relatives that state a schema. */
const script = /\.(?:sql|ddl|pgsql|psql|cql)$/i;

export function isScript(path: string): boolean {
  return script.test(path);
}

/** SQL that Liquibase runs: its change sets have engines and properties, and come in the order of their change log. */
export function isChangeLog(text: string): boolean {
  return /^\s*--\s*liquibase\s+formatted\s+sql\b/im.test(text.slice(0, 4000));
}

const structure =
  /\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:[A-Z_]+\s+){0,6}?(?:TABLE|VIEW|TYPE|DOMAIN|INDEX)\b|\bsp_rename\b|\bcreate_hypertable\b/i;

export function holdsStructure(text: string): boolean {
  return structure.test(text);
}

/** Files of queries, each with its name above it (sqlc, aiosql, PugSQL, HugSQL, yesql). */
const namedQueries = /^[ \t]*(?:--|\/\*)[ \t]*(?:name\s*:|:name\s)/m;

export function holdsQueries(text: string): boolean {
  return namedQueries.test(text);
}
