/** The whole diagram as a PNG, with all rows, at twice the size where a canvas can be that large. */
import { draw } from './draw.ts';
import { noHighlight } from './frame.ts';
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';

const wantedScale = 2;

/** Chromium draws nothing beyond 16,384 pixels a side; 64 million pixels are 256 MB. */
const maxSide = 16_384;
const maxPixels = 64_000_000;

const margin = 24;

/** Below this rows cannot be read in the picture. */
export const readableScale = 0.6;

export interface ExportedPng {
  /** Base64 without the data-URL prefix. */
  readonly data: string;
  /** Pixels per CSS pixel; under 2 where the diagram is too large for one canvas. */
  readonly scale: number;
}

/** The scale a picture of this many CSS pixels can have. */
export function exportScale(width: number, height: number): number {
  return Math.min(wantedScale, maxSide / width, maxSide / height, Math.sqrt(maxPixels / (width * height)));
}

/** Throws where the browser gives no canvas or no picture of that size, with what to do instead. */
export async function exportPng(scene: Scene, theme: Theme): Promise<ExportedPng> {
  const { blob, scale } = await drawPng(scene, theme);
  return { data: await base64(blob), scale };
}

/** The same as a file of the browser's. */
export async function drawPng(scene: Scene, theme: Theme): Promise<{ readonly blob: Blob; readonly scale: number }> {
  const width = scene.bounds.width + 2 * margin;
  const height = scene.bounds.height + 2 * margin;
  const scale = exportScale(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error(failure);
  draw({
    context,
    theme,
    scene,
    viewport: { x: margin - scene.bounds.x, y: margin - scene.bounds.y, k: 1 },
    screen: { width, height },
    visible: scene.bounds,
    level: 'near',
    highlight: noHighlight,
    ratio: scale,
  });
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  canvas.width = 0;
  if (blob === null) throw new Error(failure);
  return { blob, scale };
}

const failure = 'The diagram is too large for one PNG. Export it as SVG instead.';

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error(failure));
    };
    reader.readAsDataURL(blob);
  });
}
