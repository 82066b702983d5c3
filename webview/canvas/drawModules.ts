/** Module frames behind everything, and their labels. */
import { pixels, screenUnits, worldUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import type { SceneModule } from './scene.ts';
import { ellipsize, textWidth } from './text.ts';

const radius = 10;

export function drawModuleFrames(frame: Frame): void {
  const { context, theme } = frame;
  const shown = visibleModules(frame);
  if (shown.length === 0) return;
  worldUnits(frame);
  context.beginPath();
  for (const module of shown) context.roundRect(module.x, module.y, module.width, module.height, radius);
  context.fillStyle = theme.moduleFill;
  context.fill();
  context.strokeStyle = theme.moduleBorder;
  context.lineWidth = pixels(frame, 1);
  context.stroke();
}

/** In CSS pixels. */
const smallestHeading = 9.5;
const largestHeading = 14;

/** A heading in the frame's head, or on the frame's line where the head is too low for it. */
export function drawModuleHeadings(frame: Frame): void {
  const { context, theme, viewport } = frame;
  screenUnits(frame);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const module of visibleModules(frame)) {
    const head = module.head * viewport.k;
    const size = Math.max(11, Math.min(largestHeading, head - 4));
    const font = `600 ${size}px ${theme.font}`;
    const room = module.width * viewport.k - 20;
    if (room < 24 || module.label === '') continue;
    drawHeading(frame, module, font, size, ellipsize(context, font, module.label, room), head >= size + 4);
  }
}

function drawHeading(
  { context, theme, viewport }: Frame,
  module: SceneModule,
  font: string,
  size: number,
  text: string,
  inside: boolean,
): void {
  if (text === '') return;
  const x = module.x * viewport.k + viewport.x + Math.max(8, Math.min(20, 16 * viewport.k));
  const top = module.y * viewport.k + viewport.y;
  const y = inside ? top + (module.head / 2) * viewport.k + 0.5 : top;
  // Lines between modules run through heads: none may run through a name.
  context.fillStyle = inside ? theme.moduleFill : theme.background;
  context.fillRect(x - 4, y - size / 2 - 1, textWidth(context, font, text) + 8, size + 2);
  context.font = font;
  context.fillStyle = theme.muted;
  context.fillText(text, x, y);
}

interface FarLabel {
  readonly font: string;
  readonly size: number;
  readonly text: string;
  readonly inHead: boolean;
}

/** In the head while it is high enough, else for the middle of the module; null where there is no room. */
function farLabel({ context, theme, viewport }: Frame, module: SceneModule): FarLabel | null {
  const head = Math.min(largestHeading, module.head * viewport.k - 1);
  const width = module.width * viewport.k;
  const inHead = head >= smallestHeading;
  if (!inHead && (width < 28 || module.height * viewport.k < 12)) return null;
  const size = inHead ? Math.floor(head) - 2 : Math.max(9, Math.min(13, width / 9));
  const font = `600 ${inHead ? Math.floor(head) : Math.round(size)}px ${theme.font}`;
  const text = ellipsize(context, font, module.label, width - (inHead ? 12 : 10));
  return text === '' ? null : { font, size, text, inHead };
}

/** Measures the labels that `drawModuleLabels` will draw. */
export function* moduleLabelSteps(frame: Frame): Generator<undefined, void> {
  for (const module of frame.scene.modules) {
    const label = farLabel(frame, module);
    if (label !== null) textWidth(frame.context, label.font, label.text);
    yield;
  }
}

/** Far, where no table has a name: in the head while it is high enough, else in the middle, over the tables. */
export function drawModuleLabels(frame: Frame): void {
  const { context, theme, viewport } = frame;
  screenUnits(frame);
  context.textBaseline = 'middle';
  for (const module of visibleModules(frame)) {
    const label = farLabel(frame, module);
    if (label === null) continue;
    const { font, size, text, inHead } = label;
    if (inHead) {
      context.textAlign = 'left';
      drawHeading(frame, module, font, size, text, true);
      continue;
    }
    context.textAlign = 'center';
    const x = (module.x + module.width / 2) * viewport.k + viewport.x;
    const y = (module.y + module.height / 2) * viewport.k + viewport.y;
    const pill = textWidth(context, font, text) + 12;
    context.globalAlpha = theme.highContrast ? 1 : 0.88;
    context.fillStyle = theme.background;
    context.beginPath();
    context.roundRect(x - pill / 2, y - size / 2 - 4, pill, size + 8, 4);
    context.fill();
    context.globalAlpha = 1;
    if (theme.highContrast) {
      context.strokeStyle = theme.moduleBorder;
      context.lineWidth = 1;
      context.stroke();
    }
    context.font = font;
    context.fillStyle = theme.foreground;
    context.fillText(text, x, y + 0.5);
  }
  context.textAlign = 'left';
}

function visibleModules({ scene, visible }: Frame): readonly SceneModule[] {
  return scene.modules.filter(
    (module) =>
      module.x < visible.x + visible.width &&
      visible.x < module.x + module.width &&
      module.y < visible.y + visible.height &&
      visible.y < module.y + module.height,
  );
}
