/** The parts of the host that need no VS Code. */
import assert from 'node:assert/strict';
import type { StatusSummary } from '../../src/protocol/server.ts';
import { diagramPage } from '../../src/host/features/diagram/html.ts';
import { restartPolicy } from '../../src/host/features/languageClient/restartPolicy.ts';
import { statusText } from '../../src/host/features/statusBar/statusText.ts';

describe('restart after a crash', () => {
  it('restarts four times within three minutes, and tells of the first and of giving up', () => {
    const decide = restartPolicy();
    const decisions = [0, 1, 2, 3, 4].map((count) => decide(count * 30_000));
    assert.deepEqual(decisions, [
      { restart: true, tell: true },
      { restart: true, tell: false },
      { restart: true, tell: false },
      { restart: true, tell: false },
      { restart: false, tell: true },
    ]);
  });

  it('forgets crashes that are long ago', () => {
    const decide = restartPolicy();
    for (let count = 0; count < 20; count++) assert.deepEqual(decide(count * 200_000), { restart: true, tell: true });
  });

  it('begins anew after a restart by hand', () => {
    const decide = restartPolicy();
    for (let count = 0; count < 5; count++) decide(count);
    assert.deepEqual(decide(10), { restart: true, tell: true });
  });
});

describe('status bar', () => {
  const translate = (message: string, ...args: (string | number)[]) =>
    message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));
  const status: StatusSummary = {
    projects: [{ id: 'file:///shop', label: 'shop', tables: 12, relations: 9 }],
    findings: { error: 2, warning: 0, info: 1 },
    problems: 0,
    version: 3,
    analyzing: false,
  };
  const text = (state: Parameters<typeof statusText>[0], of: StatusSummary | null = status) =>
    statusText(state, of, translate);

  it('counts what was found', () => {
    assert.equal(text('ready')?.text, '$(database) $(error) 2');
    assert.equal(text('ready')?.tooltip, 'Data Engineer\n2 errors, 0 warnings, 1 hints\nshop: 12 tables, 9 relations');
    const quiet = { ...status, findings: { error: 0, warning: 0, info: 0 } };
    assert.equal(text('ready', quiet)?.text, '$(database) $(check)');
    assert.equal(
      text('ready', { ...status, findings: { error: 0, warning: 0, info: 4 } })?.text,
      '$(database) $(info) 4',
    );
  });

  it('takes no room where there is nothing to say', () => {
    assert.equal(text('empty'), null);
  });

  it('says that the server works or has stopped, in words for screen readers', () => {
    assert.match(text('starting', null)?.label ?? '', /reading/);
    assert.match(text('stopped', null)?.label ?? '', /stopped/);
    assert.doesNotMatch(text('ready')?.label ?? '', /\$\(/);
  });
});

describe('page of the diagram', () => {
  const page = diagramPage({
    nonce: 'n0nce',
    cspSource: 'https://*.vscode-cdn.net',
    first: { script: 'const text = "</script><!--";', style: 'body { margin: 0; }' },
    app: 'https://file/main.js?"><script>alert(1)</script>',
    appStyle: 'https://file/main.css',
    worker: 'https://file/layoutWorker.js',
    elkWorker: 'https://file/elkWorker.js',
    l10n: { Search: 'Su"che' },
    title: 'A & B <i>',
    language: 'en',
  });

  it('allows only scripts with its nonce, and nothing by default', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    assert.match(policy, /^default-src 'none';/);
    assert.match(policy, /script-src 'nonce-n0nce'(?:;|$)/);
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/);
    assert.equal(page.match(/<script/g)?.length, 1);
  });

  it('hands the worker to the script, and escapes what it is given', () => {
    assert.match(
      page,
      / data-app-style="https:\/\/file\/main\.css" data-worker="https:\/\/file\/layoutWorker\.js" data-elk-worker="https:\/\/file\/elkWorker\.js" data-l10n="\{&quot;Search&quot;:&quot;Su\\&quot;che&quot;\}">/,
    );
    assert.match(page, /<title>A &amp; B &lt;i&gt;<\/title>/);
  });
});
