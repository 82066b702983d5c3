import type { World } from './world.ts';

export interface Check {
  /** `refuses a second row with the same key`. */
  readonly title: string;
  /** Rejects with what is wrong. */
  readonly run: (world: World) => Promise<void>;
}
