/** Names of the tables with the most relations, where boxes are too small to hold theirs: beside the box, as on a map. */
import { screenUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Scene, SceneTable } from './scene.ts';
import { ellipsize, textWidth } from './text.ts';
import { contains } from './viewport.ts';
import type { Box } from './viewport.ts';

/** In CSS pixels. */
const size = 10;
const height = 13;
const inset = 3;
const widest = 130;
/** Between a name and anything else. */
const clearance = 2;

/** Around the whole, where names are not cut off: a little less than what is left free of a picture that is made to fit. */
const margin = 20;

/** A table that is related to fewer is no landmark. */
const leastNeighbours = 3;
/** More names than that are no overview. */
const mostNames = 120;

/** In units of the world. */
export interface PlacedName extends Box {
  readonly table: number;
  readonly text: string;
}

/**
 * Names above or below their boxes, clear of all tables, of headings of modules and of each other; the tables with the most
 * neighbours choose first, and what finds no room stays without a name.
 * @param label the text as it is drawn and its width, in CSS pixels
 */
export function placeNames(
  scene: Scene,
  k: number,
  label: (name: string) => { readonly text: string; readonly width: number },
): readonly PlacedName[] {
  const gap = clearance / k;
  const sight = grown(scene.bounds, margin / k);
  const heads = scene.modules.map(({ x, y, width, head }): Box => ({ x, y, width, height: head }));
  const placed: PlacedName[] = [];
  for (const index of landmarksOf(scene)) {
    const table = scene.tables[index];
    if (table === undefined) continue;
    const { text, width } = label(table.table.name);
    const own = { width: (width + 2 * inset) / k, height: height / k };
    const frame = scene.modules.find((module) => contains(module, table)) ?? scene.bounds;
    const free = placesOf(table, own, gap).find(
      (place) =>
        contains(sight, place) &&
        // Else it would seem to be of the module beside its own.
        contains(frame, middleOf(place)) &&
        scene.tableIndex.search(place).length === 0 &&
        !heads.some((head) => overlap(head, place)) &&
        !placed.some((other) => overlap(other, place)),
    );
    if (free !== undefined) placed.push({ ...free, table: index, text });
  }
  return placed;
}

/** Tables with the most neighbours, which come first. */
function landmarksOf(scene: Scene): readonly number[] {
  return [...scene.tables.keys()]
    .filter((index) => neighbours(scene, index) >= leastNeighbours)
    .sort((a, b) => neighbours(scene, b) - neighbours(scene, a) || a - b)
    .slice(0, mostNames);
}

function neighbours(scene: Scene, index: number): number {
  return scene.tables[index]?.neighbours.size ?? 0;
}

/** Above and below, in the middle and at both ends. */
function placesOf(table: SceneTable, { width, height }: Pick<Box, 'width' | 'height'>, gap: number): readonly Box[] {
  const tops = [table.y - gap - height, table.y + table.height + gap];
  const lefts = [table.x + (table.width - width) / 2, table.x, table.x + table.width - width];
  return lefts.flatMap((x) => tops.map((y) => ({ x, y, width, height })));
}

function middleOf({ x, y, width, height }: Box): Box {
  return { x: x + width / 2, y: y + height / 2, width: 0, height: 0 };
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function fontOf({ theme }: Frame): string {
  return `500 ${size}px ${theme.font}`;
}

/** Names between two pauses of `farNameSteps`. */
const namesPerStep = 20;

/** Measures the names that `drawFarNames` will place. */
export function* farNameSteps(frame: Frame): Generator<undefined, void> {
  const { context, scene } = frame;
  const font = fontOf(frame);
  for (const [place, index] of landmarksOf(scene).entries()) {
    if (place % namesPerStep === namesPerStep - 1) yield;
    ellipsize(context, font, scene.tables[index]?.table.name ?? '', widest);
  }
}

/** Of the last zoom: while the picture is only moved, names keep their places. */
const kept = new WeakMap<Scene, { readonly k: number; readonly font: string; readonly names: readonly PlacedName[] }>();

/** @param active of these tables alone; null: of all */
export function drawFarNames(frame: Frame, active: ReadonlySet<number> | null): void {
  const { context, theme, scene, viewport } = frame;
  const { k } = viewport;
  const font = fontOf(frame);
  let last = kept.get(scene);
  if (last?.k !== k || last.font !== font) {
    const names = placeNames(scene, k, (name) => {
      const text = ellipsize(context, font, name, widest);
      return { text, width: textWidth(context, font, text) };
    });
    kept.set(scene, (last = { k, font, names }));
  }
  screenUnits(frame);
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { table, text, ...box } of last.names) {
    if (active !== null && !active.has(table)) continue;
    const left = box.x * k + viewport.x;
    const top = box.y * k + viewport.y;
    // Lines run everywhere: none may run through a name.
    context.fillStyle = theme.moduleFill;
    context.fillRect(left, top, box.width * k, height);
    context.fillStyle = theme.muted;
    context.fillText(text, left + inset, top + height / 2 + 0.5);
  }
}
