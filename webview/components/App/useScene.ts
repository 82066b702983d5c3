import { startTransition, useEffect, useMemo, useState } from 'react';
import { gradually } from '../../gradually.ts';
import { buildScene, sceneSteps } from '../../canvas/scene.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { PlacedDiagram } from '../../state/diagramState.ts';

/** So many tables are made ready within a frame. */
const mostAtOnce = 150;

export interface BuiltScene {
  readonly scene: Scene;
  readonly of: PlacedDiagram;
}

/**
 * The scene of a layout; that of the one before while a large one is still being made (`making`).
 * @param begun what was built before there was an app
 */
export function useScene(
  layout: PlacedDiagram | null,
  begun: BuiltScene | null,
): { readonly scene: Scene | null; readonly making: boolean } {
  const small = layout !== null && layout.model.tables.length <= mostAtOnce;
  const now = useMemo(
    () => (layout !== null && small ? buildScene(layout.model, layout.layout) : null),
    [layout, small],
  );
  const [built, setBuilt] = useState(begun);
  const done = built?.of === layout;

  useEffect(() => {
    if (layout === null || small || done) return;
    return gradually(sceneSteps(layout.model, layout.layout), (scene) => {
      startTransition(() => {
        setBuilt({ scene, of: layout });
      });
    });
  }, [layout, small, done]);

  if (layout === null || small) return { scene: now, making: false };
  return { scene: built?.scene ?? null, making: !done };
}
