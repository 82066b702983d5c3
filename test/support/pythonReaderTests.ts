/** What every reader of a Python ORM is tried on: its fixtures cut at every token, and seeded mutations of them. */
import assert from 'node:assert/strict';
import type { Reader } from '../../src/core/readers/reader.ts';
import type { Syntax } from '../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from './brokenTexts.ts';
import { seeded } from './random.ts';
import { loadPython, readPython } from './readPython.ts';
import type { PythonFiles } from './readPython.ts';

/** Milliseconds that no fixture may take, however broken. */
const limit = 5000;

export function describeBrokenInput<Mappings>(orm: string, reader: Reader<Mappings>, files: PythonFiles): void {
  describe(`${orm} reader on broken input`, function () {
    this.timeout(1_200_000);
    let syntax: Syntax;
    before(async () => {
      syntax = await loadPython();
    });

    /** One file broken, the others as they are. */
    const read = (at: number, text: string): number => {
      const started = performance.now();
      const broken = files.map(([path, whole], index) => [path, index === at ? text : whole] as const);
      const { tables } = readPython(reader, broken, syntax, { dialect: 'postgresql' });
      assert.ok(performance.now() - started < limit, `${files[at]?.[0] ?? ''} took too long:\n${text.slice(0, 400)}`);
      for (const table of tables) assert.ok(table.name !== '' && table.at.line > 0);
      return tables.length;
    };

    it('reads and links every fixture cut at every token', () => {
      let cuts = 0;
      let tables = 0;
      for (const [at, [, text]] of files.entries()) {
        const all = [...cutsOf(text)];
        // A third of them with every run: each reads the whole project.
        const step = process.env.MUTATIONS === undefined ? 3 : 1;
        for (let index = 0; index < all.length; index += step) {
          tables += read(at, all[index] ?? '');
          cuts++;
        }
      }
      assert.ok(cuts > 100 && tables > cuts, `${cuts} cuts, ${tables} tables`);
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
