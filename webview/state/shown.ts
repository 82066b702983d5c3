/** What is derived of a model and a view, kept while both stay: of a large model it takes as long as several frames. */
import { applyView } from '../../src/core/diagram/applyView.ts';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { DiagramView } from '../../src/core/diagram/view.ts';
import { structureKey, structureSteps } from './structure.ts';

const views = new WeakMap<DiagramModel, { readonly view: string; readonly shown: DiagramModel }>();
const keys = new WeakMap<DiagramModel, string>();

/** The model as the view shows it; kept for the last view asked for. */
export function shownAs(model: DiagramModel, view: DiagramView): DiagramModel {
  const text = JSON.stringify(view);
  const known = views.get(model);
  if (known?.view === text) return known.shown;
  const shown = applyView(model, view);
  views.set(model, { view: text, shown });
  return shown;
}

export function structureOfShown(shown: DiagramModel): string {
  const key = keys.get(shown) ?? structureKey(shown);
  keys.set(shown, key);
  return key;
}

/** Steps after which `structureOfShown` knows it. */
export function* structureStepsOfShown(shown: DiagramModel): Generator<undefined, void> {
  keys.set(shown, keys.get(shown) ?? (yield* structureSteps(shown)));
}
