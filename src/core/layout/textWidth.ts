/** Widths of text where none can be measured: in a worker, on the command line, in a picture. */

/** Advance widths of Helvetica, in thousandths of the size (Adobe's font metrics); system faces differ by a few per cent. */
const widths: ReadonlyMap<string, number> = new Map(
  (
    [
      ["'", 191],
      ['ijl', 222],
      ['|', 260],
      [' .,:;!/\\[]ftI', 278],
      ['()-r{}`', 333],
      ['"', 355],
      ['*', 389],
      ['csvxyzkJ', 500],
      ['abdeghnopqu0123456789_$#?L', 556],
      ['+<>=~', 584],
      ['FTZ', 611],
      ['ABEKPSVXY&', 667],
      ['CDHNRUw', 722],
      ['GOQ', 778],
      ['mM', 833],
      ['%', 889],
      ['W', 944],
      ['…@', 1000],
    ] as const
  ).flatMap(([characters, width]) => Array.from(characters, (character) => [character, width] as const)),
);

const digit = 556;
/** Letters with accents and other alphabets. */
const otherLetter = 600;
/** From here on (Hangul Jamo, CJK, emoji) characters are about as wide as high. */
const wideFrom = 0x1100;

/** In widths of a digit: `textUnits('orders') * characterWidth` is the width in pixels. */
export function textUnits(text: string): number {
  let sum = 0;
  for (const character of text)
    sum += widths.get(character) ?? ((character.codePointAt(0) ?? 0) >= wideFrom ? 1000 : otherLetter);
  return sum / digit;
}

/** Shortened with `…` to at most so many widths of a digit; empty where not even two characters fit. */
export function fitText(text: string, units: number): string {
  if (textUnits(text) <= units) return text;
  const ellipsis = textUnits('…');
  let shown = '';
  let used = ellipsis;
  for (const character of text) {
    used += textUnits(character);
    if (used > units) break;
    shown += character;
  }
  return shown.length < 2 ? '' : `${shown}…`;
}
