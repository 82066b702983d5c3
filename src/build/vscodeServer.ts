/**
 * VS Code's own web server from the npm package `code-server`, used without code-server itself and without a native build:
 * `npm start` opens it where no desktop VS Code is at hand, and the tests drive it where none can be downloaded.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Also the version of VS Code itself: code-server 4.139.1 carries VS Code 1.139.1. */
export const codeServerVersion = '4.139.1';
/** Rises when the installation is made in another way, so that older ones are made anew. */
const recipe = 2;
const minimumNode = 24;
const installMinutes = 10;
const readySeconds = 60;

const repository = fileURLToPath(new URL('../../', import.meta.url));

export interface InstallOptions {
  /** Where installations are kept; `.vscode-test/` of the repository unless given. */
  readonly cacheFolder?: string;
  readonly log?: (line: string) => void;
}

export interface VsCodeInstallation {
  readonly version: string;
  /** The folder of VS Code itself, with `out/server-main.js`. */
  readonly folder: string;
}

/**
 * Installs VS Code's server once (about twenty seconds and 600 MB) and finds it installed ever after.
 * It is put together beside its final place and moved there when complete, so that neither an interrupted run nor two at
 * once leave half an installation behind.
 * @throws Error saying what failed and what to do, with the end of npm's own output.
 */
export async function installVsCodeServer(options: InstallOptions = {}): Promise<VsCodeInstallation> {
  const cache = resolve(options.cacheFolder ?? join(repository, '.vscode-test'));
  const target = join(cache, `code-server-${codeServerVersion}-${recipe}`);
  const installation = { version: codeServerVersion, folder: join(target, 'node_modules/code-server/lib/vscode') };
  const marker = join(target, 'complete.json');
  if (existsSync(marker)) return installation;

  options.log?.(`Installing VS Code's web server (code-server ${codeServerVersion} from npm) into ${target}, once …`);
  mkdirSync(cache, { recursive: true });
  removeAbandoned(cache);
  const staging = `${target}.${process.pid}.partial`;
  mkdirSync(staging, { recursive: true });
  try {
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    // Without their install scripts no compiler is needed: what stays unbuilt is file logging, replaced below.
    await npm(staging, ['install', '--ignore-scripts', `code-server@${codeServerVersion}`]);
    const vscode = join(staging, 'node_modules/code-server/lib/vscode');
    await npm(vscode, ['install', '--ignore-scripts', '--omit=dev', '--no-save']);
    // TypeScript itself, without which VS Code's own support of the language reports an error at every start.
    await npm(join(vscode, 'extensions'), ['install', '--ignore-scripts', '--omit=dev', '--no-save']);
    copyFileSync(join(import.meta.dirname, 'plainLogger.mjs'), join(vscode, 'node_modules/@vscode/spdlog/index.js'));
    if (!existsSync(join(vscode, 'out/server-main.js'))) {
      throw new Error(`The package code-server ${codeServerVersion} holds no lib/vscode/out/server-main.js.`);
    }
    writeFileSync(join(staging, 'complete.json'), `${JSON.stringify({ version: codeServerVersion })}\n`);
    if (!existsSync(marker)) {
      rmSync(target, { recursive: true, force: true });
      renameSync(staging, target);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return installation;
}

/** Removes what runs that no longer exist left half installed. */
function removeAbandoned(cache: string): void {
  for (const name of readdirSync(cache)) {
    const pid = Number(/\.(\d+)\.partial$/.exec(name)?.[1]);
    if (!pid) continue;
    try {
      process.kill(pid, 0);
    } catch {
      rmSync(join(cache, name), { recursive: true, force: true });
    }
  }
}

function npm(folder: string, args: readonly string[]): Promise<void> {
  const script = process.env.npm_execpath;
  const viaNode = script?.endsWith('.js') ? [script] : [];
  const command = viaNode.length > 0 ? process.execPath : 'npm';
  // npm hands its own settings of the outer run to scripts: that run's prefix must not become this one's.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|config_(?:local_)?prefix)/i.test(name)),
  );
  return new Promise((fulfil, reject) => {
    const child = spawn(command, [...viaNode, ...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      env,
      shell: viaNode.length === 0 && process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: installMinutes * 60_000,
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-4000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) =>
      reject(new Error(`npm could not be started to install VS Code's web server: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) fulfil();
      else {
        const why = signal ? `stopped after ${installMinutes} minutes` : `ended with code ${code}`;
        reject(
          new Error(
            `VS Code's web server could not be installed: \`npm ${args.join(' ')}\` in ${folder} ${why}.\n` +
              `${output.trim()}\nIt needs the npm registry and about 1 GB of disk space; run the command again once they are there.`,
          ),
        );
      }
    });
  });
}

export interface StartOptions {
  readonly installation: VsCodeInstallation;
  /** Settings, state and logs of this server. Kept by the caller: a person's survive, a test's are thrown away. */
  readonly dataDir: string;
  /** `dataDir/extensions` unless given. */
  readonly extensionsDir?: string;
  /** The loopback port; any free one unless given. */
  readonly port?: number;
  /** `true` trusts every folder, `false` asks as VS Code does and opens in Restricted Mode until then. */
  readonly trustWorkspaces?: boolean;
  /** User settings, written over those that are there. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes the page obey the `payload` of its address, as tests need. */
  readonly testDriver?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface VsCodeServer {
  readonly pid: number;
  readonly port: number;
  /** `host:port`, which is also the authority of `vscode-remote:` URIs. */
  readonly authority: string;
  /** The address of a folder or `.code-workspace` file in this server. */
  url(path: string, payload?: readonly (readonly [string, string])[]): string;
  /** The last of what the server wrote, for messages about failures. */
  output(): string;
  /** Ends the server and everything it started. */
  stop(): Promise<void>;
  /** Settles when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts the server on the loopback interface and waits until it answers. It ends with this process at the latest.
 * @throws Error with the server's own words when it does not come up within a minute.
 */
export async function startVsCodeServer(options: StartOptions): Promise<VsCodeServer> {
  const dataDir = resolve(options.dataDir);
  writeSettings(dataDir, options.settings ?? {});
  const args = [
    join(options.installation.folder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    '--without-connection-token',
    '--accept-server-license-terms',
    ...['--telemetry-level', 'off'],
    ...['--server-data-dir', dataDir],
    ...(options.extensionsDir ? ['--extensions-dir', resolve(options.extensionsDir)] : []),
    ...(options.trustWorkspaces === false ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const child = spawn(nodeProgram(), args, {
    // A group of its own: its helpers (extension host, watcher, agent host) outlive it unless the whole group is ended.
    detached: process.platform !== 'win32',
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<void>((fulfil) => child.once('close', () => fulfil()));
  const endNow = (): void => endGroup(child);
  process.once('exit', endNow);
  void ended.then(() => process.removeListener('exit', endNow));

  const collect = (chunk: Buffer): void => void (text = (text + chunk.toString()).slice(-20_000));
  child.stderr.on('data', collect);
  const port = await new Promise<number>((fulfil, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      endGroup(child);
      reject(new Error(`VS Code's web server did not start: ${why}.\n${text.trim()}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${readySeconds} seconds`), readySeconds * 1000);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}`));
    child.stdout.on('data', (chunk: Buffer) => {
      collect(chunk);
      const found = /Extension host agent listening on (\d+)/.exec(text)?.[1];
      if (!found) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      fulfil(Number(found));
    });
  });
  const authority = `127.0.0.1:${port}`;
  return {
    pid: child.pid ?? 0,
    port,
    authority,
    ended,
    output: () => text,
    url: (path, payload) => {
      const kind = path.endsWith('.code-workspace') ? 'workspace' : 'folder';
      // Slashes stay readable: a person sees this address.
      const address = `http://${authority}/?${kind}=${encodeURIComponent(urlPath(path)).replaceAll('%2F', '/')}`;
      return payload ? `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}` : address;
    },
    stop: async () => {
      endGroup(child);
      await ended;
    },
  };
}

/** `/abs/path`, and `/c:/abs/path` on Windows. */
function urlPath(path: string): string {
  return decodeURIComponent(pathToFileURL(resolve(path)).pathname);
}

/** VS Code's server needs the Node it was made for, which the repository pins as a development dependency. */
function nodeProgram(): string {
  if (Number(process.versions.node.split('.')[0]) >= minimumNode) return process.execPath;
  const pinned = join(repository, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  throw new Error(
    `VS Code's web server needs Node ${minimumNode}; this is ${process.version}. Run \`npm install\` first.`,
  );
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): void {
  const folder = join(dataDir, 'data/User');
  const file = join(folder, 'settings.json');
  mkdirSync(folder, { recursive: true });
  if (Object.keys(settings).length === 0) return;
  let present: unknown = {};
  try {
    present = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // A person's file with comments in it is theirs: it stays as it is.
    if (existsSync(file) && error instanceof SyntaxError) return;
  }
  writeFileSync(file, `${JSON.stringify({ ...(present as object), ...settings }, null, 2)}\n`);
}

/**
 * Makes a server load extensions from where they lie, with nothing copied: whoever opens any folder of that server has
 * them, and a rebuild needs no more than a reload of the page.
 * @param extensionsDir the server's `extensionsDir`; extensions installed in it before are forgotten.
 * @param folders absolute folders with a `package.json`
 */
export function linkExtensions(extensionsDir: string, folders: readonly string[]): void {
  mkdirSync(extensionsDir, { recursive: true });
  const entries = folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
    return {
      identifier: { id: `${manifest.publisher}.${manifest.name}` },
      version: manifest.version,
      location: { $mid: 1, scheme: 'file', path: urlPath(folder) },
      metadata: { installedTimestamp: 1, source: 'vsix' },
    };
  });
  writeFileSync(join(extensionsDir, 'extensions.json'), `${JSON.stringify(entries)}\n`);
}

/**
 * Installs a packed extension as a user does with *Install from VSIX…*, into a server that is not running.
 * @throws Error with VS Code's own words when it refuses the file.
 */
export function installVsix(options: {
  readonly installation: VsCodeInstallation;
  readonly dataDir: string;
  readonly extensionsDir?: string;
  readonly vsix: string;
}): void {
  const result = spawnSync(
    nodeProgram(),
    [
      join(options.installation.folder, 'out/server-main.js'),
      ...['--server-data-dir', resolve(options.dataDir)],
      ...(options.extensionsDir ? ['--extensions-dir', resolve(options.extensionsDir)] : []),
      ...['--install-extension', resolve(options.vsix), '--force'],
      '--accept-server-license-terms',
    ],
    { encoding: 'utf8', timeout: readySeconds * 1000 },
  );
  if (result.status !== 0 || !result.stdout.includes('successfully installed')) {
    throw new Error(`VS Code refused to install ${options.vsix}:\n${result.stdout}${result.stderr}`.trim());
  }
}

/** Settings that keep a server quiet: no welcome page, no chat, no questions and no asking the network for news. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // As on the desktop; in a browser VS Code saves after a second by default.
  'files.autoSave': 'off',
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  // The example is there to be read: its dependencies are not installed, so that every import would be underlined.
  'typescript.validate.enable': false,
  'js/ts.validate.enabled': false,
};
