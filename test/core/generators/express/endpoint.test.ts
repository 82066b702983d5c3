import assert from 'node:assert/strict';
import { generateFor, textOf, workspaceFiles } from '../../../support/generateFor.ts';

const greenhouse = workspaceFiles('greenhouse');
const app = greenhouse['src/app.ts'] ?? '';

/** Lines that stand in the text after but not before. */
function addedLines(before: string, after: string): string[] {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
}

describe('endpoints in Express', () => {
  it('is called, placed and guarded like the router that is there', async () => {
    const text = textOf(await generateFor(greenhouse, ['Device'], ['endpoint']), 'src/routes/deviceRoutes.ts');
    assert.match(text, /^export function deviceRoutes\(dataSource: DataSource\): Router \{$/m);
    assert.match(text, /router\.get\("\/", requireRole\("viewer", "operator", "administrator"\), async/);
    assert.match(text, /router\.post\("\/", requireRole\("operator", "administrator"\), async/);
    assert.match(text, /from "\.\.\/middleware\/requireRole\.js"/);
  });

  it('is mounted behind the other routers, and its errors are handled before the project does', async () => {
    const { files } = await generateFor(greenhouse, ['Device', 'Site'], ['endpoint']);
    const after = files['src/app.ts'] ?? '';
    assert.deepEqual(addedLines(app, after), [
      'import { deviceRoutes } from "./routes/deviceRoutes.js";',
      'import { problemHandler, routeNotFound } from "./common/http/problemHandler.js";',
      'import { siteRoutes } from "./routes/siteRoutes.js";',
      '\tapp.use("/v1/devices", deviceRoutes(dataSource));',
      '\tapp.use("/v1/sites", siteRoutes(dataSource));',
      '\tapp.use("/v1", routeNotFound);',
      '\tapp.use(problemHandler);',
    ]);
    const order = [
      'ingestionRoutes(',
      'deviceRoutes(',
      'siteRoutes(',
      'routeNotFound)',
      'problemHandler)',
      'errorHandler)',
    ];
    const places = order.map((text) => after.lastIndexOf(text));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    for (const line of app.split('\n')) assert.ok(after.split('\n').includes(line), `${line} is gone`);
  });

  it('is mounted once, later ones beside it', async () => {
    const first = await generateFor(greenhouse, ['Device'], ['endpoint']);
    const second = await generateFor(first.files, ['Device', 'Site'], ['endpoint']);
    assert.deepEqual(addedLines(first.files['src/app.ts'] ?? '', second.files['src/app.ts'] ?? ''), [
      'import { siteRoutes } from "./routes/siteRoutes.js";',
      '\tapp.use("/v1/sites", siteRoutes(dataSource));',
    ]);
  });

  it('says how to mount it where no application is to be seen', async () => {
    const files = { ...greenhouse, 'src/app.ts': 'export const nothing = 1;\n' };
    const { result } = await generateFor(files, ['Device'], ['endpoint']);
    assert.deepEqual(result.edits, []);
    assert.ok(result.notes.some((note) => note.startsWith('Mount deviceRoutes')));
  });

  it('asks for versions where the entity has one', async () => {
    const text = textOf(await generateFor(greenhouse, ['AlertRule'], ['endpoint']), 'src/routes/alertRuleRoutes.ts');
    assert.match(text, /requiredVersion\(request\)/);
    assert.match(text, /statedVersion\(request\)/);
    assert.match(text, /\.set\("ETag", entityTag\(alertRule\.version\)\)/);
  });

  it('passes rejections on by itself in Express 4', async () => {
    const manifest = (greenhouse['package.json'] ?? '').replace('"express": "^5.1.0"', '"express": "^4.21.0"');
    const generated = await generateFor({ ...greenhouse, 'package.json': manifest }, ['Device'], ['endpoint']);
    assert.match(textOf(generated, 'src/routes/deviceRoutes.ts'), /handled\(async \(request, response\) => \{/);
    assert.ok(generated.added.includes('src/common/http/handled.ts'));
  });

  it('keeps the prefix that other routers have', async () => {
    const files = { ...greenhouse, 'src/app.ts': app.replaceAll('"/v1', '"/api') };
    const { files: after } = await generateFor(files, ['Device'], ['endpoint']);
    assert.match(after['src/app.ts'] ?? '', /app\.use\("\/api\/v1\/devices", deviceRoutes\(dataSource\)\);/);
  });

  it('answers what nobody else does where the project has no handler of errors', async () => {
    const files = { ...greenhouse, 'src/app.ts': app.replace(/.*errorHandler.*\n/gu, '') };
    const generated = await generateFor(files, ['Device'], ['endpoint']);
    assert.match(textOf(generated, 'src/common/http/problemHandler.ts'), /status: 500/);
    const kept = await generateFor(greenhouse, ['Device'], ['endpoint']);
    assert.doesNotMatch(textOf(kept, 'src/common/http/problemHandler.ts'), /status: 500/);
  });
});
