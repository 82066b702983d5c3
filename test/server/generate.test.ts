/** Generated code as the editor asks for it: from the files and the open buffers, and never over what is there. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CodeAction } from 'vscode-languageserver-protocol/node';
import type { GenerateReply, Layer } from '../../src/protocol/generate.ts';
import { openProjectFiles } from '../../src/server/generateFiles.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { copyOfWorkspace, temporaryFolder } from '../support/folders.ts';
import { cleanUp, request, start, uri } from './shop.ts';
import type { TestServer } from './support.ts';

type Generated = Extract<GenerateReply, { ok: true }>;

function greenhouse(): string {
  return copyOfWorkspace('greenhouse', temporaryFolder('generate'));
}

async function generate(
  server: TestServer,
  folder: string,
  entities: readonly string[],
  layers: readonly Layer[],
): Promise<Generated> {
  const reply = await request(server, 'dataEngineer/generate', { project: pathToUri(folder), entities, layers });
  assert.ok(reply.ok, reply.ok ? '' : reply.reason);
  return reply;
}

function write(folder: string, { files }: Generated): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    // Fails where there is a file already.
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
}

const paths = (list: readonly { readonly path: string }[]) => list.map(({ path }) => path).sort();

describe('language server, generating code', function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it('answers new files, additions and skipped ones, and writes nothing', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const generated = await generate(server, folder, ['Site', 'measurements'], ['repository', 'service']);
    assert.ok(paths(generated.files).includes('src/repositories/SiteRepository.ts'));
    assert.ok(paths(generated.files).includes('src/services/SiteService.ts'));
    for (const file of generated.files) assert.equal(file.uri, uri(folder, file.path));
    const [skipped] = generated.skipped.filter(({ path }) => path === 'src/repositories/MeasurementRepository.ts');
    assert.match(skipped?.reason ?? '', /there already/);
    assert.throws(() => readFileSync(join(folder, 'src/repositories/SiteRepository.ts')), /ENOENT/);
  });

  it('adds to a file as it is in the open buffer, by positions in that very text', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const app = 'src/app.ts';
    const typed = `// One line more.\n${readFileSync(join(folder, app), 'utf8')}`;
    await server.open(uri(folder, app), typed);
    const { edits } = await generate(server, folder, ['Site'], ['repository', 'service', 'dto', 'endpoint']);
    const [mounted] = edits.filter(({ path }) => path === app);
    assert.ok(mounted);
    assert.equal(mounted.base, typed);
    const lines = typed.split('\n');
    for (const { start: from, end, newText } of mounted.edits) {
      assert.deepEqual(from, end, `something of the text is replaced by ${newText}`);
      assert.ok(from.line < lines.length && from.character <= (lines[from.line] ?? '').length);
    }
    assert.ok(mounted.edits.some(({ newText }) => newText.includes('siteRoutes(dataSource)')));
  });

  it('proposes nothing the second time, and leaves what was edited by hand', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const layers: readonly Layer[] = ['repository', 'service', 'dto', 'test'];
    const first = await generate(server, folder, ['Technician'], layers);
    write(folder, first);
    const service = join(folder, 'src/services/TechnicianService.ts');
    writeFileSync(service, `${readFileSync(service, 'utf8')}\n// Written by hand.\n`);
    await request(server, 'dataEngineer/analyze', {});
    const second = await generate(server, folder, ['Technician'], layers);
    assert.deepEqual(paths(second.files), []);
    assert.deepEqual(second.edits, []);
    assert.match(readFileSync(service, 'utf8'), /Written by hand\.\n$/);
  });

  it('leaves files alone that git ignores, though it cannot see them', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    writeFileSync(join(folder, '.gitignore'), 'src/repositories/\n');
    writeFileSync(join(folder, 'src/repositories/SiteRepository.ts'), '// Mine.\n');
    const { files, skipped } = await generate(server, folder, ['Site'], ['repository']);
    assert.ok(!paths(files).includes('src/repositories/SiteRepository.ts'));
    assert.ok(skipped.some(({ path }) => path === 'src/repositories/SiteRepository.ts'));
  });

  it('says why not: an unknown entity, another stack, a project that is gone', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const ask = (project: string, entity: string) =>
      request(server, 'dataEngineer/generate', { project, entities: [entity], layers: ['repository'] });
    const unknown = await ask(pathToUri(folder), 'Sites');
    assert.ok(unknown.ok || unknown.reason.includes('Sites'));
    const gone = await ask('file:///gone', 'Site');
    assert.ok(!gone.ok && gone.reason.includes('no longer there'));
  });

  it('lists the entities, and knows in which one a line lies', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const rows = await request(server, 'dataEngineer/entities', { project: pathToUri(folder) });
    assert.deepEqual(
      rows.map(({ entity }) => entity),
      ['Alert', 'AlertRule', 'Device', 'Measurement', 'Sensor', 'Site', 'SiteAssignment', 'Technician'],
    );
    assert.deepEqual(rows[0], { ...rows[0], table: 'alerts', folder: 'src/entities' });
    assert.equal(rows[0].at.file, uri(folder, 'src/entities/Alert.ts'));
    const at = (file: string, line: number) =>
      request(server, 'dataEngineer/entityAt', { uri: uri(folder, file), line });
    const device = { project: pathToUri(folder), entity: 'Device' };
    assert.deepEqual(await at('src/entities/Device.ts', 0), device);
    assert.deepEqual(await at('src/entities/Device.ts', 60), device);
    assert.equal(await at('src/app.ts', 3), null);
  });

  it('offers the layers from the light bulb on an entity, and nowhere else', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const file = uri(folder, 'src/entities/Site.ts');
    await server.open(file, readFileSync(join(folder, 'src/entities/Site.ts'), 'utf8'));
    const ask = (line: number, only?: string[]) =>
      server.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: file },
        range: { start: { line, character: 14 }, end: { line, character: 14 } },
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      });
    const line = readFileSync(join(folder, 'src/entities/Site.ts'), 'utf8')
      .split('\n')
      .findIndex((text) => text.startsWith('export class Site'));
    const [action] = await ask(line);
    assert.equal(action?.kind, 'refactor');
    assert.deepEqual(action.command?.arguments, [{ project: pathToUri(folder), entity: 'Site' }]);
    assert.equal(action.command.command, 'dataEngineer.createAllLayers');
    assert.deepEqual(await ask(line + 3), []);
    assert.deepEqual(await ask(line, ['quickfix']), []);
    assert.equal((await ask(line, ['refactor'])).length, 1);
  });
});

describe('generate_code, the tool', function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  async function call(server: TestServer, input: unknown) {
    return request(server, 'dataEngineer/tool', { name: 'generate_code', input, tokenBudget: null });
  }

  it('answers texts and writes nothing, by entity or by table', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const { text, isError } = await call(server, {
      entities: ['technicians'],
      layers: ['repository'],
      maxTokens: 40_000,
    });
    assert.ok(!isError, text);
    const answer = JSON.parse(text) as {
      readonly files: readonly { readonly path: string; readonly text: string }[];
      readonly cut?: unknown;
    };
    const repository = answer.files.find(({ path }) => path === 'src/repositories/TechnicianRepository.ts');
    assert.match(repository?.text ?? '', /export class TechnicianRepository/);
    assert.equal(answer.cut, undefined);
    assert.throws(() => readFileSync(join(folder, 'src/repositories/TechnicianRepository.ts')), /ENOENT/);
  });

  it('names what does not fit, and says what is wrong with the question', async () => {
    const folder = greenhouse();
    const server = await start({ folders: [folder] });
    const short = await call(server, { entities: ['Site'], maxTokens: 2000 });
    assert.match(short.text, /"notShown":\[.*SiteService\.ts/);
    assert.match((await call(server, { entities: ['Sites2'] })).text, /no (?:entity|table) "Sites2"/i);
    const layer = await call(server, { entities: ['Site'], layers: ['controller'] });
    assert.ok(layer.isError);
    assert.match(layer.text, /repository, service, dto, endpoint, test/);
  });
});

describe('secrets of the workspace', function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it('are in no answer of generate_code', async () => {
    const folder = greenhouse();
    const canary = 'c4n4ry';
    writeFileSync(
      join(folder, 'src/entities/Gateway.ts'),
      `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

/** Reached at mqtt://admin:${canary}@broker.internal */
@Entity("gateways")
export class Gateway {
	@PrimaryGeneratedColumn("uuid")
	id!: string;

	@Column({ type: "varchar", length: 80, default: "${canary}" })
	password!: string;

	@Column({ type: "varchar", length: 200, default: "mqtt://admin:${canary}@broker", comment: "postgres://root:${canary}@db/x" })
	address!: string;
}
`,
    );
    writeFileSync(join(folder, '.env'), `DATABASE_URL=postgres://root:${canary}@db/x\n`);
    const server = await start({ folders: [folder] });
    const { text, isError } = await request(server, 'dataEngineer/tool', {
      name: 'generate_code',
      input: { entities: ['Gateway'], maxTokens: 50_000 },
      tokenBudget: null,
    });
    assert.ok(!isError, text);
    assert.match(text, /export class GatewayService/);
    assert.doesNotMatch(text, new RegExp(canary));
  });
});

describe('files of a project', () => {
  it('are those of the disk, read when asked and once, with open buffers in their place', async () => {
    const folder = greenhouse();
    const buffers = new Map([
      ['src/app.ts', '// typed'],
      ['src/new.ts', '// not saved yet'],
    ]);
    const files = await openProjectFiles({ directory: folder, exclude: ['*.md'], maxFileSizeKb: 1024, buffers });
    assert.deepEqual(files.paths, [...files.paths].sort());
    for (const path of ['.editorconfig', '.mocharc.json', 'package.json', 'src/entities/Site.ts', 'src/new.ts'])
      assert.ok(files.paths.includes(path), path);
    assert.ok(!files.paths.includes('README.md'));
    assert.equal(files.read('src/app.ts'), '// typed');
    const text = files.read('src/server.ts');
    writeFileSync(join(folder, 'src/server.ts'), 'changed');
    assert.equal(files.read('src/server.ts'), text);
    assert.equal(files.read('src/missing.ts'), null);
  });

  it('say nothing of a file that is too large, though it is there', async () => {
    const folder = greenhouse();
    writeFileSync(join(folder, 'src/large.ts'), 'x'.repeat(3000));
    const setting = { directory: folder, exclude: [], maxFileSizeKb: 2, buffers: new Map<string, string>() };
    const files = await openProjectFiles(setting);
    assert.ok(files.paths.includes('src/large.ts'));
    assert.equal(files.read('src/large.ts'), null);
  });
});
