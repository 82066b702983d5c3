/** Host ↔ diagram webview. Both sides switch over these unions; nothing else crosses. */
import type { DiagramEdge, DiagramModel, DiagramTable } from '../core/diagram/model.ts';
import type { Places, SavedDiagram } from '../core/diagram/saved.ts';
import type { Detail, DiagramView } from '../core/diagram/view.ts';
import type { DiagramFormat } from '../core/report/renderDiagram.ts';
import type { SourceRange } from '../core/schema/source.ts';
import type { ProjectSummary } from './server.ts';

export type ToWebview =
  /**
   * Before the model, so that there is something to see until it has come. `text`: an outline (`core/layout/outline.ts`), which is
   * the one that was `laid` last where there is such.
   */
  | { readonly type: 'outline'; readonly project: string; readonly text: string }
  /**
   * The first tables and relations of the `model` that follows, whose own are the last: one message of many would hold up the
   * page.
   */
  | { readonly type: 'tables'; readonly tables: readonly DiagramTable[]; readonly edges: readonly DiagramEdge[] }
  | {
      readonly type: 'model';
      readonly model: DiagramModel;
      readonly projects: readonly ProjectSummary[];
      readonly project: string;
    }
  /** The view of a project that is to be shown: before its model, and whenever its file or the list of views changes. */
  | SavedView
  /** Ctrl+Z and the like from the command palette. */
  | { readonly type: 'act'; readonly act: ViewAct }
  /** Nothing to draw, in words for the user. */
  | { readonly type: 'empty'; readonly message: string }
  /** Where the cursor stands in the editor's text; null: in no text of the workspace. `line` counts from 1. */
  | { readonly type: 'cursor'; readonly at: { readonly file: string; readonly line: number } | null }
  | { readonly type: 'reveal'; readonly table: string; readonly column?: string }
  /** Asks for the picture as drawn; answered by `exported`. */
  | { readonly type: 'export'; readonly format: 'png'; readonly theme: PictureTheme };

export interface SavedView {
  readonly type: 'saved';
  readonly project: string;
  readonly name: string;
  /** All views of the project, the default one first. */
  readonly names: readonly string[];
  /** There is a file: what is changed goes there. The default view gets one with the first table that is moved. */
  readonly exists: boolean;
  readonly saved: SavedDiagram;
  /** Why the file cannot be used, and so is not written either, in words for the user. */
  readonly problem: string | null;
}

/** What a user does to the view as a whole. */
export type ViewAct = 'undo' | 'redo' | 'arrange' | 'create' | 'rename' | 'delete';

/** Commands of the host that edit entities. */
export type EditGesture =
  | 'addTable'
  | 'addColumn'
  | 'addIndex'
  | 'addRelation'
  | 'renameElement'
  | 'changeColumnType'
  | 'toggleNullable'
  | 'deleteIndex'
  | 'deleteElement';

/** Formats that the server writes, and the picture that only the page can draw. */
export type ExportFormat = DiagramFormat | 'png';

/** `editor`: as the diagram looks now. */
export type PictureTheme = 'editor' | 'light' | 'dark';

export type FromWebview =
  | { readonly type: 'ready' }
  /** `preserveFocus`: a mere look (a click); without it the user wants to go there (Enter, double click). */
  | { readonly type: 'openSource'; readonly at: SourceRange; readonly preserveFocus?: boolean }
  | { readonly type: 'selectProject'; readonly project: string }
  /** `view`: what is shown now, which is what is exported. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly view: DiagramView; readonly places: Places }
  /** What the user has changed of a view; written after a pause. */
  | { readonly type: 'save'; readonly project: string; readonly name: string; readonly saved: SavedDiagram }
  /** `create` takes over what is shown. The host asks for names and whether to delete. */
  /** The host asks what to compare with. */
  | { readonly type: 'since' }
  /** Entities are edited: the host asks for what is missing. */
  | {
      readonly type: 'edit';
      readonly what: EditGesture;
      /** Null = the diagram as a whole. */
      readonly table: string | null;
      readonly element: 'table' | 'column' | 'relation';
      /** The column; of a relation those that hold its key. */
      readonly columns: readonly string[];
    }
  | { readonly type: 'chooseView'; readonly name: string }
  /** What is drawn now: the host keeps it, so that it need not be computed when the same view is opened again. */
  | { readonly type: 'laid'; readonly project: string; readonly name: string; readonly text: string }
  | { readonly type: 'manageView'; readonly how: 'create' | 'rename' | 'delete'; readonly saved: SavedDiagram }
  /** `data`: base64 of a PNG. */
  | { readonly type: 'exported'; readonly format: 'png'; readonly data: string }
  | { readonly type: 'error'; readonly message: string };

/** What the webview keeps through hiding and window reloads (`vscode.setState`). */
export interface WebviewState {
  readonly project: string;
  readonly zoom: { readonly x: number; readonly y: number; readonly k: number } | null;
  readonly selected: string | null;
  /** Only where the user has chosen it. */
  readonly detail?: Detail;
  /** Everything else that the user has chosen of what is shown. */
  readonly view?: DiagramView;
  /** Name of the saved view. */
  readonly viewName?: string;
  /** Side panel open. */
  readonly panel?: boolean;
  readonly minimap?: boolean;
  /** Brings the table under the editor's cursor into sight. */
  readonly follow?: boolean;
}
