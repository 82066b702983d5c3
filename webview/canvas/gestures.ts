/** Wheel, drag, pinch and programmed moves, all through d3-zoom, so that there is one truth about where we are. */
import { select } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { D3ZoomEvent, ZoomTransform } from 'd3-zoom';
import { interpolate, maxZoom } from './viewport.ts';
import type { Box, Size, Viewport } from './viewport.ts';

export interface Gestures {
  /** Goes there; smoothly unless `animate` is false or the user wants less motion. */
  moveTo(viewport: Viewport, animate?: boolean): void;
  readonly current: () => Viewport;
  /** So far out one may zoom, and so far away pan. */
  limit(world: Box, minZoom: number): void;
  dispose(): void;
}

/** Of the diagram at least this much stays on the screen, in CSS pixels. */
const mustStay = 60;

const travelTime = 220;

/**
 * @param size of the element, known without asking it: that would lay out the whole page first
 * @param taken a press that something else has taken: it does not pan
 */
export function createGestures(
  element: HTMLElement,
  size: () => Size,
  moved: (viewport: Viewport, byUser: boolean) => void,
  taken: () => boolean = () => false,
): Gestures {
  let bounds: Box = { x: 0, y: 0, width: 1, height: 1 };
  let travelling = 0;

  const behaviour = zoom<HTMLElement, unknown>()
    .clickDistance(4)
    .extent(() => {
      const { width, height } = size();
      return [
        [0, 0],
        [width, height],
      ];
    })
    .filter((event: MouseEvent | WheelEvent) => {
      // Ctrl with the wheel is a pinch on a touchpad; other buttons are not ours.
      return event.type === 'wheel' || (!event.ctrlKey && event.button === 0 && !taken());
    })
    .wheelDelta((event) => {
      const unit = event.deltaMode === 1 ? 0.05 : event.deltaMode === 2 ? 1 : 0.002;
      return -event.deltaY * unit * (event.ctrlKey ? 6 : 1);
    })
    .constrain((transform, [[left, top], [right, bottom]]) => {
      const { x, y, k } = transform;
      const clampedX = clamp(x, left + mustStay - (bounds.x + bounds.width) * k, right - mustStay - bounds.x * k);
      const clampedY = clamp(y, top + mustStay - (bounds.y + bounds.height) * k, bottom - mustStay - bounds.y * k);
      return clampedX === x && clampedY === y ? transform : zoomIdentity.translate(clampedX, clampedY).scale(k);
    })
    .on('start', () => {
      element.classList.add('grabbing');
    })
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      const byUser = event.sourceEvent !== null;
      if (byUser) stop();
      moved(toViewport(event.transform), byUser);
    })
    .on('end', () => {
      element.classList.remove('grabbing');
    });

  const selection = select(element).call(behaviour).on('dblclick.zoom', null);

  function stop(): void {
    if (travelling !== 0) cancelAnimationFrame(travelling);
    travelling = 0;
  }

  const jump = ({ x, y, k }: Viewport) => {
    selection.call((target) => {
      behaviour.transform(target, zoomIdentity.translate(x, y).scale(k));
    });
  };
  const current = (): Viewport => toViewport(zoomTransform(element));

  return {
    current,
    moveTo: (target, animate = true) => {
      stop();
      const from = current();
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (!animate || still || document.body.classList.contains('vscode-reduce-motion')) {
        jump(target);
        return;
      }
      const screen = size();
      const started = performance.now();
      const step = (now: number) => {
        const t = Math.min(1, Math.max(0, (now - started) / travelTime));
        travelling = t < 1 ? requestAnimationFrame(step) : 0;
        jump(t < 1 ? interpolate(from, target, 1 - (1 - t) ** 3, screen) : target);
      };
      travelling = requestAnimationFrame(step);
    },
    limit: (world, minZoom) => {
      bounds = world;
      behaviour.scaleExtent([minZoom, maxZoom]);
    },
    dispose: () => {
      stop();
      selection.on('.zoom', null);
    },
  };
}

function toViewport({ x, y, k }: ZoomTransform): Viewport {
  return { x, y, k };
}

function clamp(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value));
}
