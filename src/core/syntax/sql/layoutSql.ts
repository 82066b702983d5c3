/** One statement laid out over lines by sql-formatter. Spaces alone change: where anything else would, the statement stays as it was. */
import { formatDialect, mariadb, mysql, postgresql, sql, sqlite } from 'sql-formatter';
import type { DialectOptions } from 'sql-formatter';
import type { Dialect } from '../../schema/model.ts';
import { tokenizeSql } from './tokens.ts';

const dialects: Readonly<Partial<Record<Dialect, DialectOptions>>> = {
  postgresql,
  cockroachdb: postgresql,
  mysql,
  mariadb,
  sqlite,
};

/** What fits on one line of a migration class, after the call and its indentation. */
const oneLine = 90;

/**
 * Short statements stay on one line. SQLite keeps the text of CREATE statements word for word, and TypeORM reads constraints out of it with patterns that
 * end with the line (`loadTables` of its AbstractSqliteQueryRunner): there no constraint is broken, and no index.
 */
export function layoutSql(statement: string, dialect: Dialect): string {
  const isStored = dialect === 'sqlite' && /^CREATE (?:UNIQUE )?INDEX\b/i.test(statement);
  if (isStored || (statement.length <= oneLine && !statement.includes('\n'))) return statement;
  let laidOut: string;
  try {
    laidOut = formatDialect(statement, {
      dialect: dialects[dialect] ?? sql,
      tabWidth: 2,
      keywordCase: 'preserve',
      expressionWidth: oneLine,
    });
  } catch {
    // It is laid out for people only; what the formatter cannot read, the engine may.
    return statement;
  }
  // `AS ENUM('a')` reads as a call.
  laidOut = laidOut.replace(/\bAS ENUM\(/, 'AS ENUM (');
  if (dialect === 'sqlite') laidOut = joinConstraints(laidOut);
  return sameTokens(statement, laidOut, dialect) ? laidOut : statement;
}

/** No line break within the brackets of a constraint, nor after a check that stands last. */
function joinConstraints(text: string): string {
  let depth = 0;
  let joined = '';
  let end = 0;
  for (const { key, start, end: next } of tokenizeSql(text, 'sqlite')) {
    if (key === ')') depth--;
    const gap = text.slice(end, start);
    const isBroken = gap.includes('\n');
    const isTight = joined.endsWith('(') || key === ')';
    if (isBroken && (depth >= 2 || (key === ')' && depth >= 1))) joined += isTight ? '' : ' ';
    else joined += gap;
    joined += text.slice(start, next);
    if (key === '(') depth++;
    end = next;
  }
  return joined.replace(/^(\s*CONSTRAINT .*\bCHECK \(.*\))\n\)$/m, '$1)');
}

function sameTokens(before: string, after: string, dialect: Dialect): boolean {
  const shown = (text: string): string =>
    JSON.stringify(tokenizeSql(text, dialect).map(({ kind, text: value }) => [kind, value]));
  return shown(before) === shown(after);
}
