import { startTransition, useEffect, useMemo, useState } from 'react';
import { buildScene, sceneSteps } from '../../canvas/scene.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { PlacedDiagram } from '../../state/diagramState.ts';

/** So many tables are made ready within a frame. */
const mostAtOnce = 150;

/** Time that steps take before the page gets its turn, in milliseconds: half a frame. */
const sliceMs = 8;

/** The scene of a layout; that of the one before while a large one is still being made (`making`). */
export function useScene(layout: PlacedDiagram | null): { readonly scene: Scene | null; readonly making: boolean } {
  const small = layout !== null && layout.model.tables.length <= mostAtOnce;
  const now = useMemo(
    () => (layout !== null && small ? buildScene(layout.model, layout.layout) : null),
    [layout, small],
  );
  const [built, setBuilt] = useState<{ readonly scene: Scene; readonly of: PlacedDiagram } | null>(null);

  useEffect(() => {
    if (layout === null || small) return;
    const steps = sceneSteps(layout.model, layout.layout);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const work = () => {
      const until = performance.now() + sliceMs;
      do {
        const step = steps.next();
        if (step.done === true) {
          startTransition(() => {
            setBuilt({ scene: step.value, of: layout });
          });
          return;
        }
      } while (performance.now() < until);
      timer = setTimeout(work);
    };
    work();
    return () => {
      clearTimeout(timer);
    };
  }, [layout, small]);

  if (layout === null || small) return { scene: now, making: false };
  return { scene: built?.scene ?? null, making: built?.of !== layout };
}
