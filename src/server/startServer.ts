/** The language server over any connection: forked by VS Code's host, or `data-engineer lsp --stdio` for every other editor. */
import * as l10n from '@vscode/l10n';
import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  InitializeResult,
  WorkDoneProgressServerReporter,
} from 'vscode-languageserver/node';
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findRule } from '../core/lint/registry.ts';
import type { ServerOptions, StatusSummary } from '../protocol/server.ts';
import { codeActions, createCodeActions, resolveFixAll } from './codeActions.ts';
import type { FixAllData } from './codeActions.ts';
import { codeLenses } from './codeLens.ts';
import { diagnosticsChannel } from './diagnostics.ts';
import type { CreateEngine, FolderIdentity } from './folder.ts';
import { hover } from './hover.ts';
import { statusOf } from './projects.ts';
import { current, registerRequests } from './requests.ts';
import { defaultSettings, readOptions, readSettings } from './settings.ts';
import { watchedChanges } from './watchedFiles.ts';
import { uriToPath } from './paths.ts';
import type { Workspace, WorkspaceFolderLike } from './workspace.ts';
import { openWorkspace } from './workspace.ts';

export interface StartOptions {
  /** What holds where the client says nothing by `initializationOptions`. */
  readonly defaults: ServerOptions;
  /** For tests. */
  readonly createEngine?: CreateEngine;
}

/** Readers, rules and writers are most of the code: the editor is answered before they are loaded. */
const loadEngine: CreateEngine = async (options) => (await import('./engine.ts')).createEngine(options);

/** Registers every handler and listens. Returns at once; the server lives as long as its connection. */
export function startServer(connection: Connection, options: StartOptions): void {
  const documents = new TextDocuments(TextDocument);
  let capabilities: ClientCapabilities = {};
  let initialFolders: readonly WorkspaceFolderLike[] = [];
  let server: Running | null = null;

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    const serverOptions = readOptions(params.initializationOptions, options.defaults);
    if (serverOptions.l10n !== null) l10n.config({ contents: { ...serverOptions.l10n } });
    initialFolders = foldersOf(params);
    server = run(connection, documents, capabilities, serverOptions, options.createEngine ?? loadEngine);
    return {
      serverInfo: { name: 'Data Engineer' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor],
          resolveProvider: true,
        },
        codeLensProvider: {},
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (server !== null) void server.begin(initialFolders);
  });
  connection.onShutdown(() => server?.workspace.close());
  documents.listen(connection);
  connection.listen();
}

/** Editors of one folder send what LSP has deprecated. */
function foldersOf(params: {
  readonly workspaceFolders?: readonly WorkspaceFolderLike[] | null;
  readonly rootUri: string | null;
}): readonly WorkspaceFolderLike[] {
  if (params.workspaceFolders) return params.workspaceFolders;
  const path = params.rootUri === null ? null : uriToPath(params.rootUri);
  return params.rootUri === null || path === null
    ? []
    : [{ uri: params.rootUri, name: path.split('/').at(-1) ?? path }];
}

interface Running {
  readonly workspace: Workspace;
  begin(folders: readonly WorkspaceFolderLike[]): Promise<void>;
}

function run(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  capabilities: ClientCapabilities,
  options: ServerOptions,
  makeEngine: CreateEngine,
): Running {
  const link = (rule: string): string | null =>
    options.ruleUri?.replace('{rule}', encodeURIComponent(rule)) ?? findRule(rule)?.docs.references[0]?.url ?? null;
  const channels = new Map<string, ReturnType<typeof diagnosticsChannel>>();
  const progress = progressReports(connection, capabilities);
  let folders: readonly WorkspaceFolderLike[] = [];
  let version = 0;
  const toldFailures = new Set<string>();
  let lenses = '[]';
  let begin: () => void = () => undefined;
  let configured = new Promise<void>((resolve) => (begin = resolve));

  const workspace = openWorkspace(options, makeEngine, {
    changed(folder) {
      const channel = channels.get(folder.uri) ?? diagnosticsChannel(folder.directory, link);
      channels.set(folder.uri, channel);
      for (const news of channel.update(folder.analysis)) void connection.sendDiagnostics(news);
      version++;
      if (folder.analysis !== null) progress.end(folder);
      notify();
    },
    closed(folder) {
      progress.end(folder);
      // Reopened with other settings, it will say what has changed; until then what it said stays.
      if (workspace.folders.some(({ uri }) => uri === folder.uri)) return;
      for (const news of channels.get(folder.uri)?.update(null) ?? []) void connection.sendDiagnostics(news);
      channels.delete(folder.uri);
    },
    progress: (folder, done, total) => progress.report(folder, done, total),
    log: (folder, line) => connection.console.info(`${folder.name}: ${line}`),
    failed(folder, doing, error) {
      progress.end(folder);
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      connection.console.error(`${folder.name}: error while ${doing}: ${detail}`);
      tellOnce(
        folder,
        workspace.folders.some(({ uri, analysis }) => uri === folder.uri && analysis !== null)
          ? l10n.t(
              'Data Engineer met an unexpected error in {0}. What it showed before stays; the log says more.',
              folder.name,
            )
          : error instanceof Error
            ? error.message
            : String(error),
      );
      version++;
      notify();
    },
  });

  /** Once per folder is enough: the log has the rest. */
  function tellOnce(folder: FolderIdentity, message: string): void {
    if (toldFailures.has(folder.uri)) return;
    toldFailures.add(folder.uri);
    connection.window.showErrorMessage(message);
  }

  function notify(): void {
    const status: StatusSummary = statusOf(workspace.folders, version);
    void connection.sendNotification('dataEngineer/snapshot', status);
    if (capabilities.workspace?.codeLens?.refreshSupport !== true) return;
    // Lenses are asked for when their document opens or changes; what changes them from elsewhere has to call for them.
    const now = JSON.stringify(documents.all().map(({ uri }) => lensesOf(uri)));
    if (now !== lenses) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    lenses = now;
  }

  /** One after the other: two answers about the settings may come in the wrong order. */
  function configure(): Promise<void> {
    configured = configured.then(reopen).catch((error: unknown) => connection.console.error(String(error)));
    return configured;
  }

  async function reopen(): Promise<void> {
    const settings = await Promise.all(
      folders.map(async (folder) => ({
        ...folder,
        settings: await pullSettings(connection, capabilities, folder.uri),
      })),
    );
    const fresh = workspace.update(settings);
    for (const document of documents.all()) {
      const place = workspace.locate(document.uri);
      if (place !== null && fresh.includes(place.folder)) place.folder.setBuffer(place.file, document.getText());
    }
    version++;
    notify();
  }

  documents.onDidChangeContent(({ document }) => {
    const place = workspace.locate(document.uri);
    place?.folder.setBuffer(place.file, document.getText());
  });
  documents.onDidClose(({ document }) => {
    const place = workspace.locate(document.uri);
    place?.folder.setBuffer(place.file, null);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => watchedChanges(workspace, changes));
  connection.onDidChangeConfiguration(() => void configure());

  connection.onHover(async ({ textDocument, position }, token) => {
    const found = await locate(textDocument.uri, token);
    return found === null ? null : hover(found.folder, found.file, position, found.document.getText());
  });
  connection.onCodeLens(async ({ textDocument }, token) => {
    await locate(textDocument.uri, token);
    return lensesOf(textDocument.uri);
  });
  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const wants = (kind: string) =>
      context.only?.some((only) => only === CodeActionKind.Empty || only === kind) ?? true;
    if (!wants(CodeActionKind.QuickFix) && !wants(CodeActionKind.Refactor)) return [];
    const found = await locate(textDocument.uri, token);
    if (found === null) return [];
    const at = { ...found, range, link, version: (uri: string) => documents.get(uri)?.version ?? null };
    return [
      ...(wants(CodeActionKind.QuickFix) ? await codeActions(at) : []),
      ...(wants(CodeActionKind.Refactor) ? createCodeActions(at) : []),
    ];
  });
  connection.onCodeActionResolve(async (action, token) => {
    const asked = (action.data as Partial<FixAllData> | undefined)?.fixAll;
    const found = asked ? await locate(asked.uri, token) : null;
    if (!asked || found === null) return action;
    const version = (uri: string) => documents.get(uri)?.version ?? null;
    return resolveFixAll(action, asked.rule, { ...found, version });
  });
  registerRequests(
    connection,
    workspace,
    settled,
    () => version,
    () => documents.all().map((document) => [document.uri, document.getText()] as const),
  );

  /** Everything told so far is in the analyses. */
  async function settled(): Promise<void> {
    for (let seen: unknown = null; seen !== configured;) {
      seen = configured;
      await configured;
    }
    await workspace.settled();
  }

  function lensesOf(uri: string) {
    const place = workspace.locate(uri);
    return place !== null && workspace.settings(place.folder).codeLens.enabled
      ? codeLenses(place.folder, place.file)
      : [];
  }

  async function locate(uri: string, token: CancellationToken) {
    await current(settled, token);
    const place = workspace.locate(uri);
    const document = documents.get(uri);
    return place === null || document === undefined ? null : { ...place, document };
  }

  return {
    workspace,
    async begin(initial) {
      folders = initial;
      await register(connection, capabilities);
      if (capabilities.workspace?.workspaceFolders === true)
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          folders = [...folders.filter(({ uri }) => !removed.some((gone) => gone.uri === uri)), ...added];
          void configure();
        });
      begin();
      await configure();
    },
  };
}

async function register(connection: Connection, capabilities: ClientCapabilities): Promise<void> {
  if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true)
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: ['dataEngineer', 'files.exclude'],
    });
  if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
    // Everything, because a folder that is moved or deleted is reported by its own name alone.
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
}

async function pullSettings(connection: Connection, capabilities: ClientCapabilities, scopeUri: string) {
  if (capabilities.workspace?.configuration !== true) return defaultSettings;
  const [section, hidden] = (await connection.workspace.getConfiguration([
    { scopeUri, section: 'dataEngineer' },
    { scopeUri, section: 'files.exclude' },
  ])) as unknown[];
  return readSettings(section, hidden);
}

/** The first reading of a large folder takes seconds: the editor shows how far it is, in its status bar. */
function progressReports(connection: Connection, capabilities: ClientCapabilities) {
  const running = new Map<string, Promise<WorkDoneProgressServerReporter>>();
  const last = new Map<string, number>();
  return {
    report({ uri, name }: FolderIdentity, done: number, total: number): void {
      if (capabilities.window?.workDoneProgress !== true || total === 0) return;
      const percentage = Math.floor((100 * done) / total);
      if (last.get(uri) === percentage) return;
      last.set(uri, percentage);
      let reporter = running.get(uri);
      if (reporter === undefined) {
        reporter = connection.window.createWorkDoneProgress().then((created) => {
          created.begin(l10n.t('Data Engineer reads {0}', name), percentage);
          return created;
        });
        running.set(uri, reporter);
      }
      void reporter.then((created) => created.report(percentage, l10n.t('{0} of {1} files', done, total)));
    },
    end({ uri }: FolderIdentity): void {
      void running.get(uri)?.then((created) => created.done());
      running.delete(uri);
      last.delete(uri);
    },
  };
}
