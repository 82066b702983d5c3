/** Tests that a reader of TypeScript and JavaScript survives broken input: every fixture cut at its tokens, and seeded mutations. */
import assert from 'node:assert/strict';
import type { Fragment, Reader } from '../../src/core/readers/reader.ts';
import type { Syntax } from '../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from './brokenTexts.ts';
import { seeded } from './random.ts';
import { readTexts } from './readTexts.ts';

/** Milliseconds that no set of files of this size may take, however broken. */
const limit = 5000;

export interface BrokenReaderTests<Mappings> {
  readonly name: string;
  readonly reader: Reader<Mappings>;
  readonly loadSyntax: () => Promise<Syntax>;
  /** Fixtures: what belongs together is linked together. */
  readonly groups: readonly ReadonlyMap<string, string>[];
  /** Of how many cuts a plain run tries one. */
  readonly step?: number;
}

export function brokenReaderTests<Mappings>({
  name,
  reader,
  loadSyntax,
  groups,
  step: often = 5,
}: BrokenReaderTests<Mappings>): void {
  describe(`${name} reader on broken input`, function () {
    this.timeout(3_600_000);
    let syntax: Syntax;
    before(async () => {
      syntax = await loadSyntax();
    });

    /** Fragments of the files as they are, which are read but once. */
    const whole = new Map<ReadonlyMap<string, string>, Map<string, { text: string; fragment: Fragment<Mappings> }>>();
    function wholeOf(
      group: ReadonlyMap<string, string>,
    ): ReadonlyMap<string, { text: string; fragment: Fragment<Mappings> }> {
      let known = whole.get(group);
      if (!known) {
        const { fragments } = readTexts(reader, group, syntax);
        known = new Map(
          fragments.map((fragment) => [fragment.file, { text: group.get(fragment.file) ?? '', fragment }]),
        );
        whole.set(group, known);
      }
      return known;
    }

    function readBounded(texts: ReadonlyMap<string, string>, group?: ReadonlyMap<string, string>): number {
      const known = group && wholeOf(group);
      const started = performance.now();
      const { tables, files } = readTexts(reader, texts, syntax, known).link();
      const took = performance.now() - started;
      assert.ok(took < limit, `${[...texts.keys()].join()} took ${Math.round(took)} ms`);
      assert.ok(tables.every((table) => table.name !== '' && table.at.line > 0));
      return tables.length + files.flatMap(({ queries }) => queries).length;
    }

    it('reads and links every fixture cut at its tokens', () => {
      // All of them when many are asked for; a test run takes some.
      const step = process.env.MUTATIONS === undefined ? often : 1;
      let cuts = 0;
      let found = 0;
      for (const group of groups)
        for (const [path, text] of group)
          for (const [at, cut] of [...cutsOf(text)].entries()) {
            if (at % step !== 0) continue;
            found += readBounded(new Map([[path, cut]]));
            cuts++;
          }
      assert.ok(cuts > 100 && found > 50, `${cuts} cuts, ${found} tables and queries`);
      console.log(`      ${cuts} cuts, ${found} tables and queries read`);
    });

    it(`reads and links ${mutationCount} mutations`, () => {
      const random = seeded(23);
      let found = 0;
      for (let count = 0; count < mutationCount; count++) {
        const group = random.pick(groups);
        const path = random.pick([...group.keys()]);
        const text = mutated(group.get(path) ?? '', random, 1 + random.below(4));
        found += readBounded(new Map([...group, [path, text]]), group);
      }
      assert.ok(found > mutationCount, `${found} tables and queries`);
      console.log(`      ${mutationCount} mutations, ${found} tables and queries read`);
    });
  });
}
