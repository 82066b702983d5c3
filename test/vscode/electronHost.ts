/** Runs the suite in the desktop VS Code that `@vscode/test-electron` downloads. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { quietSettings } from '../../src/build/vscodeServer.ts';
import { repository, temporaryFolder } from '../support/folders.ts';
import type { Host, HostRun } from './host.ts';

const downloadIdleMs = 30_000;

/** Why no desktop VS Code can show a window here; null where it can. */
export function noDisplay(): string | null {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return null;
  return 'there is no display (DISPLAY is not set)';
}

/** @throws Error when VS Code cannot be downloaded. */
export async function electronHost(): Promise<Host> {
  const version = process.env.DATA_ENGINEER_VSCODE_VERSION ?? 'stable';
  const program = await downloadAndUnzipVSCode({
    version,
    cachePath: join(repository, '.vscode-test'),
    timeout: downloadIdleMs,
  });
  return {
    name: `desktop VS Code (${version})`,
    run: (run) => runInElectron(program, run),
    close: () => Promise.resolve(),
  };
}

async function runInElectron(program: string, run: HostRun): Promise<void> {
  const userData = temporaryFolder('user-data');
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...run.settings }));
  const tests = runTests({
    vscodeExecutablePath: program,
    extensionDevelopmentPath: [run.extension, ...run.extensions],
    extensionTestsPath: run.entry,
    extensionTestsEnv: { ...run.env },
    launchArgs: [
      run.open,
      ...(run.trusted ? ['--disable-workspace-trust'] : []),
      '--disable-extensions',
      '--user-data-dir',
      userData,
      ...(process.platform === 'linux' ? ['--no-sandbox', '--disable-gpu'] : []),
    ],
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_fulfil, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The tests had not ended after ${run.timeoutMs / 1000} seconds.`)),
      run.timeoutMs,
    );
  });
  try {
    await Promise.race([tests, late]);
  } finally {
    clearTimeout(timer);
  }
}
