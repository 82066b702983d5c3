import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

describe('data-engineer brief', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  before(
    () =>
      (folder = temporaryFolder({
        'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
        'AGENTS.md': '# Shop\n\n## Requirements\n\n- Answer within 200 ms, from postgres://admin:c4n4ry@db/shop\n',
        'src/user.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) email: string;
}
`,
      })),
  );
  after(() => folder.remove());

  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [main, 'brief', ...args], { cwd: folder.path, encoding: 'utf8', timeout: 50_000 });

  it('prints Markdown for a role', () => {
    const { status, stdout, stderr } = run('api', '.', '--no-cache');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^# Hand-off to the API engineer/);
    assert.match(stdout, /`users`: `email`/);
    assert.doesNotMatch(stdout, /c4n4ry/);
  });

  it('says which roles there are', () => {
    const roles = /api, deployment, frontend, qa, security/;
    for (const args of [[], ['king']]) {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
      assert.match(stderr, roles);
    }
  });
});
