/** Tools and briefs over the language server, as the editor asks for them. */
import assert from 'node:assert/strict';
import { pathToUri } from '../../src/server/paths.ts';
import { cleanUp, order, request, shop, start, uri, workspace } from './shop.ts';

describe('language server, for agents', () => {
  afterEach(cleanUp);

  it('answers a tool from the open buffers', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    await server.open(uri(folder, 'src/order.entity.ts'), order.replace("'orders'", "'purchases'"));
    const input = { tables: ['Order'], neighbours: 0 };
    const { text, isError } = await request(server, 'dataEngineer/tool', {
      name: 'get_schema',
      input,
      tokenBudget: null,
    });
    assert.equal(isError, false);
    assert.match(text, /"name":"purchases"/);
    assert.match(text, /"root":""/);
  });

  it('says what is wrong with an input', async () => {
    const server = await start({ folders: [workspace(shop)] });
    const params = { name: 'find_tables', input: { question: [] }, tokenBudget: null };
    const { text, isError } = await request(server, 'dataEngineer/tool', params);
    assert.equal(isError, true);
    assert.match(text, /"question" must be a string/);
  });

  it('tells no value of an environment file, wherever it stands', async () => {
    const folder = workspace({
      ...shop,
      '.env': 'API_SECRET="kanarie-9f3c21"\nPORT=5432\n',
      'src/order.entity.ts': order.replace("'orders'", "{ name: 'orders', comment: 'kanarie-9f3c21' }"),
      'src/tag.entity.ts':
        "import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity('tags')\nexport class Tag {\n  @PrimaryGeneratedColumn()\n  id: number;\n  @Column({ default: 'kanarie-9f3c21' })\n  label: string;\n}\n",
    });
    const server = await start({ folders: [folder] });
    const { text } = await request(server, 'dataEngineer/tool', { name: 'get_schema', input: {}, tokenBudget: null });
    assert.match(text, /"default":"'\*\*\*'"/);
    assert.doesNotMatch(text, /kanarie/);
    assert.doesNotThrow(() => JSON.parse(text));
  });

  it('begins paths with the folder where the window has several, and keeps the budget of the asker', async () => {
    const [one, two] = [workspace(shop, 'one'), workspace(shop, 'two')];
    const server = await start({ folders: [one, two] });
    const { text } = await request(server, 'dataEngineer/tool', { name: 'get_schema', input: {}, tokenBudget: 20_000 });
    assert.match(text, /"root":"one"/);
    assert.match(text, /"file":"two\/src\/order\.entity\.ts"/);
    const short = await request(server, 'dataEngineer/tool', { name: 'get_schema', input: {}, tokenBudget: 300 });
    assert.ok(short.text.length < text.length && short.text.length < 300 * 4, `${short.text.length} characters`);
  });

  it('writes a brief of a project, and none of one that is gone', async () => {
    const folder = workspace(shop);
    const server = await start({ folders: [folder] });
    const project = pathToUri(folder);
    const brief = await request(server, 'dataEngineer/brief', { project, role: 'security' });
    assert.match(brief ?? '', /^# Hand-off to the security engineer: shop\n/);
    assert.match(brief ?? '', /`customers\.email` \| personal/);
    assert.equal(await request(server, 'dataEngineer/brief', { project: 'file:///gone', role: 'api' }), null);
  });
});
