/** The language server as the rest of the host sees it: its life, its status, its requests. */
import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions, NodeModule } from 'vscode-languageclient/node';
import type { ServerNotifications, ServerOptions, ServerRequests, StatusSummary } from '../../../protocol/server.ts';
import { ruleScheme, stateContext } from '../../contributions.ts';
import type { WorkspaceState } from '../../contributions.ts';
import { crashHandler } from './crashHandler.ts';

export interface ServerClient {
  readonly status: StatusSummary | null;
  readonly state: WorkspaceState;
  /** Something of `status` or `state` is new. */
  readonly onDidChange: vscode.Event<void>;
  /** Resolves after the first analysis of every workspace folder, or when the server could not be started. */
  readonly ready: Promise<void>;
  readonly processId: number | undefined;
  /** Waits for the server to be up. Throws an error worded for the user when it is not running. */
  request<Name extends keyof ServerRequests>(
    name: Name,
    params: ServerRequests[Name]['params'],
    token?: vscode.CancellationToken,
  ): Promise<ServerRequests[Name]['result']>;
  restart(): Promise<void>;
}

const languages = [
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'],
  ...['python', 'java', 'csharp'],
];

/** Files that VS Code has no language for: whoever installs an editor for one gives it an id, the name is there without. */
const schemas = '**/{*.prisma,*.sql,*.cql,*.cypher,*.xml,*.kt,managed-schema}';

/** Files other than source that the analysis rests on, so that they count while they are being typed. */
const configuration =
  '**/{package.json,tsconfig*.json,jsconfig*.json,.data-engineer.json,*.instructions.md,copilot-instructions.md,AGENTS.md,pyproject.toml,requirements*.txt,build.gradle,build.gradle.kts,*.csproj,Directory.Build.props,Directory.Build.targets,application*.properties,application*.yml,application*.yaml}';

/** Starts the server without waiting for it. */
export function activateLanguageClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): ServerClient {
  const changed = new vscode.EventEmitter<void>();
  let settleReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (settleReady = resolve));
  let client: LanguageClient | null = null;
  let status: StatusSummary | null = null;
  let state: WorkspaceState = 'starting';
  let starting: Promise<void>;
  let restarting = false;

  function update(next: StatusSummary | null, stopped = false): void {
    status = next;
    if (stopped) state = 'stopped';
    else if (next === null || (next.analyzing && next.projects.length === 0)) state = 'starting';
    else state = next.projects.length === 0 ? 'empty' : 'ready';
    void vscode.commands.executeCommand('setContext', stateContext, state);
    if (stopped || (next !== null && !next.analyzing)) settleReady();
    changed.fire();
  }

  async function start(): Promise<void> {
    // Loaded here, not with the extension: it is most of the code, and activation shall not wait for it. `import` alone
    // would load it before anything else is done, since the bundle answers it at once.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const library = await import('vscode-languageclient/node');
    const { LanguageClient: Client, RevealOutputChannelOn, State, TransportKind } = library;
    const crashes = crashHandler(library, log, () => void restart());
    const run: NodeModule = {
      module: context.asAbsolutePath('dist/server.js'),
      transport: TransportKind.ipc,
      // A getter, because the setting may have changed when the server is started again.
      get options() {
        return {
          execArgv: [`--max-old-space-size=${memoryCeiling()}`],
          env: { DATA_ENGINEER_COMPILED: vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath },
        };
      },
    };
    const options: LanguageClientOptions & { stdioOptions: typeof crashes.stdio } = {
      documentSelector: [
        ...languages.map((language) => ({ scheme: 'file', language })),
        { scheme: 'file', pattern: schemas },
        { scheme: 'file', pattern: configuration },
      ],
      diagnosticCollectionName: 'dataEngineer',
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => serverOptions(context),
      initializationFailedHandler: (error) => {
        log.error(error instanceof Error ? error : String(error));
        return false;
      },
      errorHandler: crashes.handler,
      stdioOptions: crashes.stdio,
      markdown: { supportHtml: false },
    };
    client = new Client('dataEngineer', 'Data Engineer', run, options);
    context.subscriptions.push(client);
    client.onNotification('dataEngineer/snapshot', (next: ServerNotifications['dataEngineer/snapshot']) =>
      update(next),
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) update(null);
      // A restart asked for is no stop worth telling.
      if ((newState === State.Stopped && !restarting) || newState === State.StartFailed) update(null, true);
    });
    await client.start();
  }

  async function restart(): Promise<void> {
    await starting.catch(() => undefined);
    restarting = true;
    if (client === null) starting = start();
    else starting = client.isRunning() ? client.restart() : client.start();
    starting.catch(failedToStart).finally(() => (restarting = false));
    await starting;
  }

  function failedToStart(error: unknown): void {
    log.error(error instanceof Error ? error : String(error));
    update(null, true);
    const show = vscode.l10n.t('Show Output');
    void vscode.window
      .showErrorMessage(vscode.l10n.t('The Data Engineer server could not be started. The output says why.'), show)
      .then((choice) => choice === show && log.show());
  }

  starting = start();
  starting.catch(failedToStart);
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('dataEngineer.server.maxMemoryMb')) return;
      log.info(vscode.l10n.t('The memory ceiling has changed: the server is restarted.'));
      void restart();
    }),
  );

  return {
    get status() {
      return status;
    },
    get state() {
      return state;
    },
    onDidChange: changed.event,
    ready,
    get processId() {
      return client?.serverProcess?.pid;
    },
    async request(name, params, token) {
      await starting.catch(() => undefined);
      if (client?.needsStop() !== true)
        throw new Error(vscode.l10n.t('The Data Engineer server is not running. Use the command Restart Server.'));
      // An undefined third argument would travel as a parameter, and take the place of the server's own token.
      return token === undefined ? client.sendRequest(name, params) : client.sendRequest(name, params, token);
    },
    restart,
  };
}

function memoryCeiling(): number {
  const megabytes = vscode.workspace.getConfiguration('dataEngineer').get<number>('server.maxMemoryMb', 1024);
  return Math.max(128, Math.round(megabytes));
}

function serverOptions(context: vscode.ExtensionContext): ServerOptions {
  return {
    cacheDirectory: (context.storageUri ?? context.globalStorageUri).fsPath,
    wasmDirectory: context.asAbsolutePath('dist/wasm'),
    trusted: vscode.workspace.isTrusted,
    l10n: vscode.l10n.bundle ?? null,
    ruleUri: `${ruleScheme}:/{rule}.md`,
  };
}
