/** A Prisma workspace in the editor: diagnostics while the schema is typed, the fix, the diagram. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import { analysed, cleanUp, findings, request, start, uri, workspace } from './shop.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { until } from './support.ts';

const blog = fileURLToPath(new URL('../workspaces/prisma-blog', import.meta.url));

function copyOfBlog(): { readonly folder: string; readonly schema: string } {
  const folder = workspace({});
  cpSync(blog, folder, { recursive: true });
  return { folder, schema: readFileSync(join(folder, 'prisma/schema.prisma'), 'utf8') };
}

describe('language server on a Prisma workspace', function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it('reports on the schema while it is typed, and mends it', async () => {
    const { folder, schema } = copyOfBlog();
    const server = await start({ folders: [folder] });
    const at = uri(folder, 'prisma/schema.prisma');
    await server.open(at, schema, 'prisma');
    const found = await until('the findings', () => {
      const own = findings(server, at);
      return own.length === 2 ? own : null;
    });
    const actions = await server.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: at },
      range: found[0]!.range,
      context: { diagnostics: [] },
    });
    const fix = actions.find(({ title }) => title === 'Add an index on comments(author_id)');
    assert.ok(fix, actions.map(({ title }) => title).join(', '));
    const edits = (fix.edit?.documentChanges as TextDocumentEdit[])[0]?.edits;
    assert.deepEqual(
      edits?.map((edit) => ('newText' in edit ? edit.newText : '')),
      ['\n  @@index([authorId])'],
    );
    await server.change(
      at,
      2,
      schema.replace('  @@index([parentId])\n', '  @@index([parentId])\n  @@index([authorId])\n'),
    );
    await until('the other finding alone', () => (findings(server, at).length === 1 ? true : null));
    // Half typed, the rest stays known.
    await server.change(at, 3, schema.replace('model Tag {', 'model Tag {\n  color Str'));
    await until('both findings again', () => (findings(server, at).length === 2 ? true : null));
  });

  it('reports on the queries of the services', async () => {
    const { folder } = copyOfBlog();
    const server = await start({ folders: [folder] });
    const codes = await until('the findings', () => {
      const own = ['src/posts/posts.service.ts', 'src/feeds/search.ts'].flatMap((path) =>
        (server.diagnostics.get(uri(folder, path)) ?? []).map(({ code }) => String(code)),
      );
      return own.length >= 3 ? own : null;
    });
    assert.deepEqual([...codes].sort(), ['outside-of-transaction', 'query-in-loop', 'sql-injection']);
  });

  it('draws the diagram', async () => {
    const { folder } = copyOfBlog();
    const server = await start({ folders: [folder] });
    await analysed(server);
    const model = await request(server, 'dataEngineer/diagram', { project: pathToUri(folder) });
    assert.ok(model);
    assert.deepEqual(model.tables.map(({ name }) => name).sort(), [
      '_PostToTag',
      'authors',
      'comments',
      'deliveries',
      'posts',
      'revisions',
      'subscribers',
      'tags',
    ]);
    assert.equal(model.edges.length, 9);
  });
});
