import assert from 'node:assert/strict';
import { alternativesIn } from '../../../../src/core/readers/shared/alternatives.ts';
import type { Call } from '../../../../src/core/schema/code.ts';
import { openFile } from '../../../support/analyze.ts';

const cases: Readonly<Record<string, string>> = {
  'a.ts': `function f(x) {
  if (x) { load(1) } else if (y) { load(2) } else { load(3) }
  switch (x) { case 1: load(4); break; default: load(5) }
  if (x) { load(6); return }
  load(7)
  load(8)
  return x ? load(9) : load(10)
}`,
  'A.cs': `class A { void F() {
  if (x) { load(1); } else if (y) { load(2); } else load(3);
  switch (x) { case 1: load(4); break; default: load(5); break; }
  if (x) { load(6); return; }
  load(7);
  load(8);
  var z = x ? load(9) : load(10);
} }`,
  'A.java': `class A { Object f() {
  if (x) { load(1); } else if (y) { load(2); } else { load(3); }
  switch (x) { case 1: load(4); break; default: load(5); }
  if (x) { load(6); throw e; }
  load(7);
  load(8);
  return x ? load(9) : load(10);
} }`,
  'a.py': `def f(x):
    if x:
        load(1)
    elif y:
        load(2)
    else:
        load(3)
    match x:
        case 1:
            load(4)
        case _:
            load(5)
    if x:
        load(6)
        return
    load(7)
    load(8)
    return load(9) if x else load(10)
`,
};

describe('Code that excludes other code', () => {
  for (const [path, text] of Object.entries(cases))
    it(`is found in ${path}`, async () => {
      const file = await openFile(path, text);
      const calls = Array.from(text.matchAll(/load\(\d+\)/gu), ({ index, 0: written }) => ({
        callee: 'load',
        at: file.lines.range(index, index + written.length),
      })) as unknown as readonly Call[];
      const groups = alternativesIn(file, { queries: [], calls }).map((arms) =>
        arms.map((arm) =>
          calls.flatMap(({ at }, index) => {
            const [start, end] = [
              file.lines.offset(arm.line, arm.column),
              file.lines.offset(arm.endLine, arm.endColumn),
            ];
            const offset = file.lines.offset(at.line, at.column);
            return start <= offset && offset < end ? [index + 1] : [];
          }),
        ),
      );
      const apart = (a: number, b: number): boolean =>
        groups.some(
          (arms) =>
            arms.some((arm) => arm.includes(a) && !arm.includes(b)) &&
            arms.some((arm) => arm.includes(b) && !arm.includes(a)),
        );
      for (const [a, b] of [
        [1, 2],
        [1, 3],
        [2, 3],
        [4, 5],
        [6, 7],
        [6, 8],
        [9, 10],
      ] as const)
        assert.ok(apart(a, b), `${a} and ${b}`);
      for (const [a, b] of [
        [1, 4],
        [3, 5],
        [5, 6],
        [7, 8],
        [8, 9],
      ] as const)
        assert.ok(!apart(a, b), `${a} and ${b}`);
    });
});
