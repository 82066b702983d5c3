/** `diagram --since <ref>`: what has changed is drawn, what is gone as well. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const entity = (table: string, name: string, body: string) =>
  `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
@Entity('${table}')
export class ${name} {
  @PrimaryGeneratedColumn() id: number;
${body}}
`;

describe('data-engineer diagram --since', function () {
  this.timeout(180_000);

  it('marks what was added, changed and removed since a commit', () => {
    const folder = temporaryFolder({
      'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
      'src/user.entity.ts': entity('users', 'User', '  @Column() name: string;\n  @Column() nick: string;\n'),
      'src/old.entity.ts': entity('old_things', 'OldThing', '  @Column() label: string;\n'),
      'src/same.entity.ts': entity('same', 'Same', ''),
    });
    try {
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder.path });
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'first');
      git('rm', '-q', 'src/old.entity.ts');
      folder.write({
        'src/user.entity.ts': entity(
          'users',
          'User',
          '  @Column({ nullable: true }) name: string;\n  @Column() mail: string;\n',
        ),
        'src/fresh.entity.ts': entity('fresh', 'Fresh', '  @Column() label: string;\n'),
      });
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [main, 'diagram', '--no-cache', '--since', 'HEAD', ...args], {
          cwd: folder.path,
          encoding: 'utf8',
        });
      const { status, stdout, stderr } = run('--format', 'json');
      assert.equal(status, 0, stderr);
      const { tables, changes } = JSON.parse(stdout) as {
        tables: { id: string; change?: string; columns: { name: string; change?: string }[] }[];
        changes: { since: string; entries: { kind: string; table: string }[] };
      };
      assert.deepEqual(
        tables.map(({ id, change }) => [id, change]),
        [
          ['fresh', 'added'],
          ['old_things', 'removed'],
          ['same', undefined],
          ['users', 'altered'],
        ],
      );
      assert.deepEqual(
        tables.at(-1)?.columns.map(({ name, change }) => [name, change]),
        [
          ['id', undefined],
          ['name', 'altered'],
          ['mail', 'added'],
          ['nick', 'removed'],
        ],
      );
      assert.equal(changes.since, 'HEAD');
      assert.ok(changes.entries.some(({ kind, table }) => kind === 'removed' && table === 'old_things'));
      const mermaid = run('--format', 'mermaid').stdout;
      assert.match(mermaid, /"old_things"\["old_things \(removed\)"\] \{/u);
      assert.match(mermaid, /mail "added"/u);
      const svg = run().stdout;
      assert.match(svg, /class="oremoved"/u);
      assert.match(svg, />\+ varchar/u);
    } finally {
      folder.remove();
    }
  });
});
