/** Indexes that migrations of Entity Framework 6 make: its entities are those of EF Core, its migrations are not. */
import type { MigrationStep } from '../../schema/code.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { migrationStep } from '../shared/sql/migrationSteps.ts';

export function isClassicMigration(text: string): boolean {
  return /:\s*DbMigration\b/u.test(text);
}

/** `CreateIndex("dbo.Orders", new[] { "Status", "CustomerKey" }, unique: true)`, and columns of a new table with `.Index(t => t.CustomerKey)`. */
const made =
  /\bCreateTable\s*\(\s*"(?:\w+\.)?(\w+)"|\bCreateIndex\s*\(\s*"(?:\w+\.)?(\w+)"\s*,\s*(?:new\s*(?:string)?\s*\[\]\s*\{)?\s*("\w+"(?:\s*,\s*"\w+")*)\s*\}?([^;]*)\)\s*;|\.Index\s*\(\s*\w+\s*=>\s*(?:new\s*\{([^{}]*)\}|\w+\.(\w+))([^;]*?)\)(?=\s*[.;])/gu;

/** `Sql("CREATE UNIQUE INDEX IX_Users_Email ON [dbo].[Users] ([Email])")` */
const bySql =
  /\bcreate\s+(unique\s+)?(?:(?:non)?clustered\s+)?index\s+\[?\w+\]?\s+on\s+(?:\[?\w+\]?\.)?\[?(\w+)\]?\s*\(([^()]*)\)/giu;

/** Only those of the way forward. */
export function classicIndexes(text: string, lines: LineIndex): readonly MigrationStep[] {
  const back = text.search(/\boverride\s+void\s+Down\s*\(/u);
  const forward = back === -1 ? text : text.slice(0, back);
  let table = '';
  const stated = Array.from(forward.matchAll(bySql), (match) => {
    const [whole, unique, on = '', list = ''] = match;
    const columns = Array.from(list.matchAll(/\[?(\w+)\]?(?:\s+(?:asc|desc))?\s*(?:,|$)/giu), ([, name = '']) => name);
    const at = lines.range(match.index, match.index + whole.length);
    return migrationStep('create-index', on, at, { columns, required: unique !== undefined });
  });
  return stated.concat(
    [...forward.matchAll(made)].flatMap((match): MigrationStep[] => {
      const [whole, created, of, names, options = '', several, single, more = ''] = match;
      if (created !== undefined) {
        table = created;
        return [];
      }
      const columns =
        names === undefined
          ? single === undefined
            ? Array.from((several ?? '').matchAll(/\.(\w+)/gu), ([, name = '']) => name)
            : [single]
          : Array.from(names.matchAll(/"(\w+)"/gu), ([, name = '']) => name);
      const on = of ?? table;
      if (on === '' || columns.length === 0) return [];
      const required = /\bunique\s*:\s*true\b/u.test(options + more);
      return [
        migrationStep('create-index', on, lines.range(match.index, match.index + whole.length), { columns, required }),
      ];
    }),
  );
}
