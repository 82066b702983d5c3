export type Dress = (text: string) => string;

/** How text is dressed for a terminal; `plainStyle` leaves it as it is. */
export interface Style {
  readonly bold: Dress;
  readonly dim: Dress;
  readonly red: Dress;
  readonly yellow: Dress;
  readonly blue: Dress;
  readonly green: Dress;
  readonly cyan: Dress;
  readonly magenta: Dress;
}

const same: Dress = (text) => text;

export const plainStyle: Style = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  blue: same,
  green: same,
  cyan: same,
  magenta: same,
};

/** Select Graphic Rendition (ECMA-48): `on` starts it, `off` ends only it. */
const rendition =
  (on: number, off: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;

export const terminalStyle: Style = {
  bold: rendition(1, 22),
  dim: rendition(2, 22),
  red: rendition(31, 39),
  yellow: rendition(33, 39),
  blue: rendition(34, 39),
  green: rendition(32, 39),
  cyan: rendition(36, 39),
  magenta: rendition(35, 39),
};

/** Cells to a table whose columns are as wide as their widest cell; cells are dressed after they are measured. */
export interface Cell {
  readonly text: string;
  readonly dress?: Dress;
}

export function alignRows(rows: readonly (readonly Cell[])[], gap = 2, maxWidth = 48): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach(({ text }, index) => {
      if (text.length <= maxWidth) widths[index] = Math.max(widths[index] ?? 0, text.length);
    });
  return rows.map((row) =>
    row
      .map(({ text, dress = same }, index) => {
        const width = widths[index] ?? 0;
        const isEmpty = width === 0 && text === '';
        const isLast = row.slice(index + 1).every((cell) => cell.text === '');
        if (isEmpty || (isLast && text === '')) return '';
        return dress(text) + (isLast ? '' : ' '.repeat(Math.max(width - text.length, 0) + gap));
      })
      .join('')
      .trimEnd(),
  );
}

/** `3 tables`, `1 table`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
