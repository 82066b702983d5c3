/** Entities edited as the diagram asks for it: told as edits of what is open, proven, and refused where they would do more. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditAsk, EditReply } from '../../src/protocol/editing.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { copyOfWorkspace, temporaryFolder } from '../support/folders.ts';
import { cleanUp, request, start, uri } from './shop.ts';

const plain = { length: null, precision: null, scale: null } as const;

async function opened() {
  const folder = copyOfWorkspace('shop', temporaryFolder('editing'));
  const server = await start({ folders: [folder] });
  const project = pathToUri(folder);
  const edit = (ask: EditAsk): Promise<EditReply> => request(server, 'dataEngineer/edit', { project, ask });
  const options = (table: string | null) => request(server, 'dataEngineer/editOptions', { project, table });
  return { folder, server, edit, options };
}

describe('language server, editing entities', function () {
  this.timeout(120_000);
  afterEach(cleanUp);

  it('says what can be done to a table, and what there is to choose from', async () => {
    const { options } = await opened();
    const found = await options('brands');
    assert.ok(found);
    assert.deepEqual([found.orm, found.table, found.entity, found.refusals], ['TypeORM', 'brands', 'Brand', {}]);
    assert.ok(found.columns.some(({ name, nullable }) => name === 'website_url' && nullable));
    assert.deepEqual(
      found.relations.map(({ property, target }) => [property, target]),
      [['products', 'products']],
    );
    assert.ok(found.types.some(({ spec, spelled }) => spec.type === 'decimal' && spelled === 'numeric'));
    assert.ok(found.tables.some(({ id, entity }) => id === 'orders' && entity === 'Order'));
    assert.equal(await options('gone'), null);
    assert.deepEqual((await options(null))?.columns, []);
  });

  it('answers edits by positions in the open text, on both sides of a relation, and writes nothing', async () => {
    const { folder, server, edit } = await opened();
    const path = 'src/catalog/entities/brand.entity.ts';
    const before = readFileSync(join(folder, path), 'utf8');
    await server.open(uri(folder, path), `// typed\n${before}`);
    const reply = await edit({
      ...{ kind: 'addRelation', table: 'brands', target: 'customers', name: 'owner', inverse: 'brands' },
      ...{ cardinality: 'many-to-one', nullable: true },
    });
    assert.ok(reply.ok, reply.ok ? '' : reply.reason);
    assert.equal(reply.edits.length, 2);
    const own = reply.edits.find((each) => each.path === path);
    assert.equal(own?.base, `// typed\n${before}`);
    assert.ok(own.edits.every(({ start }) => start.line > 0));
    assert.match(
      own.edits.map(({ newText }) => newText).join(''),
      /@ManyToOne\(\(\) => Customer, \(customer\) => customer\.brands\)/,
    );
    assert.ok(reply.words.some((sentence) => sentence.startsWith('Add foreign key brands')));
    assert.equal(readFileSync(join(folder, path), 'utf8'), before);
  });

  it('names what else uses a column that goes, and refuses what would do more than was asked for', async () => {
    const { edit } = await opened();
    const gone = await edit({ kind: 'deleteTable', table: 'brands' });
    assert.ok(!gone.ok);
    assert.match(gone.reason, /brand refers to brands: delete that relation first/);
    const key = await edit({ kind: 'deleteColumn', table: 'brands', column: 'id' });
    assert.ok(!key.ok);
    assert.match(key.reason, /primary key/);
    const name = await edit({
      kind: 'addColumn',
      table: 'brands',
      name: 'a b',
      type: { type: 'text', ...plain },
      nullable: true,
    });
    assert.ok(!name.ok);
    assert.match(name.reason, /"a b" is no name/);
    const table = await edit({ kind: 'renameTable', table: 'gone', to: 'x' });
    assert.ok(!table.ok);
    assert.match(table.reason, /no longer there/);
  });

  it('tells what becomes of the schema by edits that others make', async () => {
    const { folder, server, options } = await opened();
    const path = 'src/catalog/entities/brand.entity.ts';
    const at = (await options('brands'))?.at;
    assert.equal(at?.file, uri(folder, path));
    const before = readFileSync(join(folder, path), 'utf8');
    const reread = (text: string) =>
      request(server, 'dataEngineer/reread', {
        project: pathToUri(folder),
        files: [{ uri: uri(folder, path), text }],
      });
    const renamed = before.replace('export class Brand ', 'export class Maker ');
    assert.notEqual(renamed, before);
    const products = 'src/catalog/entities/product.entity.ts';
    const both = await request(server, 'dataEngineer/reread', {
      project: pathToUri(folder),
      files: [
        { uri: uri(folder, path), text: renamed },
        {
          uri: uri(folder, products),
          text: readFileSync(join(folder, products), 'utf8').replaceAll(/\bBrand\b/gu, 'Maker'),
        },
      ],
    });
    assert.deepEqual(both, { ok: true, words: [] });
    const other = await reread(before.replace("@Entity('brands')", "@Entity('makers')"));
    assert.ok(other.ok && other.words.some((sentence) => sentence.includes('makers')), JSON.stringify(other));
    const broken = await reread(`${before}\n}`);
    assert.ok(!broken.ok && broken.reason.includes('syntax error'), JSON.stringify(broken));
    assert.equal(readFileSync(join(folder, path), 'utf8'), before);
  });
});
