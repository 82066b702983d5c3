/** From a diagram to the parts that are laid out by themselves, and from those back to one whole. */
import type { DiagramEdge, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { cluster } from './cluster.ts';
import { curveRoute } from './curves.ts';
import type { EndHeight } from './endHeights.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute } from './layout.ts';
import type { Placed } from './layeredGraph.ts';
import type { PlacedBlock } from './gutterRoutes.ts';
import { pack } from './pack.ts';
import type { PackEffort, PackLink } from './pack.ts';

/** A module, or a part of a large one: what one run of the layered algorithm gets. */
export interface Block {
  readonly id: string;
  readonly module: string;
  readonly tables: readonly DiagramTable[];
  readonly edges: readonly DiagramEdge[];
}

/** Modules above this are cut: more tables than a screen can show with names that can be read. */
const largestBlock = 40;
/** Parts of a cut module. */
const partSize = 25;

export interface Spacing {
  /** Between parts of one module, and between modules. */
  readonly blockGap: number;
  readonly moduleGap: number;
  /** Width to height of what it is packed for. */
  readonly aspect: number;
}

const largeSpacing: Spacing = { blockGap: 70, moduleGap: 72, aspect: 1.6 };
export const framePadding = 22;
/** Room for the module's name. */
const leastHead = 40;
/** Where everything is in sight, names of modules need 12 px of the screen: more of the plane, the more tables there are. */
const headPerRoot = 5.2;
const margin = 32;

/** Height above a module's tables that its name stands in. */
export function frameHead({ tables }: DiagramModel): number {
  return Math.max(leastHead, Math.round(headPerRoot * Math.sqrt(tables.length)));
}

export interface Assembled {
  readonly layout: DiagramLayout;
  readonly blocks: readonly PlacedBlock[];
}

export function blocksOf(model: DiagramModel): readonly Block[] {
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const links = model.edges.map(({ from, to }) => ({ a: from.table, b: to.table }));
  const parts = model.modules.flatMap((module) =>
    (module.tables.length > largestBlock ? cluster(module.tables, links, partSize) : [module.tables]).map(
      (members, index) => ({ id: `${module.id}\n${index}`, module: module.id, members }),
    ),
  );
  const partOf = new Map(parts.flatMap(({ id, members }) => members.map((member) => [member, id] as const)));
  const edges = new Map<string, DiagramEdge[]>();
  for (const edge of model.edges) {
    const part = partOf.get(edge.from.table);
    if (part === undefined || part !== partOf.get(edge.to.table)) continue;
    const list = edges.get(part);
    if (list) list.push(edge);
    else edges.set(part, [edge]);
  }
  return parts.map(({ id, module, members }) => ({
    id,
    module,
    tables: members.flatMap((member) => tables.get(member) ?? []),
    edges: edges.get(id) ?? [],
  }));
}

/**
 * Packs blocks into modules and modules into the whole, and joins what lies in different blocks by curves.
 * @param endHeight null: what has no line yet gets none
 */
export function assemble(
  model: DiagramModel,
  blocks: readonly Block[],
  placed: ReadonlyMap<string, Placed>,
  endHeight: EndHeight | null,
  packing: PackEffort,
  { blockGap, moduleGap, aspect }: Spacing = largeSpacing,
): Assembled {
  const framed = model.modules.length > 1;
  const blockOf = new Map(blocks.flatMap(({ id, tables }) => tables.map((table) => [table.id, id] as const)));
  const moduleOf = new Map(blocks.map(({ id, module }) => [id, module]));
  const blockLinks = countLinks(model.edges, (table) => blockOf.get(table));
  const moduleLinks = countLinks(model.edges, (table) => moduleOf.get(blockOf.get(table) ?? ''));
  const inset = framed ? { x: framePadding, y: frameHead(model) } : { x: 0, y: 0 };

  const inModule = new Map(
    model.modules.map(({ id }) => {
      const items = blocks.flatMap((block) => {
        const size = placed.get(block.id);
        return block.module === id && size !== undefined
          ? [{ id: block.id, width: size.width, height: size.height }]
          : [];
      });
      return [id, pack(items, blockLinks, blockGap, packing, aspect)] as const;
    }),
  );
  const sizes = model.modules.flatMap(({ id }) => {
    const packed = inModule.get(id);
    if (packed === undefined || packed.width === 0) return [];
    return [
      {
        id,
        width: packed.width + 2 * inset.x,
        height: packed.height + inset.y + inset.x,
      },
    ];
  });
  const whole = pack(sizes, moduleLinks, framed ? moduleGap : blockGap, packing, aspect);

  const tables: LayoutBox[] = [];
  const routes = new Map<string, LayoutRoute>();
  const placedBlocks: PlacedBlock[] = [];
  for (const block of blocks) {
    const part = placed.get(block.id);
    const module = whole.positions.get(block.module);
    const position = inModule.get(block.module)?.positions.get(block.id);
    if (part === undefined || module === undefined || position === undefined) continue;
    const dx = margin + module.x + inset.x + position.x;
    const dy = margin + module.y + inset.y + position.y;
    const moved = part.tables.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy }));
    tables.push(...moved);
    // Lines keep out of the head that the module's name stands in, as they keep out of the blocks.
    const head = position.y === 0 ? inset.y : 0;
    placedBlocks.push({
      box: { id: block.id, x: dx, y: dy - head, width: part.width, height: part.height + head },
      tables: moved,
    });
    for (const { id, points } of part.edges)
      routes.set(id, { id, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) });
  }
  const boxes = new Map(tables.map((box) => [box.id, box]));
  const routeOf = (edge: DiagramEdge) =>
    routes.get(edge.id) ?? (endHeight === null ? null : curveRoute(edge, boxes, endHeight));
  const edges = model.edges.flatMap((edge) => routeOf(edge) ?? []);
  const layout: DiagramLayout = {
    tables,
    edges,
    modules: framed
      ? sizes.map((size) => {
          const { x, y } = whole.positions.get(size.id) ?? { x: 0, y: 0 };
          return { ...size, x: x + margin, y: y + margin };
        })
      : [],
    width: whole.width + 2 * margin,
    height: whole.height + 2 * margin,
  };
  return { layout, blocks: placedBlocks };
}

function countLinks(
  edges: readonly DiagramEdge[],
  groupOf: (table: string) => string | undefined,
): readonly PackLink[] {
  const counts = new Map<string, { a: string; b: string; weight: number }>();
  for (const { from, to } of edges) {
    const [a, b] = [groupOf(from.table), groupOf(to.table)];
    if (a === undefined || b === undefined || a === b) continue;
    const key = a < b ? `${a}\t${b}` : `${b}\t${a}`;
    const known = counts.get(key);
    if (known) known.weight++;
    else counts.set(key, { a, b, weight: 1 });
  }
  return [...counts.values()];
}
