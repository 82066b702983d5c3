import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import { brokenReaderTests } from '../../../support/brokenReaderTests.ts';
import { readFolder } from './oracle.ts';
import { loadSyntax, readFragment, readTexts } from './read.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

function allFolders(): readonly string[] {
  return ['any', 'postgresql', 'mysql']
    .flatMap((group) => readdirSync(join(fixtures, group)).map((name) => join(fixtures, group, name)))
    .concat(join(fixtures, 'naming'));
}

/** Ends of tokens, evenly sampled. */
function cuts(text: string, count: number): readonly number[] {
  const ends = [...text.matchAll(/[\w$]+|[^\s\w$]/g)].map((match) => match.index + match[0].length);
  const step = Math.max(1, Math.floor(ends.length / count));
  return ends.filter((_, index) => index % step === 0);
}

brokenReaderTests({
  name: 'TypeORM',
  reader: typeormReader,
  loadSyntax,
  groups: allFolders().map((folder) => readFolder(folder)),
  // What follows cuts them too.
  step: 20,
});

describe('TypeORM reader on fixtures half typed', function () {
  this.timeout(120_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  it('reads and links every prefix of every fixture, in bounded time', () => {
    let read = 0;
    for (const folder of allFolders()) {
      const texts = readFolder(folder);
      for (const [path, text] of texts) {
        for (const end of cuts(text, 25)) {
          const started = performance.now();
          const { tables } = readTexts(new Map([...texts, [path, text.slice(0, end)]]), syntax).link('postgresql');
          assert.ok(performance.now() - started < 5000, `${path} cut at ${end}`);
          assert.ok(Array.isArray(tables));
          read++;
        }
      }
    }
    assert.ok(read > 200, `${read} prefixes`);
  });

  it('keeps what stands before the cut', () => {
    const text = readFolder(join(fixtures, 'any', 'plain')).get('user.entity.ts');
    assert.ok(text);
    const half = new Map([['user.entity.ts', text.slice(0, text.indexOf('@VersionColumn'))]]);
    const { tables } = readTexts(half, syntax).link('postgresql');
    const user = tables.find((table) => table.entity === 'AppUser');
    assert.ok(user?.columns.some((column) => column.name === 'createdAt'));
  });

  it('survives circular names, bases, constants and exports', () => {
    const texts = new Map([
      [
        'a.ts',
        `import { B } from './b'; export * from './b'; export class A extends B {} export const x = y; const y = x;`,
      ],
      [
        'b.ts',
        `import { A } from './a'; export * from './a'; export class B extends A {} export function f() { return f(); }`,
      ],
      [
        'c.ts',
        `import { Entity, Column, ManyToOne } from 'typeorm'; import { A, x, f, Nothing } from './a';
         @Entity(x) export class C extends A { @Column(() => C) c: C; @Column({ default: f(), type: x }) d: string;
         @ManyToOne(() => Nothing, f) n: Nothing; @Column({ enum: x, ...x }) e: typeof x; }
         @Entity() export class Itself extends Itself {}`,
      ],
    ]);
    const { tables, problems } = readTexts(texts, syntax).link('mysql');
    assert.deepEqual(tables.map((table) => table.entity).toSorted(), ['C', 'Itself']);
    assert.ok(problems.some((problem) => problem.code === 'unresolved-entity'));
    assert.ok(problems.every((problem) => problem.at?.file === 'c.ts'));
  });

  it('is bounded on deep nesting', () => {
    const deep = '['.repeat(3000) + ']'.repeat(3000);
    const text = `import { Entity, Column } from 'typeorm';\nconst x = ${deep};\n@Entity() class A { @Column({ default: ${deep} }) a: ${'('.repeat(2000)}string${')'.repeat(2000)}; }`;
    const fragment = readFragment('deep.ts', text, syntax);
    assert.equal(fragment.mappings.classes[0]?.name, 'A');
  });

  it('yields the same tables whatever the order of the files', () => {
    const texts = readFolder(join(fixtures, 'any', 'relations'));
    const forward = readTexts(texts, syntax).link('postgresql');
    const backward = readTexts(new Map([...texts].reverse()), syntax).link('postgresql');
    assert.equal(JSON.stringify(backward), JSON.stringify(forward));
  });
});
