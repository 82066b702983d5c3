import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { DiagramEdge, DiagramEnum } from '../../../src/core/diagram/model.ts';
import type { Hit } from '../../canvas/hitTest.ts';
import type { Scene } from '../../canvas/scene.ts';
import { createSurface } from '../../canvas/surface.ts';
import type { Surface } from '../../canvas/surface.ts';
import type { Size, Viewport } from '../../canvas/viewport.ts';
import type { Graph } from '../../state/graph.ts';
import type { MenuContext } from './menuContext.ts';
import { HoverCard } from '../HoverCard/HoverCard.tsx';
import type { Hovered } from '../HoverCard/HoverCard.tsx';
import './Canvas.css';

export interface CanvasProps {
  readonly scene: Scene | null;
  /** What the hover card looks up: relations of the whole model, and values of enums. */
  readonly graph: Graph;
  readonly enums: readonly DiagramEnum[];
  readonly selected: string | null;
  readonly column: string | null;
  /** The table under the editor's cursor. */
  readonly followed: string | null;
  /** The keyboard is on the diagram. */
  readonly keyboard: boolean;
  /** What lies over the canvas. */
  readonly children: ReactNode;
  /** The surface when it is made, null when it is gone. */
  readonly onSurface: (surface: Surface | null) => void;
  /** After a new scene has been set; `before` is the one it replaces. */
  readonly onScene: (surface: Surface, scene: Scene, before: Scene | null) => void;
  /** `mark`: on the sign that there are findings. */
  readonly onClick: (table: string | null, column: string | null, mark: boolean) => void;
  readonly onDoubleClick: (table: string, column: string | null) => void;
  readonly onEdge: (edge: DiagramEdge) => void;
  /** A table was put elsewhere, so far away in units of the diagram. */
  readonly onDrop: (table: string, dx: number, dy: number) => void;
  readonly onMove: (viewport: Viewport, byUser: boolean) => void;
  readonly onSettle: (viewport: Viewport) => void;
  /** What VS Code's menu is told of what it opens on (`data-vscode-context`). */
  readonly menuContext: (table: string | null, column: string | null, edge: DiagramEdge | null) => MenuContext;
}

interface Card extends Size {
  readonly hovered: Hovered;
  readonly x: number;
  readonly y: number;
}

/** The pointer must rest this long before the card comes, as with VS Code's hovers. */
const hoverDelay = 450;

const panStep = 80;

export function Canvas(props: CanvasProps) {
  const { scene, selected, column, followed, keyboard, children } = props;
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const beneath = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface | null>(null);
  const drawn = useRef<Scene | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [card, setCard] = useState<Card | null>(null);

  const named = (hit: Hit): { table: string; column: string | null } | null => {
    if (hit?.kind !== 'table') return null;
    const table = scene?.tables[hit.table]?.table;
    return table === undefined
      ? null
      : { table: table.id, column: hit.row === null ? null : (table.columns[hit.row]?.name ?? null) };
  };

  const hover = useEffectEvent((hit: Hit, point: { readonly x: number; readonly y: number } | null) => {
    clearTimeout(timer.current);
    setCard(null);
    const hovered = describe(scene, hit);
    if (hovered === null || point === null) return;
    timer.current = setTimeout(() => {
      if (surface.current !== null) setCard({ hovered, ...point, ...surface.current.size() });
    }, hoverDelay);
  });
  const click = useEffectEvent((hit: Hit) => {
    clearTimeout(timer.current);
    setCard(null);
    const target = named(hit);
    props.onClick(target?.table ?? null, target?.column ?? null, hit?.kind === 'table' && hit.mark);
  });
  const doubleClick = useEffectEvent((hit: Hit) => {
    const target = named(hit);
    if (target !== null) props.onDoubleClick(target.table, target.column);
    const edge = hit?.kind === 'edge' ? scene?.edges[hit.edge]?.edge : undefined;
    if (edge !== undefined) props.onEdge(edge);
  });
  // The keyboard's menu opens on the focused table, wherever the pointer rests.
  const menu = useEffectEvent((hit: Hit, focused: Element | null) => {
    clearTimeout(timer.current);
    setCard(null);
    const byKey = focused?.closest<HTMLElement>('[data-table]')?.dataset.table;
    const target = byKey === undefined ? named(hit) : { table: byKey, column: byKey === selected ? column : null };
    const edge = byKey === undefined && hit?.kind === 'edge' ? (scene?.edges[hit.edge]?.edge ?? null) : null;
    const context = props.menuContext(target?.table ?? null, target?.column ?? null, edge);
    element.current?.setAttribute('data-vscode-context', JSON.stringify(context));
  });
  const drop = useEffectEvent((table: number, dx: number, dy: number) => {
    const id = scene?.tables[table]?.table.id;
    if (id !== undefined) props.onDrop(id, dx, dy);
  });
  const move = useEffectEvent((viewport: Viewport, byUser: boolean) => props.onMove(viewport, byUser));
  const settle = useEffectEvent((viewport: Viewport) => props.onSettle(viewport));
  const publish = useEffectEvent((made: Surface | null) => props.onSurface(made));
  const replaced = useEffectEvent((made: Surface, next: Scene, before: Scene | null) =>
    props.onScene(made, next, before),
  );

  useLayoutEffect(() => {
    if (element.current === null || canvas.current === null || beneath.current === null) return;
    const made = createSurface(element.current, canvas.current, beneath.current, {
      hover: (hit, point) => hover(hit, point),
      click: (hit) => click(hit),
      doubleClick: (hit) => doubleClick(hit),
      menu: (hit, focused) => menu(hit, focused),
      drop: (table, dx, dy) => drop(table, dx, dy),
      move: (viewport, byUser) => move(viewport, byUser),
      settle: (viewport) => settle(viewport),
    });
    surface.current = made;
    publish(made);
    return () => {
      publish(null);
      surface.current = null;
      drawn.current = null;
      clearTimeout(timer.current);
      made.dispose();
    };
  }, []);

  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = scene;
    surface.current?.setScene(scene);
    if (scene !== null && surface.current !== null) replaced(surface.current, scene, before);
  }, [scene]);

  useLayoutEffect(() => {
    surface.current?.setHighlight({
      selected: selected === null ? null : (scene?.byId.get(selected) ?? null),
      selectedColumn: column,
      followed: followed === null ? null : (scene?.byId.get(followed) ?? null),
      keyboard,
    });
  }, [scene, selected, column, followed, keyboard]);

  useEffect(() => {
    const dismiss = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape') setCard(null);
    };
    window.addEventListener('keydown', dismiss);
    return () => {
      window.removeEventListener('keydown', dismiss);
    };
  }, []);

  const keyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const made = surface.current;
    if (made === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey ? pans[event.key] : undefined;
    if (pan !== undefined) made.panBy(pan[0] * panStep, pan[1] * panStep);
    else if (event.key === '+' || event.key === '=') made.zoomBy(1.3);
    else if (event.key === '-') made.zoomBy(1 / 1.3);
    else if (event.key === '0') made.fit();
    else return;
    event.preventDefault();
  };

  return (
    <div className="canvas" ref={element} onKeyDown={keyDown}>
      <div className="canvas-beneath" aria-hidden="true">
        <canvas ref={beneath} />
      </div>
      <canvas ref={canvas} aria-hidden="true" />
      {children}
      {card === null ? null : <HoverCard graph={props.graph} enums={props.enums} {...card} />}
    </div>
  );
}

const pans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function describe(scene: Scene | null, hit: Hit): Hovered | null {
  if (scene === null || hit === null) return null;
  if (hit.kind === 'edge') {
    const edge = scene.edges[hit.edge]?.edge;
    return edge === undefined ? null : { kind: 'edge', edge };
  }
  const table = scene.tables[hit.table]?.table;
  if (table === undefined) return null;
  return { kind: 'table', table, column: hit.row === null ? null : (table.columns[hit.row]?.name ?? null) };
}
