/** A language server in this process and a client to talk to it, over two pipes. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Diagnostic,
  InitializeParams,
  ProtocolConnection,
  PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { createConnection } from 'vscode-languageserver/node';
import type { ServerOptions, StatusSummary } from '../../src/protocol/server.ts';
import type { CreateEngine } from '../../src/server/folder.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { startServer } from '../../src/server/startServer.ts';

export interface TestServer {
  readonly client: ProtocolConnection;
  /** URI → what it was last told. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Every message about diagnostics, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  readonly statuses: readonly StatusSummary[];
  readonly shown: readonly string[];
  configure(values: Readonly<Record<string, unknown>>): Promise<void>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly folders: readonly string[];
  readonly createEngine?: CreateEngine;
  readonly options?: Partial<ServerOptions>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly capabilities?: InitializeParams['capabilities'];
  /** False = the client says only `rootUri`, as old ones do. */
  readonly sendsFolders?: boolean;
}

const defaults: ServerOptions = {
  cacheDirectory: null,
  wasmDirectory: dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm')),
  trusted: true,
  l10n: null,
  ruleUri: null,
};

export async function startTestServer(test: TestServerOptions): Promise<TestServer> {
  const up = new PassThrough();
  const down = new PassThrough();
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    defaults,
    ...(test.createEngine === undefined ? {} : { createEngine: test.createEngine }),
  });
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  const published: PublishDiagnosticsParams[] = [];
  const statuses: StatusSummary[] = [];
  const shown: string[] = [];
  let configuration = test.configuration ?? {};
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    diagnostics.set(params.uri, params.diagnostics);
  });
  client.onNotification('dataEngineer/snapshot', (status: StatusSummary) => void statuses.push(status));
  client.onNotification('window/showMessage', ({ message }: { message: string }) => void shown.push(message));
  client.onNotification('window/logMessage', () => undefined);
  client.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
    shown.push(message);
    return null;
  });
  client.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
    items.map(({ section }) => configuration[section] ?? null),
  );
  client.onRequest('client/registerCapability', () => null);
  client.onRequest('workspace/codeLens/refresh', () => null);
  client.listen();

  const folders = test.folders.map((folder) => ({ uri: pathToUri(folder), name: folder.split('/').at(-1) ?? '' }));
  const params: Omit<InitializeParams, 'rootUri'> & { readonly rootUri: string | null } = {
    processId: null,
    rootUri: folders[0]?.uri ?? null,
    capabilities: test.capabilities ?? {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        codeLens: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
    },
    ...(test.sendsFolders === false ? {} : { workspaceFolders: folders }),
    initializationOptions: test.options ?? {},
  };
  await client.sendRequest('initialize', params);
  await client.sendNotification('initialized', {});

  return {
    client,
    diagnostics,
    published,
    statuses,
    shown,
    async configure(values) {
      configuration = values;
      await client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    open: (uri, text, languageId = 'typescript') =>
      client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, text) =>
      client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    async close() {
      await client.sendRequest('shutdown');
      // `exit` would end this very process.
      client.dispose();
    },
  };
}

/** Polls until `check` yields something; fails with what was waited for. */
export async function until<T>(
  what: string,
  check: () => T | null | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = check();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await pause(5);
  }
}
