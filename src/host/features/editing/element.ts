/** What an edit is about: a table, a column or a relation of the diagram or the tree. */

export interface Element {
  /** As `ProjectSummary.id`. */
  readonly project: string;
  /** Id, or name of the entity; null = none in particular. */
  readonly table: string | null;
  /** The column; of a relation those that hold its key. */
  readonly columns: readonly string[];
  readonly kind: 'table' | 'column' | 'relation';
}

/** Of the diagram's menu (`webview/components/Canvas/menuContext.ts`) and its keys; undefined = it is something else. */
export function elementOf(argument: unknown): Element | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { project, table, columns, element } = argument as Readonly<Record<string, unknown>>;
  if (typeof project !== 'string' || typeof table !== 'string') return undefined;
  const named = Array.isArray(columns) ? columns.filter((each) => typeof each === 'string') : [];
  const kind = element === 'column' || element === 'relation' ? element : 'table';
  return { project, table, columns: kind === 'table' ? [] : named, kind };
}
