/** What agents get in a real VS Code: the tools, and briefs to hand over. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from './extension.ts';
import { until } from './waiting.ts';
import { closeEditors } from './workspace.ts';

const names = [
  ...['diff_schema', 'explain_rule', 'find_tables', 'generate_code', 'get_profile', 'get_schema', 'lint_schema'],
  ...['plan_migration', 'verify_migration'],
].map((name) => `data_engineer_${name}`);

interface Manifest {
  readonly contributes: Readonly<Record<'chatAgents' | 'chatSkills', readonly { readonly path: string }[]>>;
}

async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(`data_engineer_${name}`, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe('agents', () => {
  before(() => extension().activate());
  afterEach(closeEditors);

  it('find every tool, with its schema', async () => {
    const ours = await until('the tools', () => {
      const found = vscode.lm.tools.filter(({ name }) => names.includes(name));
      return found.length === names.length ? found : null;
    });
    for (const { description, inputSchema } of ours) {
      assert.ok(description.length > 80);
      assert.equal((inputSchema as { type?: string }).type, 'object');
    }
  });

  it('are answered', async () => {
    assert.match(await invoke('get_schema', { tables: ['Order'], neighbours: 0 }), /"name":"orders"/);
    assert.match(await invoke('find_tables', { question: 'unpaid orders' }), /"orders"/);
    assert.match(await invoke('lint_schema', {}), /missing-foreign-key-index/);
    assert.match(await invoke('explain_rule', { rule: 'SCH001' }), /^# missing-primary-key/);
    assert.match(await invoke('get_profile', {}), /"typeorm"/);
  });

  it('are told what is wrong with an input', async () => {
    await assert.rejects(invoke('find_tables', { question: 7 }), /"question" must be a string, not 7/);
  });

  it('are contributed, with the skills', async () => {
    const files = JSON.stringify(await vscode.commands.executeCommand('_listExtensionPromptFiles'));
    const { chatAgents, chatSkills } = (extension().packageJSON as Manifest).contributes;
    assert.ok(chatAgents.length === 7 && chatSkills.length === 4);
    for (const { path } of [...chatAgents, ...chatSkills])
      assert.ok(files.includes(path.replace(/^\.\//, '')), `${path} is not among ${files}`);
  });

  it('get a brief as a new Markdown document', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const document = await vscode.commands.executeCommand<vscode.TextDocument | undefined>(
      'dataEngineer.createBrief',
      undefined,
      'security',
    );
    assert.equal(document?.languageId, 'markdown');
    assert.ok(document.isUntitled);
    assert.match(document.getText(), /^# Hand-off to the security engineer/);
  });
});
