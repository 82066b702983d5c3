import type { DiagramFinding } from '../../../src/core/diagram/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import type { Graph } from '../../state/graph.ts';

/** Where a column, or else its table, is declared. */
export function sourceOf(graph: Graph | null, id: string, column: string | null): SourceRange | null {
  const table = graph?.tables.get(id);
  return table?.columns.find(({ name }) => name === column)?.at ?? table?.at ?? null;
}

/** The gravest finding of a column, or of a table as a whole. */
export function findingOf(graph: Graph | null, id: string, column: string | null): DiagramFinding | null {
  const findings = graph?.tables.get(id)?.findings ?? [];
  return findings.find((finding) => finding.column === column) ?? findings[0] ?? null;
}
