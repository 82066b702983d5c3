/** What is on a screenshot, without a picture library: the browser decodes it. */
import type { Page } from 'playwright-core';

export interface Ink {
  /** Share of pixels that differ from the commonest colour. */
  readonly share: number;
  /** Number of distinct colours, rounded to 16 levels a channel. */
  readonly colours: number;
}

/** Of the part of the page under the canvas. */
export async function canvasInk(page: Page): Promise<Ink> {
  const picture = await page.locator('.canvas > canvas').screenshot();
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map<number, number>();
    for (let index = 0; index < data.length; index += 4) {
      const colour = ((data[index]! >> 4) << 8) | ((data[index + 1]! >> 4) << 4) | (data[index + 2]! >> 4);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return { share: 1 - Math.max(...counts.values()) / (data.length / 4), colours: counts.size };
  }, picture.toString('base64'));
}
