/** Undo and redo of what the user chose of the view and where tables were put. */
import type { Places } from '../../src/core/diagram/saved.ts';
import type { Detail, DiagramView } from '../../src/core/diagram/view.ts';

export interface Chosen {
  readonly view: DiagramView;
  readonly chosenDetail: Detail | null;
  readonly places: Places;
}

export interface History {
  /** The last one first. */
  readonly past: readonly Chosen[];
  readonly future: readonly Chosen[];
  /** What the last step was about; a further step about the same joins it (an arrow key held down). */
  readonly about: string | null;
}

export const noHistory: History = { past: [], future: [], about: null };

const mostSteps = 100;

/** `about` null: a step of its own. */
export function remember(history: History, before: Chosen, about: string | null): History {
  if (about !== null && about === history.about && history.past.length > 0) return { ...history, future: [] };
  return { past: [before, ...history.past].slice(0, mostSteps), future: [], about };
}

/** Null: there is nothing to take back, or to do again. */
export function travel(
  { past, future }: History,
  now: Chosen,
  direction: 'undo' | 'redo',
): { readonly chosen: Chosen; readonly history: History } | null {
  const [next, ...rest] = direction === 'undo' ? past : future;
  if (next === undefined) return null;
  return {
    chosen: next,
    history:
      direction === 'undo'
        ? { past: rest, future: [now, ...future], about: null }
        : { past: [now, ...past], future: rest, about: null },
  };
}
