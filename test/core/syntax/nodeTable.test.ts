import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import TreeSitter from '@vscode/tree-sitter-wasm';
import {
  layoutOf,
  layoutSample,
  namesOf,
  sameTable,
  tableByCursor,
  tableFromMemory,
} from '../../../src/core/syntax/nodeTable.ts';
import { createSyntax, grammarFiles, wasmMemory } from '../../../src/core/syntax/syntax.ts';
import type { SyntaxNode } from '../../../src/core/syntax/syntax.ts';
import type { TreeNode } from '../../../src/core/syntax/treeNode.ts';
import { loadWasm } from '../../support/loadWasm.ts';

/** The sample, this file and half-typed states of both. */
async function texts(): Promise<readonly string[]> {
  const whole = [layoutSample, await readFile(import.meta.filename, 'utf8')];
  const cut = whole.flatMap((text) =>
    Array.from({ length: 40 }, (_, step) => {
      const at = Math.floor((text.length * step) / 40);
      return step % 2 === 0 ? text.slice(0, at) : text.slice(0, at) + text.slice(at + 7);
    }),
  );
  return ['', '\n', ...whole, ...cut, `x = ${'a + '.repeat(3000)}b`];
}

describe('the node table', () => {
  it('read from memory is that of the cursor, whatever the text', async () => {
    await createSyntax(loadWasm);
    const known = wasmMemory();
    assert.ok(known);
    for (const file of Object.values(grammarFiles)) {
      const language = await TreeSitter.Language.load(await loadWasm(file));
      const parser = new TreeSitter.Parser();
      parser.setLanguage(language);
      const layout = layoutOf(language, known);
      assert.ok(layout, file);
      for (const text of await texts()) {
        const tree = parser.parse(text);
        assert.ok(tree);
        const table = tableFromMemory(tree.rootNode, layout, known);
        const deep = text.startsWith('x = a + ');
        if (!deep) assert.ok(table, `${file}: ${text}`);
        if (table) assert.ok(sameTable(table, tableByCursor(tree, namesOf(language))), `${file}: ${text}`);
        tree.delete();
      }
      parser.delete();
    }
  });
});

describe('nodes of the table', () => {
  it('are those of tree-sitter, with their fields, and outlive the tree', async () => {
    const syntax = await createSyntax(loadWasm);
    await syntax.ensure(['typescript']);
    for (const text of await texts()) {
      const parsed = syntax.parse('typescript', text);
      compare(parsed.root, parsed.tree);
      const { tree } = parsed;
      const type = parsed.root.type;
      parsed.dispose();
      assert.equal(tree.type, type);
    }
  });
});

const fields = ['name', 'value', 'body', 'parameters', 'object', 'property', 'function', 'arguments', 'operator'];

function compare(expected: SyntaxNode, actual: TreeNode): void {
  const key = (node: SyntaxNode | TreeNode | null): string =>
    node ? `${node.type} ${node.startIndex} ${node.endIndex}` : '';
  const pairs: [SyntaxNode, TreeNode][] = [[expected, actual]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [node, copy] = pair;
    assert.equal(key(copy), key(node));
    // What an error holds is no part of a rule; there the cursor knows more fields than the look-up by name.
    for (const field of node.isError ? [] : fields)
      assert.equal(key(copy.childForFieldName(field)), key(node.childForFieldName(field)), field);
    const [first, last] = [copy.firstNamedChild, copy.lastNamedChild];
    assert.deepEqual([key(first), key(last)], [key(node.firstNamedChild), key(node.lastNamedChild)]);
    assert.equal(key(first?.parent ?? null), key(node.firstNamedChild?.parent ?? null));
    const middle = (node.startIndex + node.endIndex) >> 1;
    assert.equal(key(copy.descendantForIndex(middle, middle + 1)), key(node.descendantForIndex(middle, middle + 1)));
    const kids = copy.namedChildren;
    assert.equal(kids.length, node.namedChildCount);
    for (const [index, kid] of node.namedChildren.entries()) if (kid && kids[index]) pairs.push([kid, kids[index]]);
  }
}
