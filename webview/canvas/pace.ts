/** How much can be drawn anew with every frame, learnt from how long frames take: machines differ by a factor of ten. */

/** Tables in sight that even a slow machine may be asked for before it is known. */
const startWith = 120;
const least = 12;

/** A display's frame, with room for one that comes a little late. */
const longFrameMs = 24;

export interface Pace {
  /** So many tables in sight would hold up the movement. */
  tooMany(tables: number): boolean;
  /** A frame with so many tables in sight was drawn, and the next one came so many milliseconds later. */
  drawn(tables: number, milliseconds: number): void;
}

export function createPace(): Pace {
  let most = startWith;
  let late = 0;
  return {
    tooMany: (tables) => tables > most,
    drawn: (tables, milliseconds) => {
      // A single late frame may be anything's fault.
      late = milliseconds > longFrameMs ? late + 1 : 0;
      if (late < 2) return;
      late = 0;
      most = Math.min(most, Math.max(least, Math.floor(tables / 2)));
    },
  };
}
