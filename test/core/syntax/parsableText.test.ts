import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parsableText } from '../../../src/core/syntax/parsableText.ts';
import { createSyntax } from '../../../src/core/syntax/syntax.ts';

const wasm = new URL('../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

const newer = `#:package Shop.Client@1.2.0
namespace Shop;

public static class Orders
{
    extension(Order order)
    {
        public bool IsOpen => order.PaidAt is null;
    }

    extension<T>(IQueryable<T> rows) where T : Order
    {
        public IQueryable<T> Open() => rows.Where(row => row.PaidAt == null);
    }

    public static List<string> Names { get => field ?? []; set; } = [];

    public static int[] Close(Order? order, Form? form)
    {
        order?.ClosedAt = DateTime.UtcNow;
        form?.Parent?.Title ??= "closed";
        order?.Lines[0].Count += 1;
        Log([], [ ]);
        return [];
    }
}
`;

const older = `public class Rows
{
    [Key] public int[] Ids(List<int>[] a, int?[] b, string[] c) => c?.Length == 2 || c?.Length >= 3 || c?.Length!=4 ? new int[] { } : null;
    public void extension(int a) { Extension(a); }
}
`;

describe('texts for grammars that are older than the language', () => {
  it('reads what C# 12 and 14 added without an error, each thing in its place', async () => {
    const syntax = await createSyntax((file) => readFile(new URL(file, wasm)));
    await syntax.ensure(['csharp']);
    for (const text of [newer, newer.replaceAll('\n', '\r\n')]) {
      const parsed = syntax.parse('csharp', text);
      assert.equal(parsed.root.hasError, false, parsed.root.toString());
      assert.equal(parsableText('csharp', text).length, text.length);
      const [name] = parsed.root
        .descendantsOfType('method_declaration')
        .map((method) => method?.childForFieldName('name'));
      assert.equal(text.slice(name?.startIndex, name?.endIndex), 'Open');
      parsed.dispose();
    }
  });

  it('leaves what a grammar knows as it is', () => {
    assert.equal(parsableText('csharp', older), older);
    assert.equal(parsableText('typescript', newer), newer);
  });
});
