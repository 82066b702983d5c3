import assert from 'node:assert/strict';
import { fromSource } from '../../../../src/core/generators/tests/principal.ts';
import { generateFor, textOf, workspaceFiles } from '../../../support/generateFor.ts';

const shop = workspaceFiles('shop');
const greenhouse = workspaceFiles('greenhouse');

describe('generated tests', () => {
  it('make the rows that a row cannot do without, and each once', async () => {
    const generated = await generateFor(shop, ['StockMovement'], ['test']);
    const factory = textOf(generated, 'src/inventory/test/stock-movement.factory.ts');
    assert.match(factory, /const stockLevel = await createStockLevel\(manager\);/);
    // The variant is that of the stock level: its key is part of the other one.
    assert.doesNotMatch(factory, /createProductVariant/);
    for (const path of ['stock-level', 'warehouse'])
      assert.ok(generated.added.includes(`src/inventory/test/${path}.factory.ts`));
    assert.ok(generated.added.includes('src/catalog/test/product-variant.factory.ts'));
  });

  it('make values that fit: enums by name, lengths, whole value objects, other ones for unique keys', async () => {
    const generated = await generateFor(shop, ['PriceTier', 'Warehouse'], ['test']);
    const tier = textOf(generated, 'src/catalog/test/price-tier.factory.ts');
    assert.match(tier, /customerGroup: CustomerGroup\.Retail/);
    assert.match(tier, /unitPrice: \{ amount: '1\.00', currency: 'EUR' \}/);
    assert.match(tier, /minQuantity: 1/);
    const warehouse = textOf(generated, 'src/inventory/test/warehouse.factory.ts');
    assert.match(warehouse, /code: `code-\$\{unique\(\)\}`/);
    assert.match(warehouse, /countryCode: 'NL'/);
    assert.match(warehouse, /addition: null/);
  });

  it('leave out what rows can do without', async () => {
    const factory = textOf(await generateFor(shop, ['Review'], ['test']), 'src/reviews/test/review.factory.ts');
    assert.match(factory, /productId: product\.id/);
    assert.match(factory, /product: \{ id: productId \}/);
    assert.doesNotMatch(factory, /customer|published/);
  });

  it('are written for the framework, place and style of those that are there', async () => {
    const generated = await generateFor(greenhouse, ['Device'], ['test']);
    const text = textOf(generated, 'test/repositories/DeviceRepository.test.ts');
    assert.match(text, /^import assert from "node:assert\/strict";$/m);
    assert.match(text, /^\tbefore\(async \(\) => \{$/m);
    assert.doesNotMatch(text, /expect\(|beforeAll/);
    assert.match(textOf(generated, 'test/support/testDatabase.ts'), /database: ":memory:"/);
    const jest = await generateFor(shop, ['Brand'], ['test']);
    assert.match(textOf(jest, 'src/catalog/brands.repository.spec.ts'), /rejects\.toThrow\(ConflictError\)/);
  });

  it('begin with "should" where the others do', async () => {
    const files = {
      ...shop,
      'src/app.spec.ts': "it('should start', () => undefined);\nit('should stop', () => undefined);\n",
    };
    const text = textOf(await generateFor(files, ['Brand'], ['test']), 'src/catalog/brands.repository.spec.ts');
    assert.match(text, /it\('should find what it has created'/);
    assert.doesNotMatch(text, /it\('(?!should )/);
  });

  it('sign in as the role check reads callers', async () => {
    const nest = textOf(await generateFor(shop, ['Brand'], ['test']), 'src/catalog/brands.controller.spec.ts');
    assert.match(nest, /\.overrideGuard\(JwtAuthGuard\)/);
    assert.match(nest, /\.principal = \{\s*roles,?\s*\}/);
    assert.match(nest, /roles = \['catalogue'\];/);
    const express = textOf(await generateFor(greenhouse, ['Device'], ['test']), 'test/routes/deviceRoutes.test.ts');
    assert.match(express, /response\.locals\.principal = \{ roles \};/);
    assert.match(express, /roles = \["operator", "administrator"\];/);
  });

  it('count queries: one for the list, one for each included collection', async () => {
    const variants = await generateFor(shop, ['ProductVariant'], ['test']);
    const text = textOf(variants, 'src/catalog/product-variants.repository.spec.ts');
    assert.match(text, /include: \['product', 'priceTiers'\]/);
    assert.match(text, /expect\(queries\)\.toBe\(2\)/);
  });

  it('take a container where the instructions say so, and the database they are given', async () => {
    const text = textOf(await generateFor(shop, ['Brand'], ['test']), 'src/common/test/test-database.ts');
    assert.match(text, /new PostgreSqlContainer\('postgres:17-alpine'\)/);
    assert.match(text, /process\.env\['TEST_DATABASE_URL'\]/);
    const silent = Object.fromEntries(Object.entries(shop).filter(([path]) => path !== 'copilot.instructions.md'));
    const plain = textOf(
      await generateFor(silent, ['Brand'], ['test'], 'postgresql'),
      'src/common/test/test-database.ts',
    );
    assert.doesNotMatch(plain, /Container/);
    assert.match(plain, /set TEST_DATABASE_URL/);
  });

  it('configure Jest where nothing does', async () => {
    const manifest = JSON.parse(shop['package.json'] ?? '{}') as Record<string, unknown>;
    delete manifest.jest;
    const generated = await generateFor({ ...shop, 'package.json': JSON.stringify(manifest) }, ['Brand'], ['test']);
    const text = textOf(generated, 'jest.config.mjs');
    assert.match(text, /'\^@shop\/common\/\(\.\*\)\$': '<rootDir>\/src\/common\/\$1'/);
    assert.ok(!(await generateFor(shop, ['Brand'], ['test'])).added.includes('jest.config.mjs'));
  });

  it('name the packages that are missing', async () => {
    const { result } = await generateFor(shop, ['Brand'], ['test']);
    assert.ok(result.notes.some((note) => note.includes('npm install --save-dev supertest @types/supertest')));
  });
});

describe('the principal of a role check', () => {
  const cases = [
    ['principal.roles.includes(role)', 'request', 'principal', '{ roles }'],
    ['const principal = response.locals.principal as P; principal?.roles.some(is)', 'locals', 'principal', '{ roles }'],
    ['roles.map(String).includes(String(request.user?.role?.id))', 'request', 'user', '{ role: { id: roles[0] } }'],
    ['return required.some((role) => user.role === role)', 'request', 'user', '{ role: roles[0] }'],
  ] as const;
  for (const [source, carrier, property, value] of cases)
    it(`is found in ${source}`, () => {
      const found = fromSource(source);
      assert.deepEqual([found?.carrier, found?.property, found?.of('roles')], [carrier, property, value]);
    });

  it('is not made up', () => {
    assert.equal(fromSource('return this.reflector.get(ROLES, context.getHandler()) !== undefined;'), null);
  });
});
