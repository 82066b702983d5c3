/** What VS Code made of the manifest. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, manifest } from './extension.ts';

describe('manifest', () => {
  it('asks for no proposed API, which only development builds of VS Code allow', () => {
    assert.equal(manifest().enabledApiProposals, undefined);
  });

  it('runs in Restricted Mode, with what it does not do there said', () => {
    const { untrustedWorkspaces } = manifest().capabilities;
    assert.ok(untrustedWorkspaces.supported === 'limited' || untrustedWorkspaces.supported);
    if (untrustedWorkspaces.supported === 'limited') assert.ok((untrustedWorkspaces.description ?? '').length > 20);
  });

  it('offers the commands of the palette under the category Data Engineer', async () => {
    const { commands } = manifest().contributes;
    const titles = commands
      .filter(({ category }) => category === 'Data Engineer')
      .map(({ title }) => title)
      .sort();
    for (const title of [
      'Analyze Workspace',
      'Clear Cache',
      'Copy Schema as JSON',
      'Export Diagram',
      'Restart Server',
      'Show ER Diagram',
    ]) {
      assert.ok(
        titles.some((other) => other.replaceAll(/[….]+$/g, '') === title),
        `"Data Engineer: ${title}" is missing among ${titles.join(', ')}`,
      );
    }
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
      'contributed, but nothing runs when they are chosen',
    );
  });

  it('has every text translated: no %key% is left to be seen', () => {
    const untranslated: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'string' && /^%[^%\s]+%$/.test(value)) untranslated.push(`${path}: ${value}`);
      else if (value && typeof value === 'object') {
        for (const [key, child] of Object.entries(value)) walk(child, `${path}.${key}`);
      }
    };
    walk(extension().packageJSON, 'package.json');
    assert.deepEqual(untranslated, []);
  });
});
