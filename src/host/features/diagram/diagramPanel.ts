/** One diagram panel: the page, and the messages to and from it. */
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ServerClient } from '../languageClient/languageClient.ts';
import type { Places, SavedDiagram } from '../../../core/diagram/saved.ts';
import { defaultName } from '../../../core/diagram/saved.ts';
import { tableAt } from '../../../core/diagram/tableAt.ts';
import type { DiagramView } from '../../../core/diagram/view.ts';
import type {
  ExportFormat,
  FromWebview,
  PictureTheme,
  SavedView,
  ToWebview,
  ViewAct,
} from '../../../protocol/webview.ts';
import { commandId } from '../../contributions.ts';
import { openSource } from '../../openSource.ts';
import type { DiagramModel } from '../../../core/diagram/model.ts';
import { pickSince } from './pickSince.ts';
import { diagramPage } from './html.ts';
import type { KeptLayouts } from './keptLayouts.ts';
import { outlineMessage } from './outlineMessage.ts';
import { inParts } from './parts.ts';
import { createSavedViews } from './savedViews.ts';

export interface DiagramPanel {
  readonly project: string | null;
  show(project: string | null, table: string | null, column?: vscode.ViewColumn): void;
  /** Selects the table that a place in the source declares, once the diagram is there. */
  showPlace(at: { readonly file: string; readonly line: number }): void;
  /** Shows a saved view of the project that is shown. */
  showView(name: string): void;
  /** What the command palette asks of the view that is shown. */
  act(act: ViewAct): void;
  /** Asks what to compare with, and marks what has changed since. */
  chooseSince(): void;
  /** The picture as it is drawn: base64 of a PNG. Rejects with words for the user. */
  picture(theme: PictureTheme): Promise<string>;
}

export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly client: ServerClient;
  readonly layouts: KeptLayouts;
  export(project: string, format: ExportFormat, view: DiagramView, places: Places, since: string | null): void;
  closed(): void;
}

/** Following every keystroke would draw faster than anyone looks. */
const followDelayMs = 150;
const pictureTimeoutMs = 30_000;

/** @param initial what was shown before the window was reloaded; null = the first project */
export function openDiagramPanel(
  panel: vscode.WebviewPanel,
  initial: { readonly project: string | null; readonly view?: string | undefined },
  services: PanelServices,
): DiagramPanel {
  const { client, log } = services;
  const { webview } = panel;
  let { project } = initial;
  let viewName = initial.view ?? defaultName;
  /** What the page knows of the saved view. */
  let told: SavedView | null = null;
  /** The project whose outline the page has been given. */
  let outlined: string | null = null;
  let alive = false;
  let closed = false;
  let reveal: string | null = null;
  let place: { readonly file: string; readonly line: number } | null = null;
  let posted = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { resolve(data: string): void; reject(error: Error): void } | null = null;

  const post = (message: ToWebview) => {
    // What was asked for takes its time: the diagram may be closed by then.
    if (closed) return;
    for (const part of inParts(message)) void webview.postMessage(part);
  };

  /** Asked for while the page is still being loaded; null once it is told, or no longer true. */
  let early: Promise<ToWebview> | null = null;

  /** Only one request at a time; what came in between is asked for after it. */
  let busy = false;
  let again = false;
  async function send(): Promise<void> {
    if (!alive || !panel.visible) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const asked = early ?? currentMessage();
      early = null;
      const message = await asked;
      const text = JSON.stringify(message);
      const before = posted;
      if (message.type === 'model') {
        await tellView(message.project);
        // A page that shows the project already needs no outline.
        if (told !== null && outlined !== message.project) {
          outlined = message.project;
          const kept = await services.layouts.read(message.project, told.name);
          const outline = outlineMessage(message.model, told, kept);
          if (outline !== null) post(outline);
        }
      }
      if (text !== before) post(message);
      posted = text;
      if (message.type === 'model' && place !== null) {
        const found = tableAt(message.model, place);
        if (found !== null)
          post({ type: 'reveal', table: found.table, ...(found.column === null ? {} : { column: found.column }) });
        place = null;
      }
      if (message.type === 'model' && reveal !== null) {
        post({ type: 'reveal', table: reveal });
        reveal = null;
      }
      if (message.type === 'model' && text !== before) sendCursor();
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      post({ type: 'empty', message: error instanceof Error ? error.message : String(error) });
      posted = '';
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      follow();
    }
  }

  const savedViews = createSavedViews(follow);
  async function tellView(id: string): Promise<void> {
    const now = await savedViews.read(id, viewName);
    viewName = now.name;
    if (JSON.stringify(now) === JSON.stringify(told)) return;
    told = now;
    post(now);
  }

  /** Names are asked for and files are written here; what becomes of it is told as any other change of the files is. */
  async function manageView(how: 'create' | 'rename' | 'delete', saved: SavedDiagram): Promise<void> {
    if (project === null) return;
    try {
      if (how === 'create') viewName = (await savedViews.create(project, saved)) ?? viewName;
      else if (viewName === defaultName)
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The default view keeps its name. Save what you see as a new view first.'),
        );
      else if (how === 'rename') viewName = (await savedViews.rename(project, viewName)) ?? viewName;
      else if (await savedViews.remove(project, viewName)) viewName = defaultName;
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
    await send();
  }

  async function currentMessage(): Promise<ToWebview> {
    const { projects, analyzing } = await client.request('dataEngineer/status', {});
    const chosen =
      projects.find(({ id }) => id === project) ?? projects.find(({ tables }) => tables > 0) ?? projects[0];
    const model = chosen === undefined ? null : await modelOf(chosen.id);
    if (chosen === undefined || model === null) return { type: 'empty', message: nothingToShow(analyzing) };
    // While folders are still being read, the project of the restored diagram may yet appear.
    if (project === null || !analyzing) project = chosen.id;
    panel.title = vscode.l10n.t('ER Diagram: {0}', chosen.label);
    return { type: 'model', model, projects, project: chosen.id };
  }

  /** What is compared with; null = nothing. */
  let since: string | null = null;
  async function modelOf(id: string): Promise<DiagramModel | null> {
    if (since === null) return client.request('dataEngineer/diagram', { project: id });
    const compared = await client.request('dataEngineer/changedDiagram', { project: id, since });
    if (typeof compared !== 'string') return compared;
    since = null;
    void vscode.window.showWarningMessage(compared);
    return client.request('dataEngineer/diagram', { project: id });
  }
  async function chooseSince(): Promise<void> {
    if (project === null) return;
    const chosen = await pickSince(client, project, since);
    if (chosen === undefined) return;
    since = chosen;
    await send();
  }

  function follow(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), followDelayMs);
  }

  /** Where the cursor stands, so that the diagram can show the table it is in. */
  let cursorTimer: ReturnType<typeof setTimeout> | undefined;
  function sendCursor(): void {
    clearTimeout(cursorTimer);
    cursorTimer = setTimeout(() => {
      const editor = vscode.window.activeTextEditor;
      if (!alive || !panel.visible || editor === undefined) return;
      const { scheme } = editor.document.uri;
      const at =
        scheme === 'file' ? { file: editor.document.uri.toString(), line: editor.selection.active.line + 1 } : null;
      post({ type: 'cursor', at });
    }, followDelayMs);
  }

  const subscriptions = [
    vscode.window.onDidChangeTextEditorSelection(sendCursor),
    vscode.window.onDidChangeActiveTextEditor(sendCursor),
    client.onDidChange(() => {
      early = null;
      follow();
    }),
    panel.onDidChangeViewState(() => {
      // A page that is hidden is gone: what it is told from now on is lost.
      if (!panel.visible) alive = false;
      void send();
    }),
    webview.onDidReceiveMessage((message: FromWebview) => receive(message)),
  ];
  panel.onDidDispose(() => {
    closed = true;
    alive = false;
    clearTimeout(timer);
    clearTimeout(cursorTimer);
    waiting?.reject(new Error(vscode.l10n.t('The diagram was closed.')));
    for (const subscription of subscriptions) subscription.dispose();
    savedViews.dispose();
    services.closed();
  });

  function receive(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        // A page that was hidden starts anew and knows nothing.
        alive = true;
        posted = '';
        told = null;
        outlined = null;
        void send();
        break;
      case 'openSource':
        openSource(message.at, {
          besides: panel.viewColumn,
          preserveFocus: message.preserveFocus ?? false,
        }).then(undefined, (error: unknown) => {
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        });
        break;
      case 'selectProject':
        project = message.project;
        viewName = defaultName;
        since = null;
        void send();
        break;
      case 'export':
        if (project !== null) services.export(project, message.format, message.view, message.places, since);
        break;
      case 'save':
        if (told?.project === message.project && told.name === message.name)
          told = { ...told, exists: true, saved: message.saved };
        savedViews.save(message.project, message.name, message.saved);
        break;
      case 'laid':
        services.layouts.keep(message.project, message.name, message.text);
        break;
      case 'since':
        void chooseSince();
        break;
      case 'edit':
        if (project !== null) {
          const { table, element, columns } = message;
          const about = table === null ? { kind: 'project', id: project } : { project, table, element, columns };
          void vscode.commands.executeCommand(commandId(message.what), about);
        }
        break;
      case 'chooseView':
        viewName = message.name;
        void savedViews.flush().then(send);
        break;
      case 'manageView':
        void manageView(message.how, message.saved);
        break;
      case 'exported':
        waiting?.resolve(message.data);
        break;
      case 'error':
        log.error(`Diagram: ${message.message}`);
        waiting?.reject(new Error(message.message));
        break;
    }
  }

  webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview')],
  };
  const file = (name: string) => vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview', name);
  const resource = (name: string) => webview.asWebviewUri(file(name)).toString();
  webview.html = diagramPage({
    nonce: globalThis.crypto.randomUUID().replaceAll('-', ''),
    cspSource: webview.cspSource,
    first: {
      script: readFileSync(file('first.js').fsPath, 'utf8'),
      style: readFileSync(file('first.css').fsPath, 'utf8'),
    },
    app: resource('main.js'),
    appStyle: resource('main.css'),
    worker: resource('layoutWorker.js'),
    elkWorker: resource('elkWorker.js'),
    l10n: vscode.l10n.bundle ?? null,
    title: vscode.l10n.t('ER Diagram'),
    language: vscode.env.language,
  });
  early = currentMessage();
  // Told when the page asks for it.
  early.catch(() => undefined);

  return {
    get project() {
      return project;
    },
    show(next, table, column) {
      if (next !== null && next !== project) {
        project = next;
        early = null;
      }
      reveal = table;
      panel.reveal(column ?? panel.viewColumn);
      void send();
    },
    showPlace(at) {
      place = at;
      panel.reveal(panel.viewColumn, true);
      void send();
    },
    showView(name) {
      viewName = name;
      panel.reveal(panel.viewColumn);
      void savedViews.flush().then(send);
    },
    act: (act) => post({ type: 'act', act }),
    chooseSince: () => void chooseSince(),
    picture(theme) {
      waiting?.reject(new Error(vscode.l10n.t('Another export was started.')));
      return new Promise<string>((resolve, reject) => {
        const timeout = setTimeout(
          () => settle(() => reject(new Error(vscode.l10n.t('The diagram did not answer. Reopen it and try again.')))),
          pictureTimeoutMs,
        );
        const settle = (how: () => void) => {
          clearTimeout(timeout);
          waiting = null;
          how();
        };
        waiting = { resolve: (data) => settle(() => resolve(data)), reject: (error) => settle(() => reject(error)) };
        post({ type: 'export', format: 'png', theme });
      });
    },
  };
}

function nothingToShow(analyzing: boolean): string {
  if (analyzing) return vscode.l10n.t('Reading the workspace…');
  return vscode.workspace.workspaceFolders?.length
    ? vscode.l10n.t('No entities were found in this workspace, so there is nothing to draw yet.')
    : vscode.l10n.t('Open a folder to see its data model.');
}
