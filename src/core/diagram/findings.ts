/** Findings at the tables and columns they are about. */
import type { Finding } from '../lint/rule.ts';
import type { Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import type { DiagramFinding, DiagramSeverity } from './model.ts';

const order: readonly DiagramSeverity[] = ['error', 'warning', 'info'];

export function worst(findings: readonly Pick<DiagramFinding, 'severity'>[]): DiagramSeverity | null {
  return order.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

/** Worst first, then in the order of the source. Findings about no table (a setting, a query of several) are left out. */
export function findingsByTable(
  tables: readonly Table[],
  findings: readonly Finding[],
): ReadonlyMap<Table, readonly DiagramFinding[]> {
  const byName = new Map<string, Table[]>();
  for (const table of tables) {
    const qualified = table.namespace === null ? [] : [`${table.namespace}.${table.name}`];
    for (const name of [table.name, ...qualified]) byName.set(name, [...(byName.get(name) ?? []), table]);
  }
  const result = new Map<Table, DiagramFinding[]>();
  for (const finding of findings) {
    if (finding.table === null) continue;
    const candidates = byName.get(finding.table) ?? [];
    // Two services of one project may have a table of the same name: then the file decides.
    const table = candidates.find(({ at }) => at.file === finding.range.file) ?? candidates[0];
    if (table === undefined) continue;
    const drawn: DiagramFinding = {
      rule: finding.rule,
      message: finding.message,
      severity: finding.severity,
      column: columnAt(table, finding.range),
      at: finding.range,
    };
    const list = result.get(table);
    if (list) list.push(drawn);
    else result.set(table, [drawn]);
  }
  for (const list of result.values())
    list.sort(
      (a, b) =>
        order.indexOf(a.severity) - order.indexOf(b.severity) ||
        a.at.line - b.at.line ||
        a.at.column - b.at.column ||
        (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
  return result;
}

/** The column whose declaration, or whose key, relation or index, the range lies in. */
function columnAt(table: Table, range: SourceRange): string | null {
  // The table's own declaration may span everything below it: only what stands elsewhere tells a column.
  if (sameStart(table.at, range)) return null;
  const column = table.columns.find(({ at }) => touches(at, range));
  if (column) return column.name;
  const parts = [
    ...table.foreignKeys,
    ...table.relations.filter(({ owner }) => owner),
    ...table.indexes.filter(({ origin }) => origin === 'declared'),
    ...table.uniques,
  ];
  return parts.find(({ at }) => touches(at, range))?.columns[0] ?? null;
}

function sameStart(a: SourceRange, b: SourceRange): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

function touches(a: SourceRange, b: SourceRange): boolean {
  if (a.file !== b.file) return false;
  if (sameStart(a, b)) return true;
  const startsBeforeEnd = (x: SourceRange, y: SourceRange) =>
    x.line < y.endLine || (x.line === y.endLine && x.column < y.endColumn);
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}
