import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createSyntax, editBetween, languageOf } from '../../../src/core/syntax/syntax.ts';
import { LineIndex } from '../../../src/core/syntax/lineIndex.ts';

const wasm = new URL('../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

describe('syntax', () => {
  it('re-parses an edited text to the same tree as a fresh parse', async () => {
    const syntax = await createSyntax((file) => readFile(new URL(file, wasm)));
    await syntax.ensure(['typescript']);
    const before = syntax.parse('typescript', 'class A {\n  name = "ä";\n}\n');
    const text = 'class A {\n  @Column() name = "äö";\n  other: string;\n}\n';
    const incremental = syntax.parse('typescript', text, before);
    const fresh = syntax.parse('typescript', text);
    assert.equal(incremental.root.toString(), fresh.root.toString());
    assert.equal(incremental.root.hasError, false);
    for (const tree of [before, incremental, fresh]) tree.dispose();
  });

  it('finds the smallest edit between two texts', () => {
    const edit = editBetween('a\nbcd\n', 'a\nbXd\n');
    assert.deepEqual([edit.startIndex, edit.oldEndIndex, edit.newEndIndex], [3, 4, 4]);
    assert.deepEqual(edit.startPosition, { row: 1, column: 1 });
  });

  it('knows languages by extension, whatever the separator and case', () => {
    assert.equal(languageOf('src\\Order.TS'), 'typescript');
    assert.equal(languageOf('a/b.tsx'), 'tsx');
    assert.equal(languageOf('constructor'), null);
    assert.equal(languageOf('x.constructor'), null);
  });

  it('counts lines from 1 for LF, CRLF and CR', () => {
    const lines = new LineIndex('a.ts', 'a\r\nb\nc\rd');
    assert.deepEqual(
      [0, 3, 5, 7].map((offset) => lines.position(offset)),
      [1, 2, 3, 4].map((line) => ({ line, column: 1 })),
    );
    assert.equal(lines.offset(3, 1), 5);
  });
});
