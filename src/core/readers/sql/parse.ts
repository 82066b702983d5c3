/** Statements of a script → operations in one dialect, each with its place in the file. Kept as long as the script itself is. */
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { DdlOperation, SqlSpan } from '../../syntax/sql/operation.ts';
import { readOneStatement } from '../../syntax/sql/readStatements.ts';
import type { SqlMappings, StatementText } from './declarations.ts';

export interface ParsedStatement {
  readonly operations: readonly DdlOperation[];
  readonly at: SourceRange;
  readonly locate: (span: SqlSpan) => SourceRange;
  readonly problems: readonly { readonly message: string; readonly at: SourceRange }[];
}

const kept = new WeakMap<SqlMappings, Map<string, readonly ParsedStatement[]>>();

export function parseScript(file: string, mappings: SqlMappings, dialect: Dialect): readonly ParsedStatement[] {
  let byDialect = kept.get(mappings);
  if (!byDialect) kept.set(mappings, (byDialect = new Map<string, readonly ParsedStatement[]>()));
  const key = `${dialect} ${file}`;
  let parsed = byDialect.get(key);
  if (!parsed) {
    let home: string | null = null;
    parsed = mappings.statements.map((statement): ParsedStatement => {
      const read = readOneStatement(statement.text, dialect, home);
      home = read.home;
      const locate = locatorOf(file, statement);
      return {
        operations: read.operations,
        at: locate({ start: 0, end: Math.min(statement.text.length, headLength(statement.text)) }),
        locate,
        problems: read.problems.map(({ message, start, end }) => ({ message, at: locate({ start, end }) })),
      };
    });
    byDialect.set(key, parsed);
  }
  return parsed;
}

/** The first line of a statement stands for the whole. */
function headLength(text: string): number {
  const end = text.search(/\r?\n/);
  return end === -1 ? text.length : end;
}

function locatorOf(file: string, { text, line, column }: StatementText): (span: SqlSpan) => SourceRange {
  const position = (offset: number): { line: number; column: number } => {
    const before = text.slice(0, offset);
    const breaks = before.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (breaks === 0) return { line, column: column + offset };
    return { line: line + breaks, column: offset - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) };
  };
  return ({ start, end }) => {
    const from = position(start);
    const to = position(Math.max(start, end));
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
}

/** Tables that a script creates, lower case and without underscores: `order_line` of one engine's script is `OrderLine` of another's. */
export function createdTables(statements: readonly ParsedStatement[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { operations } of statements)
    for (const operation of operations)
      if (operation.kind === 'createTable' || operation.kind === 'createView')
        names.add(looseName(operation.table.name));
  return names;
}

export function looseName(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}
