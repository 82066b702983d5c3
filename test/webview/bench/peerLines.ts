/** Lines of a React Flow diagram as they are drawn, judged as ours are. */
import type { Page } from 'playwright-core';
import { lineQuality } from '../../../src/core/layout/quality.ts';

export async function peerLines(page: Page): Promise<{ readonly crossings: number; readonly edgeLength: number }> {
  const lines = await page.evaluate(() =>
    [...document.querySelectorAll<SVGPathElement>('.react-flow__edge-path')].map((path) => {
      const length = path.getTotalLength();
      return Array.from({ length: 13 }, (_, index) => {
        const { x, y } = path.getPointAtLength((length * index) / 12);
        return { x, y };
      });
    }),
  );
  return lineQuality(lines);
}
