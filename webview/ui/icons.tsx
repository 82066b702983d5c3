/** Icons of the toolbar and the panel: 16 × 16, drawn in the current colour like VS Code's own. */
import type { DiagramSeverity } from '../../src/core/diagram/model.ts';

const paths = {
  search: 'M10.2 10.2 14 14M11.5 6.75a4.75 4.75 0 1 1-9.5 0 4.75 4.75 0 0 1 9.5 0z',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M5.5 6.5h5v3h-5z',
  export: 'M8 10V2.5M5.2 5.2 8 2.4l2.8 2.8M3 8.5v4.7h10V8.5',
  panel: 'M2 3h12v10H2zM9.5 3v10',
  source: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  table: 'M2 3h12v10H2zM2 6.2h12M2 9.6h12M6.4 6.2V13',
  locate: 'M8 4.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6zM8 1.5v2.7M8 11.8v2.7M1.5 8h2.7M11.8 8h2.7',
  check: 'M3 8.5 6.5 12 13 4.5',
  view: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  focus:
    'M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM2.5 2.5h3v3h-3zM10.5 2.5h3v3h-3zM2.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM5.2 5.2l1.4 1.4M10.8 5.2 9.4 6.6M5.2 10.8l1.4-1.4M10.8 10.8 9.4 9.4',
  path: 'M2 3h4v3.5H2zM10 9.5h4V13h-4zM4 6.5v4.8h6',
  hide: 'M2 2l12 12M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z',
  box: 'M2.5 4.5h11v7h-11zM5.5 8h5',
  tables: 'M2 2.5h5v4H2zM9 2.5h5v4H9zM2 9.5h5v4H2zM9 9.5h5v4H9z',
  saved: 'M4 2h8v12l-4-3-4 3z',
  changes: 'M5 2v6M2 5h6M3 12h5M12 3v10M9.5 10.5 12 13l2.5-2.5',
  edit: 'M3 13l.7-3L10.8 2.9l2.3 2.3L6 12.3zM9.4 4.3l2.3 2.3',
  open: 'M3.5 6 8 10.5 12.5 6',
  closed: 'M6 3.5 10.5 8 6 12.5',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.15"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const severityPaths: Readonly<Record<DiagramSeverity, string>> = {
  error: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  warning: 'M8 2.2 14.3 13.5H1.7zM8 6.4v3.4M8 11.4v.3',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 7.4v3.6M8 5v.3',
};

/** `label` null: the words stand beside it. */
export function SeverityIcon({
  severity,
  label,
}: {
  readonly severity: DiagramSeverity;
  readonly label: string | null;
}) {
  return (
    <svg
      className={`icon severity-${severity}`}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path
        d={severityPaths[severity]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
