/** The state of the panel as one value and the actions that lead from one to the next. Pure: no DOM, no host, no worker. */
import { startDetail } from '../../src/core/diagram/detail.ts';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { defaultName, nothingSaved, renderSaved, withBoxes } from '../../src/core/diagram/saved.ts';
import type { Places, SavedDiagram } from '../../src/core/diagram/saved.ts';
import { plainView } from '../../src/core/diagram/view.ts';
import type { Detail, DiagramView } from '../../src/core/diagram/view.ts';
import type { DiagramLayout, Metrics } from '../../src/core/layout/layout.ts';
import type { Outline } from '../../src/core/layout/outline.ts';
import type { ProjectSummary } from '../../src/protocol/server.ts';
import type { SavedView, WebviewState } from '../../src/protocol/webview.ts';
import { noHistory, remember, travel } from './history.ts';
import type { Chosen, History } from './history.ts';
import { createHash } from './hash.ts';
import { moveTable, pushTable } from './moving.ts';
import { shownAs, structureOfShown } from './shown.ts';

export interface DiagramState {
  /** `loading` until the host has answered `ready`. */
  readonly status: 'loading' | 'empty' | 'ready';
  /** Why there is nothing to draw. */
  readonly message: string;
  readonly project: string;
  readonly projects: readonly ProjectSummary[];
  readonly view: DiagramView;
  /** The user's own choice of the level of detail, where there is one. */
  readonly chosenDetail: Detail | null;
  /** Where the user has put tables; empty while all stand where the automatic layout puts them. */
  readonly places: Places;
  readonly history: History;
  /** As the host last told it; null until then. */
  readonly savedView: SavedView | null;
  /** As the host sent it. */
  readonly model: DiagramModel | null;
  /** As the view shows it: what is laid out and drawn. */
  readonly shown: DiagramModel | null;
  /** Structure of `shown`; a layout carries the key of the model it was made for. */
  readonly structure: string;
  readonly layout: PlacedDiagram | null;
  /** Of the project, from before its model has come. */
  readonly outline: Outline | null;
  /** The view that the layout was made for. */
  readonly placedView: DiagramView | null;
  readonly selected: string | null;
  readonly selectedColumn: string | null;
  readonly panel: boolean;
  readonly minimap: boolean;
  /** The table under the editor's cursor is brought into sight. */
  readonly follow: boolean;
  /** The table under the editor's cursor. */
  readonly followed: string | null;
  /** One line for the user: what an export or a failed layout has to say. */
  readonly notice: string | null;
}

export interface PlacedDiagram {
  /** The model these positions belong to; may be older than `shown` while the worker computes. */
  readonly model: DiagramModel;
  readonly structure: string;
  readonly layout: DiagramLayout;
  /** `quick`: shelves without routes from the layout engine, to have something on the screen at once. */
  readonly quality: 'quick' | 'final';
}

export type Action =
  | {
      readonly type: 'model';
      readonly model: DiagramModel;
      readonly projects: readonly ProjectSummary[];
      readonly project: string;
    }
  | { readonly type: 'empty'; readonly message: string }
  | { readonly type: 'outline'; readonly outline: Outline | null }
  | { readonly type: 'select'; readonly table: string | null; readonly column?: string | null }
  | { readonly type: 'detail'; readonly detail: Detail }
  | { readonly type: 'view'; readonly change: Partial<DiagramView> }
  | SavedView
  /** By so many pixels of the diagram. `about`: further steps of the same kind are undone together. */
  | {
      readonly type: 'move';
      readonly table: string;
      readonly dx: number;
      readonly dy: number;
      readonly metrics: Metrics;
      readonly about: string | null;
    }
  /** Every table goes back to where the automatic layout puts it. */
  | { readonly type: 'arrange' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'panel'; readonly open: boolean }
  | { readonly type: 'minimap'; readonly shown: boolean }
  | { readonly type: 'follow'; readonly on: boolean }
  | { readonly type: 'followed'; readonly table: string | null }
  | { readonly type: 'notice'; readonly text: string | null }
  | { readonly type: 'placed'; readonly placed: PlacedDiagram };

export function initialState(saved: WebviewState | null): DiagramState {
  return {
    status: 'loading',
    message: '',
    project: saved?.project ?? '',
    projects: [],
    view: { ...(saved?.view ?? plainView), detail: saved?.detail ?? 'all' },
    chosenDetail: saved?.detail ?? null,
    places: {},
    history: noHistory,
    savedView: null,
    model: null,
    shown: null,
    structure: '',
    layout: null,
    outline: null,
    placedView: null,
    selected: saved?.selected ?? null,
    selectedColumn: null,
    panel: saved?.panel ?? true,
    minimap: saved?.minimap ?? true,
    follow: saved?.follow ?? true,
    followed: null,
    notice: null,
  };
}

export function reduce(state: DiagramState, action: Action): DiagramState {
  switch (action.type) {
    case 'model':
      return takeModel(state, action);
    case 'empty':
      return {
        ...state,
        status: 'empty',
        message: action.message,
        model: null,
        shown: null,
        structure: '',
        layout: null,
      };
    case 'outline':
      return { ...state, outline: action.outline };
    case 'select': {
      const table = action.table !== null && has(state.model, action.table) ? action.table : null;
      const column = table === null ? null : (action.column ?? null);
      return table === state.selected && column === state.selectedColumn
        ? state
        : { ...state, selected: table, selectedColumn: column };
    }
    case 'detail': {
      const { detail } = action;
      // The tables' own levels were chosen against the old one.
      if (state.chosenDetail === detail && Object.keys(state.view.tableDetails).length === 0) return state;
      return choose(state, { chosenDetail: detail, view: { ...state.view, detail, tableDetails: {} } });
    }
    case 'view': {
      const { arrangement } = action.change;
      const anew = arrangement !== undefined && arrangement !== state.view.arrangement;
      // Another arrangement is one of the automatic layout.
      return choose(state, { view: { ...state.view, ...action.change }, ...(anew ? { places: {} } : {}) });
    }
    case 'saved':
      return action.project === state.project && state.model !== null
        ? takeSaved(state, action)
        : { ...state, savedView: action };
    case 'move': {
      const { layout, places } = state;
      const { table, metrics, about } = action;
      const move = about === null ? moveTable : pushTable;
      const moved = layout === null ? null : move(layout.model, layout.layout, places, table, action, metrics);
      if (moved === null || layout === null) return state;
      return { ...choose(state, { places: moved.places }, about), layout: { ...layout, layout: moved.layout } };
    }
    case 'arrange':
      return Object.keys(state.places).length === 0 ? state : choose(state, { places: {} });
    case 'undo':
    case 'redo': {
      const found = travel(state.history, state, action.type);
      return found === null ? state : { ...takeChosen(state, found.chosen), history: found.history };
    }
    case 'panel':
      return state.panel === action.open ? state : { ...state, panel: action.open };
    case 'minimap':
      return { ...state, minimap: action.shown };
    case 'follow':
      return { ...state, follow: action.on };
    case 'followed':
      return state.followed === action.table ? state : { ...state, followed: action.table };
    case 'notice':
      return state.notice === action.text ? state : { ...state, notice: action.text };
    case 'placed':
      return takeLayout(state, action.placed);
  }
}

type TakenModel = Extract<Action, { type: 'model' }>;

function takeModel(state: DiagramState, action: TakenModel): DiagramState {
  const { model, project, projects } = action;
  const sameProject = project === state.project;
  const view = viewOf(state, action);
  const shown = shownAs(model, view);
  const told = state.savedView?.project === project ? state.savedView : null;
  const places = sameProject ? state.places : {};
  const structure = structureOf(shown, view, placesOf({ model, view, places }));
  const selected = state.selected !== null && has(model, state.selected) ? state.selected : null;
  // Positions that still fit stay, with the new model's words in them.
  const layout =
    !sameProject || state.layout === null
      ? null
      : state.layout.structure === structure
        ? { ...state.layout, model: shown }
        : state.layout;
  const taken: DiagramState = {
    ...state,
    places,
    history: sameProject ? state.history : noHistory,
    savedView: told,
    status: model.tables.length === 0 ? 'empty' : 'ready',
    message: '',
    project,
    projects,
    view,
    model,
    shown,
    structure,
    layout,
    selected,
    selectedColumn: selected === state.selected ? state.selectedColumn : null,
    notice: sameProject ? state.notice : null,
  };
  // What the file says was told before there was a model to show it of.
  return told === null || (sameProject && state.model !== null) ? taken : takeSaved(taken, told);
}

/** The view that a model will be shown with. */
export function viewOf(state: DiagramState, { model, project }: Pick<TakenModel, 'model' | 'project'>): DiagramView {
  const sameProject = project === state.project;
  // An edit that adds a table too many must not hide the columns of all others.
  const detail = state.chosenDetail ?? (sameProject && state.model !== null ? state.view.detail : startDetail(model));
  // Modules and tables of another project have other names.
  const chosen = sameProject || state.project === '' ? state.view : { ...plainView, foldJoins: state.view.foldJoins };
  return chosen === state.view && chosen.detail === detail ? chosen : { ...chosen, detail };
}

/** A step of the user, which can be taken back. */
function choose(state: DiagramState, change: Partial<Chosen>, about: string | null = null): DiagramState {
  const { view, chosenDetail, places } = state;
  const next = { view, chosenDetail, places, ...change };
  return { ...takeChosen(state, next), history: remember(state.history, { view, chosenDetail, places }, about) };
}

function takeChosen(state: DiagramState, { view, chosenDetail, places }: Chosen): DiagramState {
  const { model } = state;
  if (model === null) return { ...state, view, chosenDetail, places };
  const shown = shownAs(model, view);
  const structure = structureOf(shown, view, placesOf({ model, view, places }));
  return { ...state, view, chosenDetail, places, shown, structure };
}

/** Filters for a look; the default view keeps none, so that a look at one table is no change of the project. */
const looks = ['focus', 'path', 'findings'] as const;

function takeSaved(state: DiagramState, told: SavedView): DiagramState {
  const { model, view } = state;
  const before = state.savedView;
  const sameView = before?.project === told.project && before.name === told.name;
  const next = { ...state, savedView: told };
  if (told.problem !== null) return { ...next, notice: told.problem };
  // Of another view all counts that is shown: also what the default one does not keep.
  const isAnother = before !== null && before !== told && !sameView;
  // The echo of what was saved here, or the default view, of which there is nothing on disk yet.
  const isOurs = renderSaved(savedOf(next, isAnother)) === renderSaved(told.saved);
  const isBlank = !told.exists && told.name === defaultName && (sameView || before === null);
  if (model === null || isOurs || (isBlank && Object.keys(state.places).length === 0)) return next;
  const chosenDetail = told.saved.view.detail ?? null;
  const kept =
    told.name === defaultName && (sameView || before === told)
      ? Object.fromEntries(looks.map((look) => [look, view[look]]))
      : {};
  const chosen = { ...plainView, ...told.saved.view, ...kept, detail: chosenDetail ?? startDetail(model) };
  return {
    ...takeChosen(next, { view: chosen, chosenDetail, places: told.saved.places }),
    history: noHistory,
  };
}

/**
 * What is kept of the state in the view's file. The default view is of everything: what it is focused on for the moment is
 * left out, unless a new view is made of it (`whole`).
 */
export function savedOf({ view, chosenDetail, places, savedView }: DiagramState, whole = false): SavedDiagram {
  const { detail, ...rest } = view;
  const isDefault = !whole && (savedView?.name ?? defaultName) === defaultName;
  return {
    view: {
      ...rest,
      ...(isDefault ? { focus: null, path: null, findings: null } : {}),
      ...(chosenDetail === null ? {} : { detail }),
    },
    places,
    other: savedView?.saved.other ?? nothingSaved.other,
  };
}

/** Places for what is shown, boxes of modules included. */
export function placesOf({ model, view, places }: Pick<DiagramState, 'model' | 'view' | 'places'>): Places {
  return model === null ? places : withBoxes(places, model, view.collapsed);
}

/** The same tables are laid out otherwise by another arrangement, or from other places. */
function structureOf(shown: DiagramModel, { arrangement }: DiagramView, places: Places): string {
  const hash = createHash();
  for (const { id } of shown.tables)
    if (Object.hasOwn(places, id)) hash.add(id, String(places[id]?.[0]), String(places[id]?.[1]));
  return `${arrangement} ${structureOfShown(shown)} ${hash.value()}`;
}

/** A layout of a model that is no longer shown is dropped; one of lesser quality never replaces a better one. */
function takeLayout(state: DiagramState, placed: PlacedDiagram): DiagramState {
  if (state.shown === null || placed.structure !== state.structure) return state;
  const before = state.layout;
  if (before?.structure === placed.structure && before.quality === 'final' && placed.quality === 'quick') return state;
  return { ...state, layout: { ...placed, model: state.shown }, placedView: state.view };
}

function has(model: DiagramModel | null, table: string): boolean {
  return model?.tables.some(({ id }) => id === table) === true;
}
