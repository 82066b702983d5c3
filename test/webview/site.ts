/** The built webview on a loopback port, under the content security policy of the real panel. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { webviewBundles } from '../../src/build/build.ts';
import { diagramPage } from '../../src/host/features/diagram/html.ts';
import type { PageSources } from '../../src/host/features/diagram/html.ts';
import { bodyClass, themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

export const repository = fileURLToPath(new URL('../../', import.meta.url));
const outdir = join(repository, 'dist-test', 'webview-site');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.map': 'application/json',
};

export interface Site {
  /** Address of the page in a theme. */
  page(theme: ThemeName): string;
  /** Serves texts for as long as the site stands; gives their addresses. */
  publish(texts: readonly string[]): readonly string[];
  close(): Promise<void>;
}

/** Builds the bundles as they are shipped and serves them. */
export async function startSite(): Promise<Site> {
  await Promise.all(webviewBundles({ production: true, outdir }).map((bundle) => build(bundle)));
  const built = (name: string) => readFile(join(outdir, 'webview', name), 'utf8');
  const first = { script: await built('first.js'), style: await built('first.css') };
  const published = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    if (url.pathname === '/') {
      const theme = url.searchParams.get('theme') as ThemeName;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(shell(theme, url.origin, first));
      return;
    }
    const text = published.get(url.pathname);
    if (text !== undefined) {
      response.setHeader('content-type', 'application/json');
      response.end(text);
      return;
    }
    if (url.pathname === '/favicon.ico') {
      response.statusCode = 204;
      response.end();
      return;
    }
    readFile(join(outdir, 'webview', url.pathname.replaceAll('..', ''))).then(
      (content) => {
        response.setHeader('content-type', types[extname(url.pathname)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    page: (theme) => `http://127.0.0.1:${port}/?theme=${theme}`,
    publish: (texts) =>
      texts.map((text) => {
        const path = `/published/${published.size}`;
        published.set(path, text);
        return `http://127.0.0.1:${port}${path}`;
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The host's own page, with the class that VS Code puts on the body. */
function shell(theme: ThemeName, origin: string, first: PageSources['first']): string {
  return diagramPage({
    nonce: 'test',
    cspSource: origin,
    first,
    app: 'main.js',
    appStyle: 'main.css',
    worker: 'layoutWorker.js',
    elkWorker: 'elkWorker.js',
    l10n: null,
    title: 'ER Diagram',
    language: 'en',
  }).replace('<body>', `<body class="${bodyClass[theme]}">`);
}

/** Custom properties as VS Code sets them on the root element. */
export function themeStyle(theme: ThemeName): string {
  return Object.entries(themes[theme])
    .map(([name, value]) => `--vscode-${name}: ${value}`)
    .join('; ');
}
