import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, Ref } from 'react';
import type { DiagramModel, DiagramTable } from '../../../src/core/diagram/model.ts';
import type { EditGesture } from '../../../src/protocol/webview.ts';
import { placeGrid } from '../../../src/core/layout/freePlace.ts';
import type { DiagramLayout, LayoutBox } from '../../../src/core/layout/layout.ts';
import { t } from '../../l10n.ts';
import { tableSummary } from '../../state/describe.ts';
import type { Graph } from '../../state/graph.ts';
import { neighbourInDirection, readingOrder } from '../../state/navigation.ts';
import type { Direction } from '../../state/navigation.ts';
import './AccessibleLayer.css';

export interface AccessibleLayerProps {
  /** Moved and scaled by the canvas, so that elements lie over what they name. */
  readonly ref: Ref<HTMLDivElement>;
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
  /** Another layout will follow at once: the first tables are enough until then. */
  readonly passing: boolean;
  /** Of the whole model: a table's summary does not depend on the level of detail. */
  readonly graph: Graph;
  readonly selected: string | null;
  readonly onMove: (id: string) => void;
  /** Alt and an arrow: the table goes so many pixels of the diagram that way. */
  readonly onPush: (id: string, dx: number, dy: number) => void;
  /** Enter. */
  readonly onOpen: (id: string) => void;
  /** F2, Delete and Insert. */
  readonly onEdit: (what: EditGesture, id: string) => void;
  readonly onClear: () => void;
  /** The keyboard came onto the diagram or left it. */
  readonly onKeyboard: (here: boolean) => void;
}

/** Elements added per idle moment: a thousand at once would hold up the first picture. */
const pieceSize = 50;
const pieceDelay = 20;

/**
 * What a canvas cannot give: one focusable, named element per table, with one tab stop and arrow keys that follow relations.
 * The pointer goes through it to the canvas.
 */
export function AccessibleLayer(props: AccessibleLayerProps) {
  const { ref, model, layout, passing, graph, selected, onMove, onPush, onOpen, onEdit, onClear, onKeyboard } = props;
  const root = useRef<HTMLDivElement>(null);
  const boxes = useMemo(() => new Map(layout.tables.map((box) => [box.id, box])), [layout]);
  const [stage, setStage] = useState<Stage>({ boxes, count: 1, before: null, countBefore: 0 });
  if (stage.boxes !== boxes) {
    const countBefore = Math.max(stage.count, stage.countBefore);
    setStage({ boxes, count: 1, before: stage.boxes, countBefore });
  }
  const { before, count, countBefore } = stage;
  const order = useMemo(() => {
    const modules = new Map(model.modules.map((module, index) => [module.id, index]));
    return readingOrder(layout.tables, new Map(model.tables.map(({ id, module }) => [id, modules.get(module) ?? 0])));
  }, [model, layout]);
  const active = selected !== null && boxes.has(selected) ? selected : (order[0] ?? null);
  const drawn = useMemo(() => new Map(model.tables.map((table) => [table.id, table])), [model]);
  const pieces = useMemo(() => piecesOf(order, model), [order, model]);

  useEffect(() => {
    if (passing || count >= pieces.length) return;
    const timer = setTimeout(() => {
      setStage({ ...stage, count: count + 1 });
    }, pieceDelay);
    return () => {
      clearTimeout(timer);
    };
  }, [stage, count, pieces.length, passing]);

  // Focus follows the selection while it is on the diagram.
  useEffect(() => {
    const list = root.current;
    const focused = document.activeElement;
    if (list === null || active === null || focused === null || !list.contains(focused)) return;
    focusTable(list, active);
  }, [active]);

  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (active === null || event.ctrlKey || event.metaKey) return;
    const direction = directions[event.key];
    if (event.altKey && direction !== undefined) {
      const [right, down] = steps[direction];
      const step = event.shiftKey ? farPush : nearPush;
      onPush(active, right * step, down * step);
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.altKey || event.shiftKey) return;
    if (direction !== undefined) {
      const related = new Set(graph.neighbours.get(active) ?? []);
      const next = neighbourInDirection(layout.tables, related, active, direction);
      if (next !== null) onMove(next);
    } else if (event.key === 'Home' && order[0] !== undefined) onMove(order[0]);
    else if (event.key === 'End') onMove(order.at(-1) ?? active);
    else if (event.key === 'Enter') onOpen(active);
    else if (event.key === ' ') onMove(active);
    else if (gestures[event.key] !== undefined) onEdit(gestures[event.key] ?? 'renameElement', active);
    else if (event.key === 'Escape') onClear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="accessible-clip">
      <div
        ref={(element) => {
          root.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref !== null) ref.current = element;
        }}
        className="accessible-layer"
        role="listbox"
        aria-label={t(
          'Tables of the diagram. Arrow keys follow relations, Alt and an arrow moves a table, Enter opens the source.',
        )}
        onKeyDown={keyDown}
        onFocus={(event) => {
          if (event.target instanceof HTMLElement) onKeyboard(event.target.matches(':focus-visible'));
        }}
        onBlur={(event) => {
          if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
            onKeyboard(false);
        }}
      >
        {pieces.map(({ key, ids }, index) => {
          const here = active !== null && ids.includes(active) ? active : null;
          const shown = index < count || here !== null ? boxes : index < countBefore ? before : null;
          return shown === null ? null : (
            <Piece
              key={key}
              ids={ids}
              boxes={shown}
              drawn={drawn}
              graph={graph}
              current={here}
              selected={here !== null && here === selected}
            />
          );
        })}
      </div>
    </div>
  );
}

/** As in VS Code's explorer and its lists. */
const gestures: Readonly<Record<string, EditGesture | undefined>> = {
  F2: 'renameElement',
  Delete: 'deleteElement',
  Insert: 'addColumn',
};

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const steps: Readonly<Record<Direction, readonly [right: number, down: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Pixels of the diagram that one key moves a table, and with Shift: whole steps of its grid. */
const nearPush = 2 * placeGrid;
const farPush = 12 * placeGrid;

/** So many pieces show the boxes; of the others those that were there still show the boxes before. */
interface Stage {
  readonly boxes: ReadonlyMap<string, LayoutBox>;
  readonly count: number;
  readonly before: ReadonlyMap<string, LayoutBox> | null;
  readonly countBefore: number;
}

/** Tables in reading order, cut within their modules: a new layout leaves each in its piece. */
function piecesOf(
  order: readonly string[],
  model: DiagramModel,
): readonly { readonly key: string; readonly ids: readonly string[] }[] {
  const moduleOf = new Map(model.tables.map(({ id, module }) => [id, module]));
  const pieces: { key: string; ids: string[] }[] = [];
  let module: string | undefined;
  for (const id of order) {
    const last = pieces.at(-1);
    const own = moduleOf.get(id);
    if (last === undefined || (last.ids.length >= pieceSize / 2 && own !== module) || last.ids.length >= pieceSize)
      pieces.push({ key: `${own ?? ''}\n${pieces.length}`, ids: [id] });
    else last.ids.push(id);
    module = own;
  }
  return pieces;
}

/** A part of the tables: a change of the selection renders the one or two parts that it is about. */
const Piece = memo(function Piece({
  ids,
  boxes,
  drawn,
  graph,
  current,
  selected,
}: {
  readonly ids: readonly string[];
  readonly boxes: ReadonlyMap<string, LayoutBox>;
  /** Boxes that stand for modules are in no other list. */
  readonly drawn: ReadonlyMap<string, DiagramTable>;
  readonly graph: Graph;
  /** The table that has the tab stop, where it is one of these. */
  readonly current: string | null;
  readonly selected: boolean;
}) {
  return (
    <div role="presentation" className="accessible-piece">
      {ids.map((id) => {
        const box = boxes.get(id);
        const table = graph.tables.get(id) ?? drawn.get(id);
        if (box === undefined || table === undefined) return null;
        return (
          <TableElement
            key={id}
            box={box}
            graph={graph}
            table={table}
            current={id === current}
            selected={selected && id === current}
          />
        );
      })}
    </div>
  );
});

const TableElement = memo(function TableElement({
  box,
  graph,
  table,
  current,
  selected,
}: {
  readonly box: LayoutBox;
  readonly graph: Graph;
  readonly table: DiagramTable;
  readonly current: boolean;
  readonly selected: boolean;
}) {
  return (
    <div
      role="option"
      data-table={box.id}
      aria-label={tableSummary(graph, table, table.columns.length)}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      style={{
        margin: `${box.y}px 0 ${-box.y - box.height}px ${box.x}px`,
        width: box.width,
        height: box.height,
      }}
    />
  );
});

/** Without scrolling: the layer lies far outside its clip most of the time. */
export function focusTable(layer: HTMLElement, id: string): void {
  layer.querySelector<HTMLElement>(`[data-table="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
