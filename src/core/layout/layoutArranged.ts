/** A diagram whose tables the user has put in their places: those stay, new ones join them, and the lines follow. */
import type { DiagramModel } from '../diagram/model.ts';
import type { Places } from '../diagram/saved.ts';
import type { Arrangement } from '../diagram/view.ts';
import { frameHead, framePadding } from './blocks.ts';
import { endHeights } from './endHeights.ts';
import { leastGap, placeNew, separated } from './freePlace.ts';
import type { DiagramLayout, LayoutBox, Metrics } from './layout.ts';
import { tableSize } from './metrics.ts';
import { routeFree } from './routeFree.ts';

/** More new tables than this share of the placed ones (and than so many) are laid out among themselves, below the others. */
const fewShare = 0.5;
const fewNew = 8;

/**
 * Coordinates are those of the places, so they may be negative; `atOrigin` makes them fit a picture.
 * @param automatic lays out a model without places
 */
export async function layoutArranged(
  model: DiagramModel,
  places: Places,
  metrics: Metrics,
  arrangement: Arrangement,
  automatic: (model: DiagramModel) => Promise<DiagramLayout>,
): Promise<DiagramLayout> {
  const sized = model.tables.map((table) => ({ id: table.id, module: table.module, ...tableSize(table, metrics) }));
  const known = sized.flatMap(({ id, width, height }): LayoutBox[] => {
    const place = Object.hasOwn(places, id) ? places[id] : undefined;
    return place === undefined ? [] : [{ id, width, height, x: place[0], y: place[1] }];
  });
  const placed = separated(known);
  const fresh = sized.filter(({ id }) => !Object.hasOwn(places, id));
  const added =
    fresh.length > Math.max(fewNew, placed.length * fewShare)
      ? belowAll(await automatic(part(model, new Set(fresh.map(({ id }) => id)))), placed)
      : placeNew(
          fresh.map((table) => ({ ...table, x: 0, y: 0 })),
          placed,
          model.edges,
          new Map(model.tables.map(({ id, module }) => [id, module])),
          arrangement === 'down',
        );
  const byId = new Map([...placed, ...added].map((box) => [box.id, box]));
  const tables = model.tables.flatMap(({ id }) => byId.get(id) ?? []);
  const edges = routeFree(model.edges, tables, endHeights(model, metrics));
  const modules = framesOf(model, byId);
  const all = [...tables, ...modules];
  return {
    tables,
    edges,
    modules,
    width: Math.max(0, ...all.map(({ x, width }) => x + width)),
    height: Math.max(0, ...all.map(({ y, height }) => y + height)),
  };
}

function part(model: DiagramModel, ids: ReadonlySet<string>): DiagramModel {
  return {
    ...model,
    tables: model.tables.filter(({ id }) => ids.has(id)),
    edges: model.edges.filter(({ from, to }) => ids.has(from.table) && ids.has(to.table)),
    modules: model.modules
      .map((module) => ({ ...module, tables: module.tables.filter((id) => ids.has(id)) }))
      .filter(({ tables }) => tables.length > 0),
  };
}

function belowAll({ tables }: DiagramLayout, placed: readonly LayoutBox[]): readonly LayoutBox[] {
  if (placed.length === 0) return tables;
  const left = Math.min(...placed.map(({ x }) => x)) - Math.min(...tables.map(({ x }) => x));
  const bottom = Math.max(...placed.map(({ y, height }) => y + height));
  const top = bottom + 3 * leastGap - Math.min(...tables.map(({ y }) => y));
  return tables.map((box) => ({ ...box, x: Math.round(box.x + left), y: Math.round(box.y + top) }));
}

/** Around the tables of each module, wherever they are; where there is one module, no frame says anything. */
export function framesOf(model: DiagramModel, boxes: ReadonlyMap<string, LayoutBox>): readonly LayoutBox[] {
  if (model.modules.length < 2) return [];
  const head = frameHead(model);
  const frames = model.modules.flatMap(({ id, tables }): readonly LayoutBox[] => {
    const members = tables.flatMap((table) => boxes.get(table) ?? []);
    if (members.length === 0) return [];
    const left = Math.min(...members.map(({ x }) => x)) - framePadding;
    const top = Math.min(...members.map(({ y }) => y)) - head;
    const right = Math.max(...members.map(({ x, width }) => x + width)) + framePadding;
    const bottom = Math.max(...members.map(({ y, height }) => y + height)) + framePadding;
    return [{ id, x: left, y: top, width: right - left, height: bottom - top }];
  });
  // Frames lie upon each other where tables of one module stand among those of another: the larger ones at the bottom.
  return [...frames].sort((a, b) => b.width * b.height - a.width * a.height);
}
