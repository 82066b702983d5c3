import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

describe('command line: generate', function () {
  this.timeout(300_000);
  let folder: TemporaryFolder;
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--no-cache'], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    return { code: status, stdout, stderr };
  };
  const read = (path: string): string => readFileSync(join(folder.path, path), 'utf8');

  before(() => {
    folder = temporaryFolder({
      'package.json':
        '{ "name": "api", "dependencies": { "typeorm": "0.3.26", "@nestjs/core": "11.0.0", "pg": "8.0.0" } }',
      'src/tags/tag.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('tags')
export class Tag {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ length: 40, unique: true })
  name!: string;
}
`,
      'src/tags/tags.module.ts': `import { Module } from '@nestjs/common';

@Module({
  providers: [],
})
export class TagsModule {}
`,
    });
  });
  after(() => folder.remove());

  it('shows what it would write, and writes nothing', () => {
    const { code, stdout } = run('generate', 'service', '--entity', 'Tag');
    assert.equal(code, 0);
    assert.match(stdout, /Would write:\n(?: {2}.*\n)* {2}src\/tags\/tags\.service\.ts \(\d+ lines\)/u);
    assert.match(stdout, /Would edit:\n {2}src\/tags\/tags\.module\.ts: Register /u);
    assert.match(stdout, /^\+ import \{ TagsService \} from '\.\/tags\.service';$/mu);
    assert.match(stdout, /^\+\+\+ src\/tags\/tags\.service\.ts\n/mu);
    assert.ok(!existsSync(join(folder.path, 'src/tags/tags.service.ts')));
  });

  it('leaves a module that is not UTF-8 as it is', () => {
    const path = join(folder.path, 'src/tags/tags.module.ts');
    const valid = readFileSync(path);
    const before = Buffer.concat([Buffer.from('// größer\n', 'latin1'), valid]);
    writeFileSync(path, before);
    const { code, stderr } = run('generate', 'service', '--entity', 'Tag', '--write');
    assert.equal(code, 2);
    assert.match(stderr, /src\/tags\/tags\.module\.ts is not UTF-8 and is left as it is\./u);
    assert.deepEqual(readFileSync(path), before);
    assert.ok(!existsSync(join(folder.path, 'src/tags/tags.service.ts')), 'nor is anything else written');
    writeFileSync(path, valid);
  });

  it('writes what it showed, once, and never over what was changed since', () => {
    assert.match(run('generate', 'service', '--entity', 'Tag', '--write').stdout, /^Wrote:\n/u);
    assert.match(read('src/tags/tags.module.ts'), /providers: \[TagsRepository, TagsService\]/u);
    appendFileSync(join(folder.path, 'src/tags/tags.service.ts'), '// mine\n');
    const [service, module] = [read('src/tags/tags.service.ts'), read('src/tags/tags.module.ts')];
    const { code, stdout } = run('generate', 'service', '--entity', 'Tag', '--write');
    assert.equal(code, 0);
    assert.match(stdout, /^Nothing is left to generate\.\n/u);
    assert.deepEqual([read('src/tags/tags.service.ts'), read('src/tags/tags.module.ts')], [service, module]);
  });

  it('tells the same as JSON', () => {
    const result = JSON.parse(run('generate', 'dto', '--entity', 'tags', '--format', 'json').stdout) as {
      files: readonly { path: string }[];
    };
    assert.ok(result.files.some(({ path }) => path === 'src/tags/dto/create-tag.dto.ts'));
  });

  for (const [args, message] of [
    [['generate'], /generate takes what to write: all, repository, service/u],
    [['generate', 'views'], /"views" cannot be generated: it is one of all, repository/u],
    [['generate', 'all', '--entity', 'Label'], /There is no entity "Label": there is Tag\./u],
  ] as const)
    it(`${args.join(' ')}: one clear line and exit code 2`, () => {
      const { code, stdout, stderr } = run(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.match(stderr, /^data-engineer: [^\n]+\n$/u);
    });
});
