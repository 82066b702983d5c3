import { startTransition, useMemo, useReducer, useRef, useState } from 'react';
import { moduleOfBox } from '../../../src/core/diagram/applyView.ts';
import { pathBetween } from '../../../src/core/diagram/neighbourhood.ts';
import type { DiagramView } from '../../../src/core/diagram/view.ts';
import { parseOutline } from '../../../src/core/layout/outline.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import type { EditGesture, ToWebview, ViewAct, WebviewState } from '../../../src/protocol/webview.ts';
import { measuredMetrics } from '../../canvas/measure.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { Surface } from '../../canvas/surface.ts';
import type { Viewport } from '../../canvas/viewport.ts';
import type { Begun } from '../../first/firstPicture.ts';
import type { Host } from '../../host.ts';
import type { LayoutClient } from '../../layout/client.ts';
import { tableAt } from '../../../src/core/diagram/tableAt.ts';
import type { Place } from '../../../src/core/diagram/tableAt.ts';
import { tableSummary } from '../../state/describe.ts';
import { reduce, savedOf } from '../../state/diagramState.ts';
import { graphOf } from '../../state/graph.ts';
import { t } from '../../l10n.ts';
import { unhide } from '../../state/unhide.ts';
import type { TextFieldHandle } from '../../ui/TextField.tsx';
import { FilterBar } from '../FilterBar/FilterBar.tsx';
import { Minimap } from '../Minimap/Minimap.tsx';
import { AccessibleLayer, focusTable } from '../AccessibleLayer/AccessibleLayer.tsx';
import { Canvas } from '../Canvas/Canvas.tsx';
import { menuContextOf, relationContextOf } from '../Canvas/menuContext.ts';
import { EmptyState } from '../EmptyState/EmptyState.tsx';
import { Search } from '../Search/Search.tsx';
import { SidePanel } from '../SidePanel/SidePanel.tsx';
import { StatusLine } from '../StatusLine/StatusLine.tsx';
import { Toolbar } from '../Toolbar/Toolbar.tsx';
import { ViewsMenu } from '../Toolbar/ViewsMenu.tsx';
import { copyPicture } from './copyPicture.ts';
import { holdStill } from './holdStill.ts';
import { findingOf, sourceOf } from './lookups.ts';
import { postPng } from './postPng.ts';
import { useKeptState } from './useKeptState.ts';
import { useKeptLayout } from './useKeptLayout.ts';
import { useLayout } from './useLayout.ts';
import { useSavedView } from './useSavedView.ts';
import { useScene } from './useScene.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useTakingOver } from './useTakingOver.ts';
import './App.css';

export interface AppProps {
  readonly host: Host;
  readonly layouts: LayoutClient;
  readonly saved: WebviewState | null;
  readonly begun: Begun;
}

export function App({ host, layouts, saved, begun }: AppProps) {
  const [state, dispatch] = useReducer(reduce, begun.state);
  const [zoom, setZoom] = useState<number | null>(null);
  const [keyboard, setKeyboard] = useState(false);
  const [announcement, setAnnouncement] = useState('');
  const surface = useRef<Surface | null>(null);
  const layer = useRef<HTMLDivElement>(null);
  const searchField = useRef<TextFieldHandle>(null);
  /** Where to go once there is a scene: the saved viewport until the real layout has come or the user has moved. */
  const restore = useRef<Viewport | null>(saved?.zoom ?? null);
  const wanted = useRef<string | null>(null);
  const cursor = useRef<Place | null>(null);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  const [made, setMade] = useState<Surface | null>(null);
  /** The next scene is made to fit, wherever the user has moved before. */
  const refit = useRef(false);
  /** The next scenes differ by what was moved: that is to be seen, and nothing has to be held still. */
  const moving = useRef(false);

  const busy = useLayout(state, dispatch, layouts);
  useKeptLayout(state, host);
  const { model, layout, view } = state;
  const graph = model === null ? null : graphOf(model);
  const { scene, making } = useScene(layout, begun.scene);
  const noPath = useMemo(
    () => model !== null && view.path !== null && pathBetween(model, view.path.from, view.path.to) === null,
    [model, view.path],
  );
  const selectedTable = state.selected === null ? null : (graph?.tables.get(state.selected) ?? null);

  const save = useKeptState(state, host, surface);

  const edit = (what: EditGesture, table: string | null, column: string | null) => {
    const columns = column === null ? [] : [column];
    host.post({ type: 'edit', what, table, element: column === null ? 'table' : 'column', columns });
  };
  const openSource = (at: SourceRange, preserveFocus: boolean) => {
    host.post({ type: 'openSource', at, preserveFocus });
  };
  /** Selects a table and brings it to the middle, now or as soon as it is drawn. */
  const jump = (id: string, column: string | null, focus: boolean) => {
    if (chooseForPath(id)) {
      dispatch({ type: 'select', table: id, column });
      return;
    }
    const change = model === null ? null : unhide(model, view, id);
    if (change !== null) changeView(change);
    dispatch({ type: 'select', table: id, column });
    const index = scene?.byId.get(id);
    if (index === undefined) wanted.current = id;
    else surface.current?.centre(index);
    if (focus)
      requestAnimationFrame(() => {
        if (layer.current !== null) focusTable(layer.current, id);
      });
    const table = graph?.tables.get(id);
    if (!focus && table !== undefined && graph !== null)
      setAnnouncement(tableSummary(graph, table, table.columns.length));
  };

  /** Another choice of what is shown calls for another look at the whole. */
  const changeView = (change: Partial<DiagramView>) => {
    refit.current = true;
    startTransition(() => {
      dispatch({ type: 'view', change });
    });
  };

  const selectedIndex = state.selected === null ? undefined : scene?.byId.get(state.selected);
  const fitSelection = (index: number) => {
    surface.current?.fitTables([index, ...(scene?.tables[index]?.neighbours ?? [])]);
  };

  /** The table under the editor's cursor is marked, and brought into sight where the user wants that. */
  const followCursor = (at: Place | null) => {
    cursor.current = at;
    const found = at === null || model === null ? null : tableAt(model, at);
    dispatch({ type: 'followed', table: found?.table ?? null });
    const index = found === null || found.table === state.followed ? undefined : scene?.byId.get(found.table);
    if (state.follow && index !== undefined) surface.current?.reveal(index);
  };

  /** A box stands for the tables of its module. */
  const openBox = (id: string): boolean => {
    const module = moduleOfBox(id);
    if (module !== null) changeView({ collapsed: view.collapsed.filter((candidate) => candidate !== module) });
    return module !== null;
  };

  /** A click while a path is being chosen is its end. */
  const chooseForPath = (to: string): boolean => {
    if (pathFrom === null || to === pathFrom) return false;
    setPathFrom(null);
    changeView({ path: { from: pathFrom, to }, focus: null });
    return true;
  };

  const act = (what: ViewAct) => {
    if (what === 'create' || what === 'rename' || what === 'delete') {
      host.post({ type: 'manageView', how: what, saved: savedOf(state, what === 'create') });
      return;
    }
    if (what === 'arrange') refit.current = true;
    else moving.current = true;
    dispatch({ type: what });
  };

  const receive = (message: ToWebview) => {
    switch (message.type) {
      case 'model':
        if (message.project !== state.project) restore.current = null;
        // Large models take long to render: the page stays responsive in between.
        startTransition(() => {
          dispatch(message);
        });
        break;
      case 'outline':
        dispatch({ type: 'outline', outline: parseOutline(message.text) });
        break;
      case 'empty':
        dispatch(message);
        break;
      case 'saved':
        if (state.savedView !== null && message.name !== state.savedView.name) refit.current = true;
        dispatch(message);
        break;
      case 'act':
        act(message.act);
        break;
      case 'cursor':
        followCursor(message.at);
        break;
      case 'reveal':
        if (model === null) wanted.current = message.table;
        jump(message.table, message.column ?? null, false);
        break;
      case 'export':
        void postPng(host, scene, surface.current, message.theme).then((text) => {
          if (text !== null) dispatch({ type: 'notice', text });
        });
        break;
    }
  };
  useTakingOver(host, state, begun, scene !== null || state.status === 'empty', receive);
  useShortcuts({ search: () => searchField.current?.focus(), undo: () => act('undo'), redo: () => act('redo') });
  useSavedView(state, host);

  /** The table stays in sight, and so does everything around it. */
  const moveTable = (table: string, dx: number, dy: number, about: string | null) => {
    surface.current?.touch();
    moving.current = true;
    dispatch({ type: 'move', table, dx, dy, metrics: measuredMetrics(), about });
    setAnnouncement(t('{0} moved', graph?.tables.get(table)?.name ?? table));
  };

  /** A new picture: restore what was saved, fit what is new, hold still what the user has moved to. */
  const sceneChanged = (made: Surface, next: Scene, before: Scene | null) => {
    const isFinal = layout?.quality === 'final' && layout.structure === state.structure;
    const index = wanted.current === null ? undefined : next.byId.get(wanted.current);
    if (index !== undefined) {
      dispatch({ type: 'select', table: wanted.current });
      if (layout?.quality === 'final') wanted.current = null;
      restore.current = null;
      made.centre(index);
    } else if (restore.current !== null) {
      made.moveTo(restore.current, false);
      if (layout?.quality === 'final') restore.current = null;
    } else if (before === null || !made.touched() || refit.current) made.fit(false);
    else if (!moving.current && Object.keys(state.places).length === 0) {
      const held = holdStill(made.viewport(), made.size(), before, next, state.selected);
      if (held !== null) made.moveTo(held, false);
    }
    if (isFinal) {
      refit.current = false;
      moving.current = false;
    }
  };

  const settle = (viewport: Viewport) => {
    if (layer.current !== null)
      layer.current.style.transform = `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.k})`;
    setZoom(viewport.k);
    save();
  };

  return (
    <div className="app">
      <Toolbar
        title={model?.title ?? ''}
        projects={state.projects}
        project={state.project}
        view={state.view}
        minimap={state.minimap}
        follow={state.follow}
        enabled={scene !== null}
        panel={state.panel}
        search={
          <Search
            model={model}
            handle={searchField}
            onJump={(hit) => jump(hit.table, hit.column, true)}
            onLeave={() => {
              const id = state.selected ?? scene?.tables[0]?.table.id;
              if (id !== undefined && layer.current !== null) focusTable(layer.current, id);
            }}
          />
        }
        views={
          <ViewsMenu
            savedView={state.savedView}
            canUndo={state.history.past.length > 0}
            canRedo={state.history.future.length > 0}
            arranged={Object.keys(state.places).length > 0}
            onAct={act}
            comparing={model?.changes !== undefined}
            onSince={() => host.post({ type: 'since' })}
            onChoose={(name) => host.post({ type: 'chooseView', name })}
          />
        }
        onProject={(project) => host.post({ type: 'selectProject', project })}
        onDetail={(detail) => dispatch({ type: 'detail', detail })}
        onView={changeView}
        onMinimap={(shown) => dispatch({ type: 'minimap', shown })}
        onFollow={(on) => dispatch({ type: 'follow', on })}
        onZoom={(factor) => surface.current?.zoomBy(factor)}
        onFit={() => surface.current?.fit()}
        onFitSelection={selectedIndex === undefined ? null : () => fitSelection(selectedIndex)}
        onExport={(format) => host.post({ type: 'export', format, view: state.view, places: state.places })}
        onCopy={() => void copyPicture(scene, surface.current).then((text) => dispatch({ type: 'notice', text }))}
        onPanel={() => dispatch({ type: 'panel', open: !state.panel })}
      />
      {state.status !== 'ready' || model === null ? null : (
        <FilterBar
          model={model}
          view={state.view}
          shown={state.shown?.tables.length ?? 0}
          pathFrom={pathFrom}
          noPath={noPath}
          onView={changeView}
          onCancelPath={() => setPathFrom(null)}
        />
      )}
      {state.status !== 'ready' || graph === null || model === null ? (
        <main className="app-main">
          <EmptyState loading={state.status === 'loading'} message={state.message} />
        </main>
      ) : (
        <main className="app-main">
          <Canvas
            scene={scene}
            graph={graph}
            enums={model.enums}
            selected={state.selected}
            column={state.selectedColumn}
            followed={state.followed}
            keyboard={keyboard}
            onSurface={(made) => {
              surface.current = made;
              setMade(made);
            }}
            onScene={sceneChanged}
            onClick={(table, column, mark) => {
              if (table !== null && openBox(table)) return;
              dispatch({ type: 'select', table, column });
              if (table === null || chooseForPath(table)) return;
              if (layer.current !== null) focusTable(layer.current, table);
              const finding = mark ? findingOf(graph, table, column) : null;
              const at = finding?.at ?? sourceOf(graph, table, column);
              if (at !== null) openSource(at, true);
            }}
            onEdge={({ at }) => openSource(at, false)}
            onDoubleClick={(table, column) => {
              const at = sourceOf(graph, table, column);
              if (at !== null) openSource(at, false);
            }}
            onDrop={(table, dx, dy) => moveTable(table, dx, dy, null)}
            onMove={(viewport, byUser) => {
              if (byUser) restore.current = null;
              // The layer is hidden from the eye; it follows when the picture rests.
              if (zoom === null) settle(viewport);
            }}
            onSettle={settle}
            menuContext={(id, column, edge) =>
              edge === null
                ? menuContextOf(state.project, id === null ? undefined : graph.tables.get(id), column)
                : relationContextOf(state.project, edge)
            }
          >
            {layout === null ? null : (
              <AccessibleLayer
                ref={layer}
                model={layout.model}
                layout={layout.layout}
                passing={layout.quality === 'quick' && busy}
                graph={graph}
                selected={state.selected}
                onMove={(id) => {
                  dispatch({ type: 'select', table: id });
                  const index = scene?.byId.get(id);
                  if (index !== undefined) surface.current?.reveal(index);
                }}
                onPush={(id, dx, dy) => moveTable(id, dx, dy, `keys ${id}`)}
                onOpen={(id) => {
                  if (openBox(id)) return;
                  const at = sourceOf(graph, id, null);
                  if (at !== null) openSource(at, false);
                }}
                onEdit={(what, id) => edit(what, id, id === state.selected ? state.selectedColumn : null)}
                onClear={() => {
                  setPathFrom(null);
                  dispatch({ type: 'select', table: null });
                }}
                onKeyboard={setKeyboard}
              />
            )}
            {state.minimap && scene !== null && made !== null ? <Minimap scene={scene} surface={made} /> : null}
          </Canvas>
          {state.panel ? (
            <SidePanel
              model={model}
              graph={graph}
              table={selectedTable}
              view={state.view}
              onView={changeView}
              onPath={setPathFrom}
              onEdit={edit}
              column={state.selectedColumn}
              onSource={(at) => openSource(at, true)}
              onTable={(id) => jump(id, null, false)}
              onClose={() => dispatch({ type: 'panel', open: false })}
            />
          ) : null}
        </main>
      )}
      <StatusLine
        model={state.status === 'ready' ? model : null}
        zoom={scene === null ? null : zoom}
        busy={busy || making}
        notice={state.notice}
        onDismiss={() => dispatch({ type: 'notice', text: null })}
      />
      <div className="visually-hidden" aria-live="polite">
        {announcement}
      </div>
    </div>
  );
}
