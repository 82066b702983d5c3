import { useEffect, useRef } from 'react';
import type { Scene } from '../../canvas/scene.ts';
import type { Surface } from '../../canvas/surface.ts';
import type { Viewport } from '../../canvas/viewport.ts';
import './Minimap.css';

export interface MinimapProps {
  readonly scene: Scene;
  readonly surface: Surface;
}

/** In CSS pixels. */
const largest = { width: 180, height: 130 };

/** The whole in small, with a frame around what is on the screen; for the pointer alone, the keyboard has better ways. */
export function Minimap({ scene, surface }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<HTMLDivElement>(null);
  const scale = Math.min(largest.width / scene.bounds.width, largest.height / scene.bounds.height);
  const width = Math.max(24, Math.round(scene.bounds.width * scale));
  const height = Math.max(18, Math.round(scene.bounds.height * scale));

  useEffect(() => {
    const paint = () => {
      if (canvas.current !== null) drawOverview(canvas.current, scene, surface, scale, width, height);
    };
    // The diagram itself comes first.
    const timer = setTimeout(paint);
    const stop = surface.onTheme(paint);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [scene, surface, scale, width, height]);

  useEffect(() => {
    const place = ({ x, y, k }: Viewport) => {
      const element = frame.current;
      if (element === null) return;
      const size = surface.size();
      const left = (-x / k - scene.bounds.x) * scale;
      const top = (-y / k - scene.bounds.y) * scale;
      const [right, bottom] = [left + (size.width / k) * scale, top + (size.height / k) * scale];
      // With everything in sight there is nothing to show.
      const all = left <= 1 && top <= 1 && right >= width - 1 && bottom >= height - 1;
      element.parentElement?.classList.toggle('minimap-idle', all);
      const [from, above] = [Math.max(0, left), Math.max(0, top)];
      element.style.transform = `translate(${from}px, ${above}px)`;
      element.style.width = `${Math.max(0, Math.min(width, right) - from)}px`;
      element.style.height = `${Math.max(0, Math.min(height, bottom) - above)}px`;
    };
    place(surface.viewport());
    return surface.onMove(place);
  }, [scene, surface, scale, width, height]);

  // The canvas below listens to its element itself, before React hears of anything: what is meant for the map must end here.
  useEffect(() => {
    const element = map.current;
    if (element === null) return;
    const listening = new AbortController();
    const go = (event: PointerEvent) => {
      if (event.buttons !== 1) return;
      const box = element.getBoundingClientRect();
      const { k } = surface.viewport();
      const size = surface.size();
      const x = scene.bounds.x + (event.clientX - box.left) / scale;
      const y = scene.bounds.y + (event.clientY - box.top) / scale;
      surface.moveTo({ k, x: size.width / 2 - x * k, y: size.height / 2 - y * k }, false);
    };
    const options = { signal: listening.signal };
    element.addEventListener(
      'pointerdown',
      (event) => {
        element.setPointerCapture(event.pointerId);
        go(event);
      },
      options,
    );
    element.addEventListener('pointermove', go, options);
    for (const name of ['pointerdown', 'pointermove', 'mousedown', 'click', 'dblclick'])
      element.addEventListener(name, (event) => event.stopPropagation(), options);
    return () => {
      listening.abort();
    };
  }, [scene, surface, scale]);

  return (
    <div className="minimap" aria-hidden="true" style={{ width, height }} ref={map}>
      <canvas ref={canvas} />
      <div className="minimap-frame" ref={frame} />
    </div>
  );
}

function drawOverview(
  canvas: HTMLCanvasElement,
  scene: Scene,
  surface: Surface,
  scale: number,
  width: number,
  height: number,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return;
  const theme = surface.theme();
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(
    ratio * scale,
    0,
    0,
    ratio * scale,
    -scene.bounds.x * ratio * scale,
    -scene.bounds.y * ratio * scale,
  );
  context.strokeStyle = theme.moduleBorder;
  context.lineWidth = 1 / scale;
  for (const module of scene.modules) context.strokeRect(module.x, module.y, module.width, module.height);
  for (const table of scene.tables) {
    context.fillStyle = theme.accents[table.accent % theme.accents.length] ?? theme.muted;
    context.fillRect(table.x, table.y, table.width, table.height);
  }
}
