/**
 * Draws when something changed, once per animation frame; coarser while moving on screens with many pixels. While the user
 * zooms with many tables in sight, or pans with all of them, the last picture is moved and scaled, and drawn anew when it rests.
 */
import { draw, nameSteps } from './draw.ts';
import { levelAt, noHighlight } from './frame.ts';
import type { Frame, Highlight } from './frame.ts';
import { createPace } from './pace.ts';
import { createWholePicture, placePicture, replacePicture } from './placedPicture.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';
import { contains, toWorld, visibleBox } from './viewport.ts';
import type { Box, Size, Viewport } from './viewport.ts';

/** So long after the last movement the picture is drawn at full resolution (diagram-bench: p95 stays under one frame). */
const settleAfter = 150;

/** A picture is scaled up by at most this much before it is drawn anew, in the middle of a movement. */
const mostScale = 4;

/** Scaled down nothing blurs; what comes in at the sides is only passed. */
const leastScale = 1 / 16;
const mostScaleBeneath = 6;

export interface Renderer {
  setScene(scene: Scene | null): void;
  setTheme(theme: Theme): void;
  setHighlight(highlight: Highlight): void;
  setViewport(viewport: Viewport): void;
  resize(size: Size): void;
  /** What takes longest of drawing a large scene for the first time, in steps beforehand. */
  prepare(scene: Scene, viewport: Viewport): Iterator<undefined, void>;
  /** Draws now instead of with the next frame: after a resize the canvas is blank until it is drawn. */
  flush(): void;
  dispose(): void;
}

/** @param beneath a canvas below the one that is drawn on, for what that does not show while it is scaled */
export function createRenderer(
  canvas: HTMLCanvasElement,
  beneath: HTMLCanvasElement,
  initialTheme: Theme,
  settled: () => void,
): Renderer {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This editor cannot draw on a canvas (no 2D context).');
  const whole = createWholePicture(beneath);
  const pace = createPace();
  let scene: Scene | null = null;
  let theme = initialTheme;
  let highlight: Highlight = noHighlight;
  let viewport: Viewport = { x: 0, y: 0, k: 1 };
  let screen: Size = { width: 1, height: 1 };
  let moving = false;
  let frame = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** What the canvas shows; null: nothing that still holds. */
  let drawn: { readonly viewport: Viewport; readonly all: boolean } | null = null;
  /** The canvas does not lie where it was drawn for. */
  let displaced = false;
  /** Drawn in parts, whose texts may be off by a fraction of a pixel. */
  let patched = false;

  /** Copying takes as long as drawing does: in a task of its own, if the picture is still the same by then. */
  const keepLater = (picture: typeof drawn) => {
    setTimeout(() => {
      if (drawn !== null && drawn === picture && !displaced) whole.keep(canvas, drawn.viewport);
    });
  };

  const forget = () => {
    drawn = null;
    whole.forget();
  };

  /** Moves and scales the last picture; false where it has to be drawn. */
  function moveLast(from: Scene, visible: Box): boolean {
    if (!moving || drawn === null) return false;
    const scale = viewport.k / drawn.viewport.k;
    if (scale > mostScale || scale < leastScale) return false;
    // What comes into sight is taken from the picture of everything, in which it must not be a mere blur.
    if (scale <= 1 && !drawn.all && whole.scaleIn(viewport) > mostScaleBeneath) return false;
    if (scale === 1 && !drawn.all && distance(viewport, drawn.viewport) > Math.min(screen.width, screen.height) / 2)
      return false;
    if (!pace.tooMany((scale === 1 ? from.tables : from.tableIndex.search(visible)).length)) return false;
    placePicture(canvas, drawn.viewport, viewport);
    if (scale <= 1 && !drawn.all) whole.show(viewport);
    else whole.hide();
    displaced = true;
    return true;
  }

  /** Moves the last picture within the canvas and draws what comes into sight at its sides; false where all has to be drawn. */
  function scrollLast(from: Scene, ratio: number, width: number, height: number): boolean {
    if (context === null || !moving || drawn === null || displaced || drawn.viewport.k !== viewport.k) return false;
    if (canvas.width !== width || canvas.height !== height) return false;
    const dx = Math.round(ratio * viewport.x) - Math.round(ratio * drawn.viewport.x);
    const dy = Math.round(ratio * viewport.y) - Math.round(ratio * drawn.viewport.y);
    if (Math.abs(dx) > width / 2 || Math.abs(dy) > height / 2) return false;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(canvas, dx, dy);
    for (const strip of uncovered(dx, dy, width, height)) {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.beginPath();
      context.rect(strip.x, strip.y, strip.width, strip.height);
      context.clip();
      const corner = toWorld(viewport, strip.x / ratio, strip.y / ratio);
      const scale = ratio * viewport.k;
      drawAll(from, ratio, { ...corner, width: strip.width / scale, height: strip.height / scale });
      context.restore();
    }
    return true;
  }

  function frameOf(from: Scene, at: Viewport, ratio: number, visible: Box): Frame | null {
    if (context === null) return null;
    const level = levelAt(at.k, from);
    return { context, theme, scene: from, viewport: at, screen, visible, level, highlight, ratio };
  }

  function drawAll(from: Scene, ratio: number, visible: Box): void {
    const picture = frameOf(from, viewport, ratio, visible);
    if (picture !== null) draw(picture);
  }

  const invalidate = () => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };

  /** `now`: of the animation frame, where it is one. */
  function paint(now?: number): void {
    if (frame !== 0) cancelAnimationFrame(frame);
    frame = 0;
    if (context === null) return;
    const ratio = moving ? Math.min(1, window.devicePixelRatio) : window.devicePixelRatio;
    const visible = visibleBox(viewport, screen);
    if (scene !== null && moveLast(scene, visible)) return;
    const width = Math.max(1, Math.round(screen.width * ratio));
    const height = Math.max(1, Math.round(screen.height * ratio));
    if (scene !== null && scrollLast(scene, ratio, width, height)) {
      drawn = { viewport, all: contains(visible, scene.bounds) };
      patched = true;
      return;
    }
    displaced = false;
    patched = false;
    replacePicture(canvas);
    whole.hide();
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    if (scene === null) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = theme.background;
      context.fillRect(0, 0, width, height);
      return;
    }
    drawAll(scene, ratio, visible);
    drawn = { viewport, all: contains(visible, scene.bounds) };
    if (drawn.all && !whole.kept()) keepLater(drawn);
    if (!moving || now === undefined) return;
    const tables = drawn.all ? scene.tables.length : scene.tableIndex.search(visible).length;
    requestAnimationFrame((next) => pace.drawn(tables, next - now));
  }

  return {
    setScene: (next) => {
      scene = next;
      forget();
      invalidate();
    },
    setTheme: (next) => {
      theme = next;
      forget();
      invalidate();
    },
    setHighlight: (next) => {
      highlight = next;
      forget();
      invalidate();
    },
    setViewport: (next) => {
      viewport = next;
      moving = true;
      clearTimeout(settling);
      settling = setTimeout(() => {
        moving = false;
        if (window.devicePixelRatio > 1 || displaced || patched) invalidate();
        settled();
      }, settleAfter);
      invalidate();
    },
    resize: (next) => {
      screen = next;
      forget();
      invalidate();
    },
    prepare: function* (next, at) {
      const picture = frameOf(next, at, 1, visibleBox(at, screen));
      if (picture !== null) yield* nameSteps(picture);
    },
    flush: () => paint(),
    dispose: () => {
      if (frame !== 0) cancelAnimationFrame(frame);
      frame = 0;
      clearTimeout(settling);
    },
  };
}

/** What a picture that was moved leaves free at the sides of its canvas. */
function uncovered(dx: number, dy: number, width: number, height: number): readonly Box[] {
  const strips: Box[] = [];
  if (dx !== 0) strips.push({ x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height });
  if (dy !== 0)
    strips.push({ x: Math.max(0, dx), y: dy > 0 ? 0 : height + dy, width: width - Math.abs(dx), height: Math.abs(dy) });
  return strips;
}

function distance(a: Viewport, b: Viewport): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
