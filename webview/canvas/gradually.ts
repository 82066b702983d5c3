/** Scenes of large diagrams, made in slices of time, so that the page gets its turn in between. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { DiagramLayout } from '../../src/core/layout/layout.ts';
import { sceneSteps } from './scene.ts';
import type { Scene } from './scene.ts';

/** Time that steps take before the page gets its turn, in milliseconds: half a frame. */
const sliceMs = 8;

/** Returns what stops it. */
export function sceneGradually(model: DiagramModel, layout: DiagramLayout, done: (scene: Scene) => void): () => void {
  const steps = sceneSteps(model, layout);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = () => {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) {
        done(step.value);
        return;
      }
    } while (performance.now() < until);
    timer = setTimeout(work);
  };
  work();
  return () => {
    clearTimeout(timer);
  };
}
