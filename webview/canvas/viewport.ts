/** Where the diagram lies on the screen: screen = world × k + (x, y), in CSS pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const maxZoom = 3;

/** Space left around a diagram that is made to fit, in CSS pixels. */
const fitMargin = 24;

/** Beyond this, fitting would only blow up a small diagram. */
const maxFitZoom = 1;

/** At this zoom rows are comfortable to read; jumping to a table goes at least here. */
export const readableZoom = 0.8;

export function toWorld({ x, y, k }: Viewport, screenX: number, screenY: number): { x: number; y: number } {
  return { x: (screenX - x) / k, y: (screenY - y) / k };
}

/** The part of the world on the screen. */
export function visibleBox(viewport: Viewport, { width, height }: Size): Box {
  const { x, y } = toWorld(viewport, 0, 0);
  return { x, y, width: width / viewport.k, height: height / viewport.k };
}

/** Everything centred on the screen, never larger than 1:1. */
export function fit(world: Box, screen: Size): Viewport {
  const k = Math.min(
    maxFitZoom,
    Math.max(1, screen.width - 2 * fitMargin) / Math.max(1, world.width),
    Math.max(1, screen.height - 2 * fitMargin) / Math.max(1, world.height),
  );
  return {
    k,
    x: (screen.width - world.width * k) / 2 - world.x * k,
    y: (screen.height - world.height * k) / 2 - world.y * k,
  };
}

/** Zoomed out until everything fits twice over: further out there is nothing to see. */
export function minZoom(world: Box, screen: Size): number {
  return Math.min(0.2, fit(world, screen).k / 2);
}

/** The box centred at the given zoom; a box higher than the screen is shown from its top. */
export function centreOn(box: Box, screen: Size, k: number): Viewport {
  const y =
    box.height * k > screen.height - 2 * fitMargin
      ? fitMargin - box.y * k
      : screen.height / 2 - (box.y + box.height / 2) * k;
  return { k, x: screen.width / 2 - (box.x + box.width / 2) * k, y };
}

/** The least pan that brings the box onto the screen; the same viewport where it is there already. */
export function reveal(viewport: Viewport, box: Box, screen: Size): Viewport {
  const { k } = viewport;
  const dx = nudge(box.x * k + viewport.x, box.width * k, screen.width);
  const dy = nudge(box.y * k + viewport.y, box.height * k, screen.height);
  return dx === 0 && dy === 0 ? viewport : { k, x: viewport.x + dx, y: viewport.y + dy };
}

function nudge(start: number, size: number, room: number): number {
  const inner = room - 2 * fitMargin;
  if (size > inner) return fitMargin - start;
  if (start < fitMargin) return fitMargin - start;
  return start + size > room - fitMargin ? room - fitMargin - size - start : 0;
}

/** Between two viewports, `t` from 0 to 1: zoom geometrically, so that it looks even. */
export function interpolate(from: Viewport, to: Viewport, t: number, screen: Size): Viewport {
  const k = from.k * (to.k / from.k) ** t;
  const a = toWorld(from, screen.width / 2, screen.height / 2);
  const b = toWorld(to, screen.width / 2, screen.height / 2);
  // The centre moves in step with what the zoom has done, else it would shoot past while zoomed out.
  const share = Math.abs(to.k - from.k) < 1e-6 ? t : (1 / from.k - 1 / k) / (1 / from.k - 1 / to.k);
  const x = a.x + (b.x - a.x) * share;
  const y = a.y + (b.y - a.y) * share;
  return { k, x: screen.width / 2 - x * k, y: screen.height / 2 - y * k };
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
