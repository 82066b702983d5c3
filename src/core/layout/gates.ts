/** The ways out of a block of tables: from a row sideways to a free channel, and along it to the block's border. */
import type { LayoutBox } from './layout.ts';

/** Room beside a table where crow's feet stand. */
const leastStub = 16;
/** Between a line and the side of a table that it passes. */
const beside = 12;
const above = 8;
/** Distance between the places that are tried. */
const step = 8;
/** Between a block's border and the first lane around it; tables that are blocks of their own stand closer. */
export const blockLane = 18;
export const tableLane = 12;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where a line leaves its block, and how it gets there. */
export interface Gate {
  /** Left or right side of the table. */
  readonly side: -1 | 1;
  /** Through the top or bottom of the block, or straight through its side. */
  readonly way: 'up' | 'down' | 'straight';
  readonly x: number;
  readonly y: number;
  /** Places at which the upright part may run as well; null where there is none. */
  readonly channel: Range | null;
  /** Length of the way within the block. */
  readonly length: number;
}

/** `tables`: all of the block; `height`: where along the table's side the line starts. */
export function gatesOf(
  table: LayoutBox,
  height: number,
  block: LayoutBox,
  tables: readonly LayoutBox[],
  lane = blockLane,
): readonly Gate[] {
  const gates: Gate[] = [];
  for (const side of [1, -1] as const) {
    const start = side === 1 ? table.x + table.width : table.x;
    const border = side === 1 ? block.x + block.width : block.x;
    const reach = sideways(table, height, side, border, tables);
    if (reach === border)
      gates.push({
        side,
        way: 'straight',
        x: border + side * lane,
        y: height,
        channel: null,
        length: Math.abs(border - start) + lane,
      });
    for (const way of ['up', 'down'] as const) {
      const channel = freeChannel(start, reach, border, side, height, way, block, tables, lane);
      if (channel === null) continue;
      const end = way === 'up' ? block.y - lane : block.y + block.height + lane;
      const x = side === 1 ? channel.from : channel.to;
      gates.push({ side, way, x, y: end, channel, length: Math.abs(x - start) + Math.abs(end - height) });
    }
  }
  return gates;
}

/** How far a level line gets: to the block's border, or to the next table's side. */
function sideways(
  table: LayoutBox,
  height: number,
  side: -1 | 1,
  border: number,
  tables: readonly LayoutBox[],
): number {
  let reach = border;
  for (const other of tables) {
    if (other === table || other.y - above > height || other.y + other.height + above < height) continue;
    if (side === 1 && other.x >= table.x + table.width) reach = Math.min(reach, other.x);
    if (side === -1 && other.x + other.width <= table.x) reach = Math.max(reach, other.x + other.width);
  }
  return reach;
}

/** The first run of places from the table on at which the way up or down is free. */
function freeChannel(
  start: number,
  reach: number,
  border: number,
  side: -1 | 1,
  height: number,
  way: 'up' | 'down',
  block: LayoutBox,
  tables: readonly LayoutBox[],
  lane: number,
): Range | null {
  const room = reach === border ? lane - 2 : -beside;
  const last = Math.abs(reach - start) + room;
  let first: number | null = null;
  let end = 0;
  for (let distance = leastStub; distance <= last; distance += step) {
    const x = start + side * distance;
    const free = !tables.some(
      (other) =>
        other.x - beside < x &&
        other.x + other.width + beside > x &&
        (way === 'up'
          ? other.y < height && other.y + other.height > block.y - 1
          : other.y + other.height > height && other.y < block.y + block.height + 1),
    );
    if (free) {
      first ??= distance;
      end = distance;
    } else if (first !== null) break;
  }
  if (first === null) return null;
  const [a, b] = [start + side * first, start + side * end];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}
