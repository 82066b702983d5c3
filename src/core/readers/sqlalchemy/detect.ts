/** Whether a file can hold anything of SQLAlchemy, or names that its mappings need, going by path and text alone. */
import type { Part } from '../reader.ts';
import { mayBeRevision } from './revisions.ts';
import { mayHoldPythonFacts } from '../shared/python/facts.ts';

const sqlalchemy =
  /\bsqlalchemy\b|\balembic\b|\bsqlmodel\b|\bSQLAlchemy\b|\bSQLModel\b|\bdb\.(?:Model|Column|Table|relationship|session)\b|\bmapped_column\b|\bmap_imperatively\b|\bDeclarativeBase\b|\bSQLALCHEMY_DATABASE_URI\b|\b(?:[sS]ession|db)\.(?:query|execute|scalars?|get|exec)\s*\(|\.query\.(?:filter|filter_by|get|all|join|options|order_by)\b/;
/** What a mapping elsewhere may name: enumerations, mixins, constants, helpers, and files that only pass names on. */
const declarations = /^(?:class\s+\w|from\s+\.*[\w.]*\s+import\b|[A-Za-z_]\w*(?:\s*:[^=\n]+)?\s*=|def\s+\w|@\w)/m;

export function isPythonSource(path: string): boolean {
  return path.endsWith('.py');
}

export function namesSqlAlchemy(text: string): boolean {
  return sqlalchemy.test(text);
}

export function detect(path: string, text: string): boolean {
  return isPythonSource(path) && (namesSqlAlchemy(text) || mayHoldPythonFacts(path, text) || declarations.test(text));
}

export function part(path: string, text: string): Part {
  if (namesSqlAlchemy(text)) return 'asks';
  return mayBeRevision(text) || mayHoldPythonFacts(path, text) ? 'stands' : 'waits';
}
