/** What of a diagram is shown, and how: what a user chooses, and what a saved view keeps. JSON-safe. */

/** How much of a table is drawn: its name, its keys and joined columns, or all of it. */
export type Detail = 'names' | 'keys' | 'all';

/** Layered from left to right, layered from top to bottom, or packed closely. */
export type Arrangement = 'right' | 'down' | 'compact';

export interface DiagramView {
  readonly detail: Detail;
  /** Tables that are shown in more or less detail than the others. */
  readonly tableDetails: Readonly<Record<string, Detail>>;
  /** Tables that only join two others are one many-to-many line. */
  readonly foldJoins: boolean;
  readonly arrangement: Arrangement;
  /** Modules shown as one box each. */
  readonly collapsed: readonly string[];
  /** Modules, database schemas (`''` = the default one), and ORMs, that are left out. */
  readonly hiddenModules: readonly string[];
  readonly hiddenSchemas: readonly string[];
  readonly hiddenOrms: readonly string[];
  /** Only tables with findings at least this grave. */
  readonly findings: 'error' | 'warning' | 'info' | null;
  /** Only this table and those so many relations away. */
  readonly focus: { readonly table: string; readonly hops: number } | null;
  /** Only the shortest way from one table to another. */
  readonly path: { readonly from: string; readonly to: string } | null;
}

export const plainView: DiagramView = {
  detail: 'all',
  tableDetails: {},
  foldJoins: false,
  arrangement: 'right',
  collapsed: [],
  hiddenModules: [],
  hiddenSchemas: [],
  hiddenOrms: [],
  findings: null,
  focus: null,
  path: null,
};

export const details: readonly Detail[] = ['names', 'keys', 'all'];
export const arrangements: readonly Arrangement[] = ['right', 'down', 'compact'];
export const mostHops = 5;

/** Something is left out, so that what is seen is not the whole. */
export function isFiltered(view: DiagramView): boolean {
  return (
    view.hiddenModules.length > 0 ||
    view.hiddenSchemas.length > 0 ||
    view.hiddenOrms.length > 0 ||
    view.findings !== null ||
    view.focus !== null ||
    view.path !== null
  );
}

/** Reads a view back from JSON that anyone may have written: what makes no sense takes its plain value. */
export function parseView(saved: unknown): DiagramView {
  const given = record(saved);
  const strings = (value: unknown) =>
    Array.isArray(value) ? [...new Set(value.filter((entry): entry is string => typeof entry === 'string'))] : [];
  const { focus, path } = { focus: record(given.focus), path: record(given.path) };
  return {
    detail: details.find((detail) => detail === given.detail) ?? plainView.detail,
    tableDetails: Object.fromEntries(
      Object.entries(record(given.tableDetails)).flatMap(([table, value]) => {
        const detail = details.find((candidate) => candidate === value);
        return detail === undefined ? [] : [[table, detail] as const];
      }),
    ),
    foldJoins: given.foldJoins === true,
    arrangement: arrangements.find((arrangement) => arrangement === given.arrangement) ?? plainView.arrangement,
    collapsed: strings(given.collapsed),
    hiddenModules: strings(given.hiddenModules),
    hiddenSchemas: strings(given.hiddenSchemas),
    hiddenOrms: strings(given.hiddenOrms),
    findings: (['error', 'warning', 'info'] as const).find((severity) => severity === given.findings) ?? null,
    focus:
      typeof focus.table === 'string'
        ? {
            table: focus.table,
            hops: typeof focus.hops === 'number' ? Math.min(mostHops, Math.max(1, Math.round(focus.hops))) : 1,
          }
        : null,
    path: typeof path.from === 'string' && typeof path.to === 'string' ? { from: path.from, to: path.to } : null,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
