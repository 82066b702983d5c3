/** Colours of marks that stay visible on any theme: some themes' chart colours are nearly those of their background. */

type Rgb = readonly [number, number, number];

/** What a mark needs against its background (WCAG 2.2, 1.4.11 Non-text Contrast). */
const leastContrast = 3;

/** `rgb(…)` and `color(srgb …)`, as browsers compute colours; null for anything else. */
export function parseColor(text: string): Rgb | null {
  const numbers = text.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
  const [red, green, blue] = numbers;
  if (red === undefined || green === undefined || blue === undefined) return null;
  if (text.startsWith('rgb')) return [red, green, blue];
  return text.startsWith('color(srgb ') ? [red * 255, green * 255, blue * 255] : null;
}

/** WCAG's relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** 1 to 21. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The colour, moved towards white or black (whichever is further from the background) until it can be seen; its hue stays. */
export function legible(color: string, background: string): string {
  const [from, behind] = [parseColor(color), parseColor(background)];
  if (from === null || behind === null || contrastOf(from, behind) >= leastContrast) return color;
  const end = luminance(behind) < 0.18 ? 255 : 0;
  for (let share = 0.1; share < 1; share += 0.1) {
    const mixed = from.map((value) => Math.round(value + (end - value) * share));
    const next: Rgb = [mixed[0] ?? end, mixed[1] ?? end, mixed[2] ?? end];
    if (contrastOf(next, behind) >= leastContrast) return `rgb(${next.join(', ')})`;
  }
  return `rgb(${end}, ${end}, ${end})`;
}
