/** The extension as installed from its VSIX: complete without the repository around it. `npm run test:package` runs this. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { firstColumns, migratedProject, postEntity, postFile } from '../../support/migratedProject.ts';
import { extension, extensionId } from './extension.ts';
import { until } from './waiting.ts';
import { rootFolder } from './workspace.ts';

describe('installed package', () => {
  it('is what VS Code loads', () => {
    const folder = extension().extensionPath;
    assert.equal(existsSync(join(folder, 'src')), false, `${folder} is the repository, not an installed package`);
    assert.match(folder, /data-engineer\.data-engineer-\d/);
  });

  it('reads the workspace', async () => {
    const api = await extension().activate();
    await api.ready;
    const status = api.status();
    assert.equal(status?.projects.length, 1);
    assert.ok(status.findings.warning + status.findings.error > 0);
    assert.equal(status.analyzing, false);
  });

  it('keeps its cache in the database that the package brings along', async () => {
    const storage = join(dirname(extension().extensionPath), '../data/User');
    const databases = await until(`a cache below ${storage}`, () =>
      readdirSync(storage, { recursive: true, encoding: 'utf8' }).filter(
        (path) => path.includes(extensionId) && /\.(?:db|sqlite3?)$/.test(path),
      ),
    );
    assert.equal(databases.length, 1, databases.join(', '));
  });

  it('has a command line that runs by itself', () => {
    const output = execFileSync(
      process.execPath,
      [join(extension().extensionPath, 'dist/cli.js'), 'schema', rootFolder().fsPath, '--format', 'json'],
      { encoding: 'utf8', maxBuffer: 50_000_000 },
    );
    const { projects } = JSON.parse(output) as { projects: { tables: { name: string }[] }[] };
    assert.ok(projects[0]?.tables.some(({ name }) => name === 'orders'));
  });

  it('proves migrations on the PostgreSQL that it brings along', () => {
    const folder = mkdtempSync(join(tmpdir(), 'data-engineer-installed-'));
    try {
      migratedProject(folder);
      writeFileSync(
        join(folder, postFile),
        postEntity(`${firstColumns}\n\n  @Column({ nullable: true })\n  note: string;`),
      );
      const output = execFileSync(
        process.execPath,
        [join(extension().extensionPath, 'dist/cli.js'), 'migrate', folder, '--name', 'AddNote', '--write'],
        { encoding: 'utf8', timeout: 60_000 },
      );
      assert.match(output, /Proof: ran on PostgreSQL 18[\d.]*: up \d+ ms, down \d+ ms, no rows lost/);
      const written = readdirSync(join(folder, 'src/migrations')).filter((name) => /^\d{13}-add-note\.ts$/.test(name));
      assert.equal(written.length, 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }).timeout(90_000);
});
