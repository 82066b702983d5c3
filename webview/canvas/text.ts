/** Widths of texts and what fits into a width. Measuring is what costs, so every width is kept per font. */
export type Widths = Map<string, Map<string, number>>;

let widths: Widths = new Map();

/** Names repeat (`id`, `created_at`); a workspace that is edited for days must not grow this for ever. */
const maxKept = 20_000;

export function textWidth(context: CanvasRenderingContext2D, font: string, text: string): number {
  let known = widths.get(font);
  if (known === undefined || known.size > maxKept) widths.set(font, (known = new Map<string, number>()));
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  if (context.font !== font) context.font = font;
  const width = context.measureText(text).width;
  known.set(text, width);
  return width;
}

/** All that was measured so far, for `takeWidths`. */
export function measuredWidths(): Widths {
  return widths;
}

/** What another script of the same page has measured need not be measured again. */
export function takeWidths(measured: Widths): void {
  widths = measured;
}

/** Fonts loaded or changed: what was measured no longer holds. */
export function forgetWidths(): void {
  widths.clear();
}

/** The text, or as much of its start as fits with an ellipsis; empty where not even one letter fits. */
export function ellipsize(context: CanvasRenderingContext2D, font: string, text: string, room: number): string {
  if (textWidth(context, font, text) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(context, font, `${text.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}

/** Up to `maxLines` lines broken at `_`, `.` and humps; the last one is cut. */
export function wrapName(
  context: CanvasRenderingContext2D,
  font: string,
  name: string,
  room: number,
  maxLines: number,
): readonly string[] {
  const parts = name.split(/(?<=[_.\s-])|(?<=[a-z0-9])(?=[A-Z])/);
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && textWidth(context, font, line + part) > room && lines.length < maxLines - 1) {
      lines.push(line);
      line = part;
    } else {
      line += part;
    }
  }
  lines.push(line);
  return lines.map((text) => ellipsize(context, font, text, room)).filter((text) => text !== '');
}
