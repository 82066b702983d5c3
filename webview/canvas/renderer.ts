/** Draws when something changed, once per animation frame; coarser while moving on screens with many pixels. */
import { draw } from './draw.ts';
import { levelAt, noHighlight } from './frame.ts';
import type { Highlight } from './frame.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';
import { visibleBox } from './viewport.ts';
import type { Size, Viewport } from './viewport.ts';

/** So long after the last movement the picture is drawn at full resolution (diagram-bench: p95 stays under one frame). */
const settleAfter = 150;

export interface Renderer {
  setScene(scene: Scene | null): void;
  setTheme(theme: Theme): void;
  setHighlight(highlight: Highlight): void;
  setViewport(viewport: Viewport): void;
  resize(size: Size): void;
  /** Draws now instead of with the next frame: after a resize the canvas is blank until it is drawn. */
  flush(): void;
  dispose(): void;
}

export function createRenderer(canvas: HTMLCanvasElement, initialTheme: Theme, settled: () => void): Renderer {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This editor cannot draw on a canvas (no 2D context).');
  let scene: Scene | null = null;
  let theme = initialTheme;
  let highlight: Highlight = noHighlight;
  let viewport: Viewport = { x: 0, y: 0, k: 1 };
  let screen: Size = { width: 1, height: 1 };
  let moving = false;
  let frame = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const invalidate = () => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };

  function paint(): void {
    if (frame !== 0) cancelAnimationFrame(frame);
    frame = 0;
    if (context === null) return;
    const ratio = moving ? Math.min(1, window.devicePixelRatio) : window.devicePixelRatio;
    const width = Math.max(1, Math.round(screen.width * ratio));
    const height = Math.max(1, Math.round(screen.height * ratio));
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
    draw({
      context,
      theme,
      scene,
      viewport,
      screen,
      visible: visibleBox(viewport, screen),
      level: levelAt(viewport.k, scene),
      highlight,
      ratio,
    });
  }

  return {
    setScene: (next) => {
      scene = next;
      invalidate();
    },
    setTheme: (next) => {
      theme = next;
      invalidate();
    },
    setHighlight: (next) => {
      highlight = next;
      invalidate();
    },
    setViewport: (next) => {
      viewport = next;
      moving = true;
      clearTimeout(settling);
      settling = setTimeout(() => {
        moving = false;
        if (window.devicePixelRatio > 1) invalidate();
        settled();
      }, settleAfter);
      invalidate();
    },
    resize: (next) => {
      screen = next;
      invalidate();
    },
    flush: paint,
    dispose: () => {
      if (frame !== 0) cancelAnimationFrame(frame);
      frame = 0;
      clearTimeout(settling);
    },
  };
}
