import assert from 'node:assert/strict';
import { generate } from '../../../src/core/generators/generate.ts';
import { planEntity, planProject } from '../../../src/core/generators/shared/plan.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { analyzeFiles, realSyntax } from '../../support/analyze.ts';
import { bareShopFiles, generated, requestFor, shopFiles, textOf, written } from './shop.ts';
import type { Files, Generated } from './shop.ts';

describe('generated repositories, services and DTOs', function () {
  this.timeout(240_000);
  let shop: Files;
  let result: Generated;
  let after: Files;
  before(async () => {
    shop = bareShopFiles();
    result = await generated(shop);
    after = written(shop, result);
  });

  it('are valid TypeScript', async () => {
    const syntax = await realSyntax();
    for (const { path, text } of result.files) {
      const parsed = syntax.parse('typescript', text);
      assert.equal(parsed.root.hasError, false, path);
      parsed.dispose();
    }
    assert.ok(result.files.length > 150);
  });

  it('give our own rules nothing to say', async () => {
    const findings = async (files: Files): Promise<string[]> =>
      lintProject(await analyzeFiles(files, 'postgresql'), {}).map(
        ({ rule, file, message }) => `${rule} ${file} ${message}`,
      );
    const before = new Set(await findings(shop));
    const own = new Set(result.files.map(({ path }) => path));
    const fresh = (await findings(after)).filter((finding) => !before.has(finding));
    assert.deepEqual(
      fresh.filter((finding) => own.has(finding.split(' ')[1] ?? '')),
      [],
    );
  });

  it('show no secret and no card data, and take no value that the database keeps', async () => {
    const request = await requestFor(shop);
    const project = planProject(request, 'nestjs');
    let secrets = 0;
    for (const table of request.schema.tables) {
      const entity = planEntity(project, table);
      if ('reason' in entity) continue;
      const fieldsIn = (path: string): string[] =>
        [...(after[path] ?? '').matchAll(/^ {2}(\w+)[!?]?(?::| =)/gm)].map(([, name = '']) => name);
      const shown = fieldsIn(entity.files.responseDto.path);
      const taken = [...fieldsIn(entity.files.createDto.path), ...fieldsIn(entity.files.updateDto.path)];
      for (const column of table.columns) {
        const name = column.property ?? '';
        const kind = column.classification?.kind;
        if (kind === 'secret' || kind === 'pan') {
          secrets++;
          assert.ok(!shown.includes(name) && !taken.includes(name), `${table.name}.${column.name}`);
        }
        if (column.generated !== null || /^(?:created|updated|deleted)-at$|^version$/.test(column.role ?? ''))
          assert.ok(!taken.includes(name), `${table.name}.${column.name}`);
      }
    }
    assert.ok(secrets >= 3);
  });

  it('change nothing when they are generated again', async () => {
    const again = await generated(after);
    assert.deepEqual(again.files, []);
    assert.deepEqual(again.edits, []);
    assert.equal(again.skipped.length, result.files.length);
  });

  it('leave files alone that were edited by hand since', async () => {
    const path = 'src/shipping/shipments.service.ts';
    const edited = { ...after, [path]: `${after[path] ?? ''}\nexport const mine = 1;\n` };
    const again = await generated(edited, ['Shipment']);
    assert.deepEqual([again.files, again.edits], [[], []]);
    assert.ok(again.skipped.some((each) => each.path === path));
  });

  it('do not build on a class of the same name that is something else', async () => {
    const files = { ...shop, 'src/shipping/shipments.repository.ts': 'export class ShipmentsRepository {}\n' };
    const { skipped, files: fresh } = await generated(files, ['Shipment'], ['service']);
    assert.ok(!fresh.some(({ path }) => path.endsWith('shipments.service.ts')));
    assert.match(
      skipped.find(({ path }) => path.endsWith('shipments.service.ts'))?.reason ?? '',
      /ShipmentsRepository/,
    );
  });

  it('lock optimistically and restore only where the entity has the columns', () => {
    const orders = textOf(result, 'orders/orders.repository.ts');
    assert.match(orders, /expectedVersion\?: number/);
    assert.doesNotMatch(orders, /restore/);
    const products = textOf(result, 'catalog/products.repository.ts');
    assert.match(products, /async restore\(id: string\)/);
    assert.doesNotMatch(products, /expectedVersion/);
  });

  it('address composite keys by all of their columns', () => {
    assert.match(
      textOf(result, 'stock-levels.query.ts'),
      /StockLevelKey = Pick<StockLevel, 'warehouseId' \| 'variantId'>/,
    );
    assert.match(textOf(result, 'stock-levels.repository.ts'), /findById\(\s*id: StockLevelKey/);
    assert.match(
      textOf(result, 'stock-levels.repository.ts'),
      /Partial<\s*Omit<NewStockLevel, 'warehouseId' \| 'variantId'>/,
    );
  });

  it('call foreign keys without a property by their relation', () => {
    assert.match(
      textOf(result, 'dto/create-product.dto.ts'),
      /@IsOptional\(\)\n {2}@IsUUID\(\)\n {2}brandId\?: string \| null;/,
    );
    assert.match(textOf(result, 'dto/product-response.dto.ts'), /brandId: product\.brand\?\.id \?\? null,/);
    assert.match(textOf(result, 'dto/cart-item-response.dto.ts'), /cartId: cartItem\.cart\.id,/);
  });

  it('validate what the columns say', () => {
    const review = textOf(result, 'dto/create-review.dto.ts');
    assert.match(review, /@IsInt\(\)\n {2}@Min\(1\)\n {2}@Max\(5\)\n {2}rating!: number;/);
    assert.match(review, /@Length\(1, 140\)\n {2}title!: string;/);
    assert.match(
      textOf(result, 'dto/money.dto.ts'),
      /@Matches\(\/\^-\?\\d\{1,10\}\(\\\.\\d\{1,2\}\)\?\$\/\)\n {2}amount!: string;/,
    );
    assert.match(
      textOf(result, 'dto/create-order.dto.ts'),
      /@Type\(\(\) => Date\)\n {2}@IsDate\(\)\n {2}placedAt!: Date;/,
    );
  });

  it('sort by what an index serves and never by what can be null', () => {
    assert.match(
      textOf(result, 'orders.query.ts'),
      /orderSorts = \[\s*'id',\s*'number',\s*'placedAt',\s*'createdAt',\s*'updatedAt',\s*\]/,
    );
    assert.doesNotMatch(textOf(result, 'payments.query.ts').split('Includes')[0] ?? '', /gatewayReference/);
  });

  it('include collections that the entity owns, not those that grow without it', () => {
    assert.match(textOf(result, 'customers.query.ts'), /customerIncludes = \['addresses'\]/);
  });

  it('say what they cannot do', () => {
    assert.ok(result.notes.some((note) => note.includes('DailySales is a view')));
    assert.ok(result.notes.some((note) => note.includes('Customer needs passwordHash')));
  });

  it('tell modules of new classes, sorted as they are', () => {
    const text = after['src/inventory/inventory.module.ts'] ?? '';
    assert.match(text, /providers: \[\s*StockLevelsRepository,\s*StockLevelsService,\s*StockMovementsRepository,/);
    assert.match(text, /import \{ WarehousesService \} from '\.\/warehouses\.service';/);
  });
});

describe('a request for code', function () {
  this.timeout(60_000);

  it('names what there is when an entity is not found', async () => {
    const result = await generate(await requestFor(shopFiles(), { entities: ['Produkt'] }));
    assert.match(result.ok ? '' : result.reason, /There is no entity "Produkt": there are ProductImage, /);
  });

  it('is refused for a view', async () => {
    const result = await generate(await requestFor(shopFiles(), { entities: ['DailySales'] }));
    assert.match(result.ok ? '' : result.reason, /DailySales is a view/);
  });

  it('is refused with the stacks that are served', async () => {
    const { profile } = readProfile([], []);
    const result = await generate(
      await requestFor(shopFiles(), { profile: { ...profile, framework: 'fastify', orms: ['prisma'] } }),
    );
    assert.match(
      result.ok ? '' : result.reason,
      /NestJS with TypeORM and for Express with TypeORM so far; this project uses fastify with prisma\./,
    );
  });
});
