/** The language server's life: restarts asked for, and crashes nobody asked for. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, runCommand } from './extension.ts';
import { diagnosticsOf, pause, until } from './waiting.ts';
import { closeEditors, fileUri, missingIndex, openFile, replaceText } from './workspace.ts';

const orderFile = 'src/orders/entities/order.entity.ts';

/** Records what the extension says in notifications, and answers none. The test and the extension share one `vscode`. */
function recordMessages(): { readonly said: string[]; restore(): void } {
  const said: string[] = [];
  const { window } = vscode;
  const names = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;
  const originals = names.map((name) => window[name]);
  const record = (message: string): Thenable<undefined> => {
    said.push(message);
    return Promise.resolve(undefined);
  };
  for (const name of names) Object.assign(window, { [name]: record });
  return {
    said,
    restore: () => names.forEach((name, index) => Object.assign(window, { [name]: originals[index] })),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function runningServer(): Promise<number> {
  const api = await extension().activate();
  return until('the server', () => {
    const pid = api.serverProcessId();
    return pid !== undefined && isRunning(pid) ? pid : null;
  });
}

function otherServer(before: number): number | null {
  const pid = extension().exports.serverProcessId();
  return pid !== undefined && pid !== before && isRunning(pid) ? pid : null;
}

async function findingsFollowTyping(): Promise<void> {
  const editor = await openFile(orderFile);
  const { uri } = editor.document;
  await until('the finding', () => diagnosticsOf(uri, missingIndex));
  await replaceText(editor, '  @ManyToOne(() => Customer', '  @Index()\n  @ManyToOne(() => Customer');
  await until('the finding to go', () => diagnosticsOf(uri, missingIndex).length === 0);
  await closeEditors();
  await until('the finding to return', () => diagnosticsOf(uri, missingIndex));
}

describe('language server', function () {
  this.timeout(60_000);
  afterEach(closeEditors);

  it('runs in a process of its own', async () => {
    assert.notEqual(await runningServer(), process.pid);
  });

  it('is another process after Restart Server, and works on', async () => {
    const before = await runningServer();
    await runCommand('Restart Server');
    await until('a new server', () => otherServer(before));
    await until('the old one to end', () => !isRunning(before));
    await findingsFollowTyping();
  });

  it('comes back when it is killed, says so once, and has lost nothing', async () => {
    const before = await runningServer();
    const editor = await openFile(orderFile);
    await replaceText(editor, '  @ManyToOne(() => Customer', '  @Index()\n  @ManyToOne(() => Customer');
    await until('the finding to go', () => diagnosticsOf(fileUri(orderFile), missingIndex).length === 0);
    const messages = recordMessages();
    try {
      process.kill(before, 'SIGKILL');
      await until('a new server', () => otherServer(before), 30_000);
      const refund = fileUri('src/payments/entities/refund.entity.ts');
      await until('findings from the new server', () => diagnosticsOf(refund, missingIndex));
      await until('a word about it', () => messages.said);
      await pause(1500);
      assert.equal(messages.said.length, 1, messages.said.join(' | '));
      assert.match(messages.said[0] ?? '', /restart/i);
      assert.deepEqual(diagnosticsOf(fileUri(orderFile), missingIndex), [], 'what was typed before the crash counts');
    } finally {
      messages.restore();
    }
    await closeEditors();
    await findingsFollowTyping();
  });
});
