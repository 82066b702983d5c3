/** The table and column whose declaration a place in the source lies in. */
import type { DiagramModel, DiagramTable } from './model.ts';

export interface Place {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Of several tables of one file the last that begins at or above the line; null above the first and in other files. */
export function tableAt(model: DiagramModel, { file, line }: Place): { table: string; column: string | null } | null {
  let best: DiagramTable | null = null;
  for (const table of model.tables) {
    if (table.at.file !== file || table.at.line > line) continue;
    if (best === null || table.at.line > best.at.line) best = table;
  }
  if (best === null) return null;
  const column = best.columns.find(({ at }) => at.file === file && at.line <= line && line <= at.endLine);
  return { table: best.id, column: column?.name ?? null };
}
