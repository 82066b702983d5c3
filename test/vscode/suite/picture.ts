/** A test inside the window asks who drives the window for a picture of it, by a line on the console. Elsewhere the line says nothing. */
import { pause } from './waiting.ts';

const mark = '[picture] ';
const settleMs = 1200;
const takeMs = 1500;

/** Saved as `test-results/vscode-<name>.png`. */
export async function picture(name: string): Promise<void> {
  await pause(settleMs);
  console.log(`${mark}${name}`);
  await pause(takeMs);
}
