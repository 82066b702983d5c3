/** The state of the panel as one value and the actions that lead from one to the next. Pure: no DOM, no host, no worker. */
import { applyView } from '../../src/core/diagram/applyView.ts';
import { startDetail } from '../../src/core/diagram/detail.ts';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { plainView } from '../../src/core/diagram/view.ts';
import type { Detail, DiagramView } from '../../src/core/diagram/view.ts';
import type { DiagramLayout } from '../../src/core/layout/layout.ts';
import type { ProjectSummary } from '../../src/protocol/server.ts';
import type { WebviewState } from '../../src/protocol/webview.ts';
import { keepPositions } from './keepPositions.ts';
import { structureKey } from './structure.ts';

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
  /** As the host sent it. */
  readonly model: DiagramModel | null;
  /** As the view shows it: what is laid out and drawn. */
  readonly shown: DiagramModel | null;
  /** Structure of `shown`; a layout carries the key of the model it was made for. */
  readonly structure: string;
  readonly layout: PlacedDiagram | null;
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
  | { readonly type: 'select'; readonly table: string | null; readonly column?: string | null }
  | { readonly type: 'detail'; readonly detail: Detail }
  | { readonly type: 'view'; readonly change: Partial<DiagramView> }
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
    model: null,
    shown: null,
    structure: '',
    layout: null,
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
      return takeView({ ...state, chosenDetail: detail }, { ...state.view, detail, tableDetails: {} });
    }
    case 'view':
      return takeView(state, { ...state.view, ...action.change });
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

function takeModel(state: DiagramState, action: Extract<Action, { type: 'model' }>): DiagramState {
  const { model, project, projects } = action;
  const sameProject = project === state.project;
  // An edit that adds a table too many must not hide the columns of all others.
  const detail = state.chosenDetail ?? (sameProject && state.model !== null ? state.view.detail : startDetail(model));
  // Modules and tables of another project have other names.
  const chosen = sameProject || state.project === '' ? state.view : { ...plainView, foldJoins: state.view.foldJoins };
  const view = chosen === state.view && chosen.detail === detail ? chosen : { ...chosen, detail };
  const shown = applyView(model, view);
  const structure = structureOf(shown, view);
  const selected = state.selected !== null && has(model, state.selected) ? state.selected : null;
  // Positions that still fit stay, with the new model's words in them.
  const layout =
    !sameProject || state.layout === null
      ? null
      : state.layout.structure === structure
        ? { ...state.layout, model: shown }
        : state.layout;
  return {
    ...state,
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
}

function takeView(state: DiagramState, view: DiagramView): DiagramState {
  if (state.model === null) return { ...state, view };
  const shown = applyView(state.model, view);
  return { ...state, view, shown, structure: structureOf(shown, view) };
}

/** The same tables are laid out otherwise by another arrangement. */
function structureOf(shown: DiagramModel, { arrangement }: DiagramView): string {
  return `${arrangement} ${structureKey(shown)}`;
}

/** A layout of a model that is no longer shown is dropped; one of lesser quality never replaces a better one. */
function takeLayout(state: DiagramState, placed: PlacedDiagram): DiagramState {
  if (state.shown === null || placed.structure !== state.structure) return state;
  const before = state.layout;
  if (before?.structure === placed.structure && before.quality === 'final' && placed.quality === 'quick') return state;
  const model = state.shown;
  const layout =
    // A filter or another arrangement is to be seen: only an edit leaves everything where it is.
    placed.quality === 'final' && before?.quality === 'final' && state.placedView === state.view
      ? keepPositions(before, { model, layout: placed.layout })
      : placed.layout;
  return { ...state, layout: { ...placed, model, layout }, placedView: state.view };
}

function has(model: DiagramModel | null, table: string): boolean {
  return model?.tables.some(({ id }) => id === table) === true;
}
