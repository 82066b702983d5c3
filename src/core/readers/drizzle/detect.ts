/** Whether a file can hold anything of Drizzle, going by path and text alone. */
import { isEcmaScript } from '../../syntax/syntax.ts';
import type { Part } from '../reader.ts';
import { mayHoldConstants } from '../shared/typescript/constants.ts';

/** Imports of its packages, makers of tables, and relations. */
const drizzle = /\bdrizzle\b|\b(?:pg|mysql|sqlite|singlestore)Table(?:Creator)?\b|\bdefineRelations(?:Part)?\s*\(/;

/** Calls that only Drizzle's databases have: tables are given by name, not as text or with an alias as to other builders. */
const queries =
  /\.query\s*\.\s*\w+\s*\.\s*find(?:Many|First)\b|\.select(?:Distinct(?:On)?)?\s*\([\s\S]{0,4000}?\)\s*\.from\s*\(\s*[a-z_$][\w$.]*\s*\)|\.insert\s*\(\s*[a-z_$][\w$.]*\s*\)\s*\.(?:values|select)\s*\(|\.update\s*\(\s*[a-z_$][\w$.]*\s*\)\s*\.set\s*\(|\.delete\s*\(\s*[a-z_$][\w$.]*\s*\)\s*(?:\.(?:where|returning)\b|;)|\.\$count\s*\(|\.(?:execute|run|all|get|values)\s*(?:<[^()]*>)?\s*\(\s*sql\b/;

/** What makes tables, enums, views and relations, of Drizzle itself or by a helper of the project. */
const schema = /(?:[tT]able\w*|View|Enum|pgSchema|mysqlSchema|[rR]elations\w*|\.withRLS)\s*(?:<[^;{}]*?>)?\s*\(/;

export function holdsDrizzle(text: string): boolean {
  return drizzle.test(text);
}

/** Calls that only Drizzle's own names beside them make Drizzle's. */
const others = /\.(?:execute|run|all|get|transaction|select)\s*(?:<[^()]*>)?\s*\(/;

export function holdsQueries(text: string): boolean {
  return queries.test(text) || (drizzle.test(text) && others.test(text));
}

export function holdsSchema(text: string): boolean {
  return schema.test(text);
}

export function detect(path: string, text: string): boolean {
  if (!isEcmaScript(path) || /\.d\.[mc]?ts$/i.test(path)) return false;
  return holdsDrizzle(text) || holdsQueries(text) || mayHoldConstants(text);
}

/** Files that merely hold constants or pass names on are read where tables or queries lead to them. */
export function part(_path: string, text: string): Part {
  if (holdsDrizzle(text)) return 'asks';
  return holdsQueries(text) ? 'joins' : 'waits';
}
