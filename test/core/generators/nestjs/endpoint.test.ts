import assert from 'node:assert/strict';
import { generateFor, textOf, workspaceFiles } from '../../../support/generateFor.ts';
import type { Files } from '../../../support/generateFor.ts';

const shop = workspaceFiles('shop');

/** The method with its decorators. */
const route = (text: string, name: string): string =>
  text.split('\n\n').find((part) => part.includes(`  async ${name}(`)) ?? '';

async function controllerOf(files: Files, entity: string, path: string): Promise<string> {
  return textOf(await generateFor(files, [entity], ['endpoint']), path);
}

/** The shop without the files that stand in the way of generated ones. */
function without(files: Files, ...paths: readonly string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

describe('endpoints in NestJS', () => {
  it('asks for the guards and roles of the controllers beside it', async () => {
    const text = await controllerOf(shop, 'Warehouse', 'src/inventory/warehouses.controller.ts');
    assert.match(text, /^@Controller\('v1\/warehouses'\)\n@UseGuards\(JwtAuthGuard, RolesGuard\)/m);
    assert.match(text, /from '@shop\/common\/guards\/roles\.guard'/);
    assert.equal(text.match(/@Roles\('warehouse'\)/g)?.length, 5);
  });

  it('lets those read who may read or write beside it, and those write who may write', async () => {
    const text = await controllerOf(shop, 'CustomerAddress', 'src/customers/customer-addresses.controller.ts');
    assert.equal(text.match(/@Roles\('support', 'privacy'\)/g)?.length, 2);
    assert.equal(text.match(/@Roles\('privacy'\)/g)?.length, 3);
  });

  it('names rows by the parts of a composite key, in its order', async () => {
    const text = await controllerOf(shop, 'StockLevel', 'src/inventory/stock-levels.controller.ts');
    assert.match(text, /@Get\(':warehouseId\/:variantId'\)/);
    assert.match(
      text,
      /@Param\('warehouseId', ParseUUIDPipe\) warehouseId: string,\n\s+@Param\('variantId', ParseUUIDPipe\)/,
    );
    assert.match(text, /locationOf\(request, stockLevel\.warehouseId, stockLevel\.variantId\)/);
  });

  it('reads 64-bit keys as text', async () => {
    const text = await controllerOf(shop, 'StockMovement', 'src/inventory/stock-movements.controller.ts');
    assert.match(text, /@Param\('id', ParseBigIntegerPipe\) id: string/);
  });

  it('has no POST where no request can make a row, and says why', async () => {
    const generated = await generateFor(shop, ['PaymentMethod'], ['endpoint']);
    assert.doesNotMatch(textOf(generated, 'src/payments/payment-methods.controller.ts'), /@Post\(/);
    assert.ok(generated.result.notes.some((note) => note.includes('has no POST') && note.includes('cvv')));
  });

  it('has entity tags where the entity has a version, and only there', async () => {
    const files = without(shop, 'src/orders/orders.service.ts', 'src/orders/orders.controller.ts');
    const text = await controllerOf(files, 'Order', 'src/orders/orders.controller.ts');
    assert.match(route(text, 'update'), /@Headers\('if-match'\) ifMatch: string \| undefined/);
    assert.match(route(text, 'update'), /requiredVersion\(ifMatch\)/);
    assert.match(route(text, 'remove'), /statedVersion\(ifMatch\)/);
    for (const name of ['get', 'create', 'update'])
      assert.match(route(text, name), /response\.header\('ETag', entityTag\(order\.version\)\)/);
    const other = await generateFor(shop, ['Brand'], ['endpoint']);
    assert.doesNotMatch(textOf(other, 'src/catalog/brands.controller.ts'), /if-match|ETag/i);
    assert.ok(!other.added.includes('src/common/http/preconditions.ts'));
  });

  it('answers errors of versioned routes as problems and leaves the others alone', async () => {
    const generated = await generateFor(shop, ['Brand'], ['endpoint']);
    const filter = textOf(generated, 'src/common/http/problem.filter.ts');
    assert.match(filter, /super\.catch\(exception, host\)/);
    assert.match(textOf(generated, 'src/app.module.ts'), /provide: APP_FILTER,\s+useClass: ProblemFilter/);
  });

  it('uses the versioning of the application, and then leaves its other errors alone', async () => {
    const main = (shop['src/main.ts'] ?? '').replace('await app.listen', 'app.enableVersioning();\n  await app.listen');
    const generated = await generateFor({ ...shop, 'src/main.ts': main }, ['Brand'], ['endpoint']);
    const text = textOf(generated, 'src/catalog/brands.controller.ts');
    assert.match(text, /@Controller\(\{ path: 'brands', version: '1' \}\)/);
    assert.equal(generated.files['src/app.module.ts'], shop['src/app.module.ts']);
    assert.ok(generated.result.notes.some((note) => note.includes('register ProblemFilter for the whole application')));
  });

  it('adds no version to a global prefix that has one', async () => {
    const main = (shop['src/main.ts'] ?? '').replace(
      'await app.listen',
      "app.setGlobalPrefix('api/v2');\n  await app.listen",
    );
    const text = await controllerOf({ ...shop, 'src/main.ts': main }, 'Brand', 'src/catalog/brands.controller.ts');
    assert.match(text, /@Controller\('brands'\)/);
  });

  it('documents the routes only where the project has @nestjs/swagger', async () => {
    const plain = await generateFor(shop, ['Brand'], ['endpoint']);
    assert.doesNotMatch(textOf(plain, 'src/catalog/brands.controller.ts'), /@Api/);
    assert.ok(plain.result.notes.some((note) => note.includes('@nestjs/swagger')));
    const manifest = (shop['package.json'] ?? '').replace('"pg":', '"@nestjs/swagger": "^11.2.0",\n    "pg":');
    const text = await controllerOf({ ...shop, 'package.json': manifest }, 'Brand', 'src/catalog/brands.controller.ts');
    assert.match(text, /@ApiTags\('brands'\)\n@ApiBearerAuth\(\)/);
    assert.match(route(text, 'update'), /@ApiProblems\(400, 401, 403, 404, 409\)/);
  });

  it('brings a guard of its own where the project has none, and says so', async () => {
    const guarded = Object.keys(shop).filter((path) => /\/guards\/|\.controller\.ts$/.test(path));
    const generated = await generateFor(without(shop, ...guarded), ['Brand'], ['endpoint']);
    // Without controllers the services beside it show that names are singular.
    const text = textOf(generated, 'src/catalog/brand.controller.ts');
    assert.match(text, /@UseGuards\(RolesGuard\)/);
    assert.match(text, /@Roles\('admin'\)/);
    assert.ok(generated.added.includes('src/common/http/roles.guard.ts'));
    assert.ok(generated.result.notes.some((note) => note.startsWith('No guard or role was found')));
  });

  it('finds guards that no route uses yet, and the role that the instructions name', async () => {
    const unused = Object.keys(shop).filter((path) => path.endsWith('.controller.ts'));
    const text = await controllerOf(without(shop, ...unused), 'Brand', 'src/catalog/brand.controller.ts');
    assert.match(text, /@UseGuards\(JwtAuthGuard, RolesGuard\)/);
    assert.match(text, /@Roles\('catalogue'\)/);
  });

  it('writes nothing that would rest on a service of another shape', async () => {
    const generated = await generateFor(shop, ['Category'], ['endpoint']);
    assert.ok(!generated.added.includes('src/catalog/categories.controller.ts'));
    const skipped = generated.result.skipped.find(({ path }) => path === 'src/catalog/categories.controller.ts');
    assert.match(skipped?.reason ?? '', /CategoriesService/);
  });

  it('changes nothing when asked again', async () => {
    const first = await generateFor(shop, ['Warehouse', 'StockLevel']);
    const second = await generateFor(first.files, ['Warehouse', 'StockLevel']);
    assert.deepEqual(second.added, []);
    assert.deepEqual(second.result.edits, []);
  });
});
