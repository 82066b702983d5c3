/** The canvas as one thing to the components: drawing, gestures and hits together. */
import { createTableDrag } from './dragTable.ts';
import { levelAt, noHighlight } from './frame.ts';
import type { Highlight } from './frame.ts';
import { createGestures } from './gestures.ts';
import { hitTest } from './hitTest.ts';
import type { Hit } from './hitTest.ts';
import { movedScene } from './movedScene.ts';
import { createRenderer } from './renderer.ts';
import { boundsOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { forgetWidths } from './text.ts';
import { publishMarks, readTheme, watchTheme } from './theme.ts';
import type { Theme } from './theme.ts';
import { centreOn, fit, maxZoom, minZoom, readableZoom, reveal } from './viewport.ts';
import type { Size, Viewport } from './viewport.ts';

export interface SurfaceEvents {
  /** `point` in CSS pixels from the surface's top left corner. */
  readonly hover: (hit: Hit, point: { readonly x: number; readonly y: number } | null) => void;
  readonly click: (hit: Hit) => void;
  readonly doubleClick: (hit: Hit) => void;
  /** Before the menu opens. `focused`: what had the keyboard, where the menu is asked for with it. */
  readonly menu: (hit: Hit, focused: Element | null) => void;
  /** A table was put elsewhere, so far away in units of the diagram. */
  readonly drop: (table: number, dx: number, dy: number) => void;
  /** With every movement; keep it cheap. */
  readonly move: (viewport: Viewport, byUser: boolean) => void;
  /** 150 ms after the last movement. */
  readonly settle: (viewport: Viewport) => void;
}

export interface Surface {
  setScene(scene: Scene | null): void;
  setHighlight(highlight: Omit<Highlight, 'hovered' | 'hoveredEdge'>): void;
  fit(animate?: boolean): void;
  zoomBy(factor: number): void;
  panBy(dx: number, dy: number): void;
  moveTo(viewport: Viewport, animate?: boolean): void;
  /** The table in the middle, large enough to read. */
  centre(table: number): void;
  /** These tables as large as they fit, up to natural size. */
  fitTables(tables: readonly number[]): void;
  /** Calls back with every movement; returns what stops it. */
  onMove(moved: (viewport: Viewport) => void): () => void;
  /** Calls back when the colours have changed; returns what stops it. */
  onTheme(changed: () => void): () => void;
  /** The table on the screen, with the least movement. */
  reveal(table: number): void;
  viewport(): Viewport;
  theme(): Theme;
  size(): Size;
  /** The user has panned or zoomed since the last `fit`. */
  touched(): boolean;
  /** What is seen now is what the user wants to see. */
  touch(): void;
  dispose(): void;
}

/** @param beneath a canvas below the other, for the renderer's own use */
export function createSurface(
  element: HTMLElement,
  canvas: HTMLCanvasElement,
  beneath: HTMLCanvasElement,
  events: SurfaceEvents,
): Surface {
  let scene: Scene | null = null;
  let theme = readTheme(element);
  let highlight: Highlight = noHighlight;
  let touched = false;
  const page = document.getElementById('root') ?? document.body;
  publishMarks(page, theme);

  const movers = new Set<(viewport: Viewport) => void>();
  const themers = new Set<() => void>();
  const renderer = createRenderer(canvas, beneath, theme, () => {
    events.settle(gestures.current());
  });
  /** As last observed: asking the element would lay out the whole page first. */
  let observed: Size = { width: element.clientWidth, height: element.clientHeight };
  const size = (): Size => observed;
  const gestures = createGestures(
    element,
    size,
    (viewport, byUser) => {
      if (byUser) {
        touched = true;
        hover(null, null);
      }
      renderer.setViewport(viewport);
      events.move(viewport, byUser);
      for (const listener of movers) listener(viewport);
    },
    () => drag.holds(),
  );
  const drag = createTableDrag(element, {
    grab: (event) => {
      const hit = hitAt(event);
      // From far, tables are so small and so many that a press means the whole.
      return hit?.kind !== 'table' || scene === null || levelAt(gestures.current().k, scene) === 'far'
        ? null
        : hit.table;
    },
    drag: (table, dx, dy) => {
      hover(null, null);
      const { k } = gestures.current();
      if (scene !== null) renderer.setScene(movedScene(scene, table, dx / k, dy / k));
    },
    drop: (table, dx, dy) => {
      const { k } = gestures.current();
      // Where it was put it shall be seen: nothing is made to fit again.
      touched = true;
      renderer.setScene(scene);
      events.drop(table, dx / k, dy / k);
    },
    cancel: () => renderer.setScene(scene),
  });
  const limit = () => {
    if (scene !== null) gestures.limit(scene.bounds, minZoom(scene.bounds, size()));
  };
  const fitAll = (animate = true) => {
    if (scene === null) return;
    touched = false;
    gestures.moveTo(fit(scene.bounds, size()), animate);
  };

  let before = size();
  /** What the user has moved to or selected keeps its size; an untouched diagram is made to fit again. */
  const resizing = new ResizeObserver(() => {
    const now = { width: element.clientWidth, height: element.clientHeight };
    // The first word of the observer is what is known: drawing all for it would take another frame.
    if (now.width === before.width && now.height === before.height) return;
    observed = now;
    renderer.resize(now);
    limit();
    if (scene !== null && !touched && highlight.selected === null) fitAll(false);
    else if (scene !== null && before.width > 0 && now.width > 0) {
      const { x, y, k } = gestures.current();
      const held = { k, x: x + (now.width - before.width) / 2, y: y + (now.height - before.height) / 2 };
      const table = highlight.selected === null ? undefined : scene.tables[highlight.selected];
      gestures.moveTo(table === undefined ? held : reveal(held, table, now), false);
    }
    before = now;
    renderer.flush();
  });
  resizing.observe(element);
  renderer.resize(size());

  const stopTheme = watchTheme(() => {
    theme = readTheme(element);
    publishMarks(page, theme);
    // The font may have changed with it.
    forgetWidths();
    for (const table of scene?.tables ?? []) {
      table.fitted.length = 0;
      table.fittedTitle = undefined;
    }
    renderer.setTheme(theme);
    for (const listener of themers) listener();
  });

  const pointOf = (event: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const hitAt = (event: MouseEvent): Hit => {
    const point = pointOf(event);
    return scene === null ? null : hitTest(scene, gestures.current(), point.x, point.y);
  };
  function hover(hit: Hit, point: { x: number; y: number } | null): void {
    const hovered = hit?.kind === 'table' ? { table: hit.table, row: hit.row } : null;
    const hoveredEdge = hit?.kind === 'edge' ? hit.edge : null;
    const same =
      hovered?.table === highlight.hovered?.table &&
      hovered?.row === highlight.hovered?.row &&
      hoveredEdge === highlight.hoveredEdge;
    if (same) return;
    highlight = { ...highlight, hovered, hoveredEdge };
    element.classList.toggle('over', hit !== null);
    renderer.setHighlight(highlight);
    events.hover(hit, point);
  }

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons === 0) hover(hitAt(event), pointOf(event));
    },
    { signal },
  );
  element.addEventListener('pointerleave', () => hover(null, null), { signal });
  element.addEventListener('click', (event) => events.click(hitAt(event)), { signal });
  element.addEventListener('dblclick', (event) => events.doubleClick(hitAt(event)), { signal });
  element.addEventListener('contextmenu', (event) => events.menu(hitAt(event), event.target as Element | null), {
    signal,
  });

  return {
    setScene: (next) => {
      scene = next;
      highlight = { ...highlight, hovered: null, hoveredEdge: null };
      renderer.setHighlight(highlight);
      renderer.setScene(next);
      events.hover(null, null);
      limit();
    },
    setHighlight: (next) => {
      highlight = { ...highlight, ...next };
      renderer.setHighlight(highlight);
    },
    fit: fitAll,
    zoomBy: (factor) => {
      const { x, y, k } = gestures.current();
      const { width, height } = size();
      const lowest = scene === null ? k : minZoom(scene.bounds, size());
      const next = Math.min(maxZoom, Math.max(lowest, k * factor));
      touched = true;
      const share = next / k;
      gestures.moveTo({ k: next, x: width / 2 - (width / 2 - x) * share, y: height / 2 - (height / 2 - y) * share });
    },
    panBy: (dx, dy) => {
      const { x, y, k } = gestures.current();
      touched = true;
      gestures.moveTo({ k, x: x + dx, y: y + dy }, false);
    },
    moveTo: (viewport, animate) => {
      touched = true;
      gestures.moveTo(viewport, animate);
    },
    centre: (index) => {
      const table = scene?.tables[index];
      if (table === undefined) return;
      touched = true;
      gestures.moveTo(centreOn(table, size(), Math.max(readableZoom, gestures.current().k)));
    },
    fitTables: (indexes) => {
      const boxes = indexes.flatMap((index) => scene?.tables[index] ?? []);
      if (boxes.length === 0) return;
      touched = true;
      gestures.moveTo(fit(boundsOf(boxes), size()));
    },
    onMove: (moved) => listen(movers, moved),
    onTheme: (changed) => listen(themers, changed),
    reveal: (index) => {
      const table = scene?.tables[index];
      if (table === undefined) return;
      const now = gestures.current();
      const next = reveal(now, table, size());
      if (next === now) return;
      touched = true;
      gestures.moveTo(next);
    },
    viewport: gestures.current,
    theme: () => theme,
    size,
    touched: () => touched,
    touch: () => {
      touched = true;
    },
    dispose: () => {
      listening.abort();
      stopTheme();
      resizing.disconnect();
      drag.dispose();
      gestures.dispose();
      renderer.dispose();
    },
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
