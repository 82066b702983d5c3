/**
 * A picture of the tables before there is an app: reading the script of React and the controls takes longer than drawing.
 * It stands where the app's own will stand, and the app goes on from what was made for it.
 */
import type { ToWebview, WebviewState } from '../../src/protocol/webview.ts';
import { outlineLayout, outlineModel, parseOutline } from '../../src/core/layout/outline.ts';
import { noHighlight } from '../canvas/frame.ts';
import { measuredMetrics } from '../canvas/measure.ts';
import { createRenderer } from '../canvas/renderer.ts';
import { buildScene, sceneSteps } from '../canvas/scene.ts';
import type { Scene } from '../canvas/scene.ts';
import { measuredWidths } from '../canvas/text.ts';
import type { Widths } from '../canvas/text.ts';
import { readTheme } from '../canvas/theme.ts';
import { fit } from '../canvas/viewport.ts';
import { gradually } from '../gradually.ts';
import type { Host } from '../host.ts';
import type { LayoutClient } from '../layout/client.ts';
import { mostPlacedHere, place } from '../layout/place.ts';
import { initialState, reduce } from '../state/diagramState.ts';
import type { DiagramState, PlacedDiagram } from '../state/diagramState.ts';
import { listenPrepared } from '../state/preparation.ts';

/** Without a word from the host for so long, the app comes first: it says that the schema is being read. */
const patienceMs = 100;

/** What the app starts with. */
export interface Begun {
  readonly state: DiagramState;
  readonly scene: { readonly scene: Scene; readonly of: PlacedDiagram } | null;
  readonly widths: Widths;
  /** Takes the picture away, when the app's own is there. */
  readonly remove: () => void;
}

export interface FirstPicture {
  /** There is a picture, or none will come soon. */
  readonly shown: Promise<undefined>;
  /** From now on messages are kept for the app. */
  handOver(): Begun;
}

export function showFirstPicture(
  page: HTMLElement,
  host: Host,
  layouts: LayoutClient,
  saved: WebviewState | null,
): FirstPicture {
  let state = initialState(saved);
  let built: Begun['scene'] = null;
  let drawn = false;
  let mine = true;
  let stopPlacing = nothing;
  let stopBuilding = nothing;
  let stopPreparing = nothing;
  const { promise: shown, resolve } = Promise.withResolvers<undefined>();
  const ready = () => resolve(undefined);
  let impatient: ReturnType<typeof setTimeout> | undefined;
  /** The scripts of the app must not come before the rest of a model, which the layout waits for. */
  const readyUnlessArriving = () => {
    clearTimeout(impatient);
    impatient = setTimeout(() => {
      if (host.arriving()) readyUnlessArriving();
      else ready();
    }, patienceMs);
  };
  readyUnlessArriving();

  let made: Picture | null = null;
  const picture = () => (made ??= createPicture(page, saved));
  // The first look at colours and at a font takes longest: while nothing has come, and in a task of its own.
  const preparing = setTimeout(() => {
    picture();
    measuredMetrics();
  });
  const draw = (scene: Scene) => {
    // From then on it is the app that draws what was not drawn yet.
    if (!mine && !drawn) return;
    drawn = true;
    picture().show(scene, state.selected);
    // Only what was painted is seen. Of an outline the model is on its way.
    requestAnimationFrame(() => setTimeout(state.model === null ? readyUnlessArriving : ready));
  };

  const drawPrepared = (scene: Scene) => {
    stopPreparing();
    stopPreparing = gradually(picture().prepare(scene), () => draw(scene));
  };

  const take = (placed: PlacedDiagram) => {
    state = reduce(state, { type: 'placed', placed });
    const { layout } = state;
    // From then on it is the app that draws.
    if (!mine || layout?.layout !== placed.layout || built?.of === layout) return;
    stopBuilding();
    stopPreparing();
    const outlined = drawn && layout.quality === 'quick';
    stopBuilding = gradually(sceneSteps(layout.model, layout.layout), (scene) => {
      built = { scene, of: layout };
      // The same boxes are there already.
      if (!outlined) drawPrepared(scene);
    });
  };

  /** Large diagrams only: of a small one, the model comes as soon. */
  const takeOutline = (text: string) => {
    const outline = parseOutline(text);
    state = reduce(state, { type: 'outline', outline });
    if (outline === null || outline.tables.length <= mostPlacedHere || state.model !== null) return;
    // Boxes alone take no longer than a frame; their names may.
    drawPrepared(buildScene(outlineModel(outline), outlineLayout({ ...outline, edges: [] })));
  };

  const receive = (message: ToWebview): boolean => {
    if (mine && message.type === 'outline') {
      takeOutline(message.text);
      return true;
    }
    if (!mine || (message.type !== 'model' && message.type !== 'empty' && message.type !== 'saved')) return false;
    const before = state.structure;
    state = reduce(state, message);
    if (state.status === 'empty') ready();
    if (state.structure === before) return true;
    stopPlacing();
    // In a task of its own: making sense of a large model takes one as well.
    const timer = setTimeout(() => {
      stopPlacing = place(state, layouts, { placed: take, failed: ready });
      if (drawn) setTimeout(ready);
    });
    stopPlacing = () => clearTimeout(timer);
    return true;
  };
  listenPrepared(host, () => state, receive);

  return {
    shown,
    handOver: () => {
      mine = false;
      clearTimeout(impatient);
      clearTimeout(preparing);
      if (!drawn) made?.remove();
      return {
        state,
        scene: built,
        widths: measuredWidths(),
        remove: () => {
          stopPlacing();
          stopBuilding();
          stopPreparing();
          made?.remove();
        },
      };
    },
  };
}

interface Picture {
  prepare(scene: Scene): Iterator<undefined, void>;
  show(scene: Scene, selected: string | null): void;
  remove(): void;
}

function createPicture(page: HTMLElement, saved: WebviewState | null): Picture {
  const element = document.createElement('div');
  element.className = `first-picture canvas${saved?.panel === false ? '' : ' beside-panel'}`;
  element.setAttribute('aria-hidden', 'true');
  // A canvas that nothing is drawn on is black.
  element.style.visibility = 'hidden';
  const beneath = document.createElement('canvas');
  beneath.className = 'canvas-beneath';
  const canvas = document.createElement('canvas');
  element.append(beneath, canvas);
  page.after(element);
  const size = { width: element.clientWidth, height: element.clientHeight };
  const renderer = createRenderer(canvas, beneath, readTheme(element), () => undefined);
  renderer.resize(size);
  const viewportFor = (scene: Scene) => saved?.zoom ?? fit(scene.bounds, size);
  return {
    prepare: (scene) => renderer.prepare(scene, viewportFor(scene)),
    show: (scene, selected) => {
      renderer.setHighlight({
        ...noHighlight,
        selected: selected === null ? null : (scene.byId.get(selected) ?? null),
      });
      renderer.setScene(scene);
      renderer.setViewport(viewportFor(scene));
      element.style.visibility = '';
    },
    remove: () => {
      renderer.dispose();
      element.remove();
    },
  };
}

function nothing(): void {
  // Until there is something to stop.
}
