import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const entity = (name: string): string => `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class ${name} {
  @PrimaryGeneratedColumn() id: number;

  @ManyToOne(() => ${name}, { onDelete: 'CASCADE' })
  parent: ${name};
}
`;

const files = {
  'package.json': '{ "name": "tree", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'src/old.entity.ts': entity('Old'),
};

interface Reported {
  readonly file: string;
  readonly rule: string;
}

describe('lint on a project with a past', function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = temporaryFolder(files);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder.path, stdio: 'pipe' });
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'First');
  });
  afterEach(() => folder.remove());

  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'lint', '--no-cache', ...args], {
      cwd: folder.path,
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, NO_COLOR: '1' },
    });
    return { status, stdout, stderr };
  };
  const findings = (...args: string[]): readonly Reported[] =>
    JSON.parse(run('--format', 'json', ...args).stdout) as readonly Reported[];

  it('reports only what differs from a commit, new files wholly', () => {
    assert.equal(findings().length, 1);
    assert.deepEqual(findings('--since', 'HEAD'), []);
    writeFileSync(join(folder.path, 'src/fresh.entity.ts'), entity('Fresh'));
    assert.deepEqual(
      findings('--since', 'HEAD').map(({ file }) => file),
      ['src/fresh.entity.ts'],
    );
    const path = join(folder.path, 'src/old.entity.ts');
    writeFileSync(path, readFileSync(path, 'utf8').replace("'CASCADE'", "'SET NULL'"));
    assert.deepEqual(
      findings('--since', 'HEAD').map(({ file }) => file),
      ['src/fresh.entity.ts', 'src/old.entity.ts'],
    );
    const wrong = run('--since', 'no-such-branch');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /no-such-branch/u);
  });

  it('leaves out what a baseline knows, wherever it has moved to', () => {
    const missing = run('--baseline', 'baseline.json');
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /--update-baseline/u);
    assert.equal(run('--baseline', 'baseline.json', '--update-baseline').status, 0);
    assert.equal(run('--baseline', 'baseline.json').status, 0);
    const path = join(folder.path, 'src/old.entity.ts');
    writeFileSync(path, `// moved\n// down\n${readFileSync(path, 'utf8')}`);
    assert.deepEqual(findings('--baseline', 'baseline.json'), []);
    writeFileSync(join(folder.path, 'src/fresh.entity.ts'), entity('Fresh'));
    assert.deepEqual(
      findings('--baseline', 'baseline.json').map(({ file }) => file),
      ['src/fresh.entity.ts'],
    );
    writeFileSync(join(folder.path, 'baseline.json'), '[]');
    assert.equal(run('--baseline', 'baseline.json').status, 2);
  });

  it('makes the fixes, says which, and finds nothing afterwards', () => {
    const list = join(folder.path, 'src/list.ts');
    writeFileSync(
      list,
      "\uFEFFimport { Repository } from 'typeorm';\nimport { Old } from './old.entity';\n\nexport class List {\n  constructor(private readonly all: Repository<Old>) {}\n\n  page(skip: number) {\n    return this.all.find({ skip, take: 20 });\n  }\n}\n",
    );
    writeFileSync(
      join(folder.path, 'src/two.entity.ts'),
      entity('Two')
        .replace('parent', 'left')
        .replace(
          /\}\n$/u,
          `
  @ManyToOne(() => Two, { onDelete: 'CASCADE' })
  right: Two;
}
`,
        ),
    );
    const [page] = (
      findings() as readonly (Reported & { readonly fixes: readonly { readonly edits: readonly unknown[] }[] })[]
    ).filter(({ rule }) => rule === 'unordered-pagination');
    assert.equal(page?.fixes[0]?.edits.length, 1, 'JSON tells the edits of a fix of code');
    const { status, stderr } = run('--fix');
    assert.equal(status, 0);
    assert.equal(stderr.match(/^fixed /gmu)?.length, 4);
    assert.match(readFileSync(list, 'utf8'), /^\uFEFFimport[\s\S]*take: 20, order: \{ id: 'ASC' \} \}\);/u);
    assert.equal(readFileSync(join(folder.path, 'src/two.entity.ts'), 'utf8').match(/@Index\(\)/gu)?.length, 2);
    assert.deepEqual(findings(), []);
    assert.equal(run('--fix').stderr.includes('fixed'), false);
  });

  it('leaves a file that is not UTF-8 as it is, and says why', () => {
    const oneByteEach = Buffer.from('größer', 'latin1');
    const damaged = Buffer.concat([Buffer.from('größer ✓ '), Buffer.from([0xe9])]);
    for (const comment of [oneByteEach, damaged]) {
      const before = Buffer.concat([Buffer.from('// '), comment, Buffer.from(`\n${entity('Old')}`)]);
      const path = join(folder.path, 'src/old.entity.ts');
      writeFileSync(path, before);
      const { stderr } = run('--fix');
      assert.match(stderr, /is gone, or is not UTF-8/u);
      assert.deepEqual(readFileSync(path), before);
    }
  });
});
