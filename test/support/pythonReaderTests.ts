/** What every reader of a Python ORM is tried on: its fixtures cut at every token, and seeded mutations of them. */
import assert from 'node:assert/strict';
import type { Fragment, LinkContext, Reader } from '../../src/core/readers/reader.ts';
import type { Syntax } from '../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from './brokenTexts.ts';
import { seeded } from './random.ts';
import { createPythonResolver } from '../../src/core/readers/shared/python/resolution.ts';
import { loadPython, readPythonFile } from './readPython.ts';
import type { PythonFiles } from './readPython.ts';

/** Milliseconds that no fixture may take, however broken. */
const limit = 5000;

/** @param source `migrations`: what is read is replayed */
export function describeBrokenInput<Mappings>(
  orm: string,
  reader: Reader<Mappings>,
  files: PythonFiles,
  source: LinkContext['source'] = null,
): void {
  describe(`${orm} reader on broken input`, function () {
    this.timeout(1_200_000);
    let syntax: Syntax;
    before(async () => {
      syntax = await loadPython();
    });

    /** One file broken, the others as they are, which are read but once. */
    const resolve = createPythonResolver(new Set(files.map(([path]) => path)));
    const whole = new Map<string, Fragment<Mappings>>();
    const fragmentOf = (path: string, text: string): Fragment<Mappings> =>
      readPythonFile(reader, path, text, syntax).fragment;
    const read = (at: number, text: string): number => {
      for (const [path, own] of whole.size === 0 ? files : [])
        if (reader.detect(path, own)) whole.set(path, fragmentOf(path, own));
      const started = performance.now();
      const broken = files[at]?.[0] ?? '';
      const fragments = files.flatMap(([path]) => {
        const own = whole.get(path);
        if (path !== broken) return own ? [own] : [];
        return reader.detect(path, text) ? [fragmentOf(path, text)] : [];
      });
      const { tables } = reader.link(fragments, { root: '', dialect: 'postgresql', dataSources: [], resolve, source });
      assert.ok(performance.now() - started < limit, `${broken} took too long:\n${text.slice(0, 400)}`);
      for (const table of tables) assert.ok(table.name !== '' && table.at.line > 0);
      return tables.length;
    };

    it('reads and links every fixture cut at every token', () => {
      let cuts = 0;
      let tables = 0;
      for (const [at, [, text]] of files.entries()) {
        const all = [...cutsOf(text)];
        // A few of them with every run: each links the whole project.
        const step = process.env.MUTATIONS === undefined ? 8 : 1;
        for (let index = 0; index < all.length; index += step) {
          tables += read(at, all[index] ?? '');
          cuts++;
        }
      }
      assert.ok(cuts > 50 && tables > cuts, `${cuts} cuts, ${tables} tables`);
      console.log(`      ${cuts} cuts of ${files.length} files, ${tables} tables read`);
    });

    it('reads and links seeded mutations', () => {
      const random = seeded(17);
      let tables = 0;
      for (let count = 0; count < mutationCount; count++) {
        const at = count % files.length;
        tables += read(at, mutated(files[at]?.[1] ?? '', random, 1 + random.below(4)));
      }
      assert.ok(tables > mutationCount, `${tables} tables`);
      console.log(`      ${mutationCount} mutations, ${tables} tables read`);
    });
  });
}
