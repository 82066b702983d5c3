/** Offers `data-engineer mcp` to the editor's chat: the same tools, for agents that extension tools do not reach. */
import * as vscode from 'vscode';
import { mcpProvider } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';

interface Manifest {
  readonly version: string;
}

export function activateMcpServer({ extension }: HostContext): void {
  const changed = new vscode.EventEmitter<void>();
  const { version } = extension.extension.packageJSON as Manifest;
  extension.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(mcpProvider, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions() {
        const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
        return folders.map(({ name, uri }) => {
          const server = new vscode.McpStdioServerDefinition(
            folders.length > 1 ? `Data Engineer (${name})` : 'Data Engineer',
            // The runtime that runs this very code, so that no Node need be installed; on a desktop it is the editor itself,
            // which is plain Node when told so.
            process.execPath,
            [extension.asAbsolutePath('dist/cli.js'), 'mcp', uri.fsPath],
            { ELECTRON_RUN_AS_NODE: '1' },
            version,
          );
          server.cwd = uri;
          return server;
        });
      },
    }),
  );
}
