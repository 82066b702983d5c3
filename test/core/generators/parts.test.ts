import assert from 'node:assert/strict';
import { checkedRange } from '../../../src/core/generators/shared/checks.ts';
import { readFileSource } from '../../../src/core/generators/shared/entitySource.ts';
import { detectLayout, dtoFile, fileOf, moduleFolder } from '../../../src/core/generators/shared/layout.ts';
import { lineEdits } from '../../../src/core/generators/shared/lineEdits.ts';
import { namesOf, plural } from '../../../src/core/generators/shared/names.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import { realSyntax } from '../../support/analyze.ts';

describe('names of generated code', () => {
  it('come from the class, plurals from the table', () => {
    const { type, types, variable, kebabs, words } = namesOf('StockLevelEntity', 'stock_levels');
    assert.deepEqual(
      [type, types, variable, kebabs, words],
      ['StockLevel', 'StockLevels', 'stockLevel', 'stock-levels', 'stock level'],
    );
    assert.equal(namesOf('Person', 'staff').types, 'People');
    assert.equal(namesOf('Settings', 'settings').types, 'Settings');
  });

  it('are no words that mean something else', () => {
    assert.equal(namesOf('Package', 'packages').variable, 'packageRow');
    assert.equal(namesOf('Page', 'pages').variable, 'pageRow');
  });

  it('make plurals', () => {
    assert.deepEqual(['category', 'day', 'box', 'address', 'analysis', 'order'].map(plural), [
      'categories',
      'days',
      'boxes',
      'addresses',
      'analyses',
      'orders',
    ]);
  });
});

describe('the layout of a project', () => {
  const names = namesOf('OrderLine', 'order_lines');

  it('has a folder per module', () => {
    const paths = [
      'src/orders/entities/order-line.entity.ts',
      'src/orders/orders.service.ts',
      'src/orders/dto/place-order.dto.ts',
    ];
    const layout = detectLayout(paths, [paths[0] ?? ''], { plural: true });
    assert.equal(moduleFolder(paths[0] ?? ''), 'src/orders');
    assert.deepEqual(fileOf(layout, 'src/orders', 'repository', names), {
      path: 'src/orders/order-lines.repository.ts',
      name: 'OrderLinesRepository',
    });
    assert.equal(
      dtoFile(layout, 'src/orders', ['create', 'order', 'line']).path,
      'src/orders/dto/create-order-line.dto.ts',
    );
  });

  it('has a folder per kind of file, in its own case', () => {
    const paths = ['src/entities/OrderLine.ts', 'src/services/OrderService.ts', 'src/repositories/OrderRepository.ts'];
    const layout = detectLayout(paths, [paths[0] ?? ''], { plural: false });
    assert.equal(layout.arrangement, 'layer');
    assert.deepEqual(fileOf(layout, 'src', 'service', names), {
      path: 'src/services/OrderLineService.ts',
      name: 'OrderLineService',
    });
    assert.equal(dtoFile(layout, 'src', ['create', 'order', 'line']).path, 'src/dto/CreateOrderLineDto.ts');
  });
});

describe('ranges of check constraints', () => {
  const range = (expression: string) =>
    checkedRange(
      [{ name: null, expression, at: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } }],
      'rating',
    );

  it('are read from conditions of the column alone', () => {
    assert.deepEqual(range('"rating" BETWEEN 1 AND 5'), { min: 1, max: 5 });
    assert.deepEqual(range('"rating" > 0'), { min: 1, max: null });
    assert.deepEqual(range('rating >= 0 AND rating < 10'), { min: 0, max: 9 });
  });

  it('are not guessed', () => {
    for (const expression of ['rating > other', 'rating > 0 OR rating IS NULL', 'abs(rating) < 5', '"stars" > 0'])
      assert.deepEqual(range(expression), { min: null, max: null }, expression);
  });
});

describe('edits by line', () => {
  it('turn one text into the other, and touch nothing else', () => {
    const from = 'a\nb\nc\nd\n';
    for (const to of ['a\nx\nb\nc\nd\n', 'a\nb\nd\n', 'a\nB\nc\nD\ne\n', '', 'a\nb\nc\nd', from]) {
      const edits = lineEdits('f', from, to);
      assert.equal(applyEdits(from, edits), to);
    }
    assert.deepEqual(lineEdits('f', from, 'a\nb\nx\nc\nd\n'), [{ file: 'f', start: 4, end: 4, newText: 'x\n' }]);
    assert.deepEqual(lineEdits('f', from, from), []);
  });
});

describe('the class of an entity', () => {
  it('says the types of its properties as they are written', async () => {
    const syntax = await realSyntax();
    await syntax.ensure(['typescript']);
    const source = readFileSource(
      `import { Base as Root } from './base';
export enum Kind { A = 'a' }
export type Shift = 'day' | 'night';
export class Order extends Root {
  @Column() name!: string | null;
  @Column() meta?: Record<string, 'a' | 'b'>;
  reviews: Promise<Review[]>;
  static of(): Order { return new Order(); }
  total(): number { return 1; }
}`,
      syntax,
    );
    const order = source.classes.get('Order');
    assert.ok(order);
    assert.equal(order.base, 'Root');
    assert.deepEqual(
      [...order.fields].map(([name, { type, nullable, lazy }]) => [name, type, nullable, lazy]),
      [
        ['name', 'string', true, false],
        ['meta', "Record<string, 'a' | 'b'>", true, false],
        ['reviews', 'Review[]', false, true],
      ],
    );
    assert.deepEqual([order.methods, order.statics], [['total'], ['of']]);
    assert.deepEqual([...source.values], ['Kind', 'Order']);
    assert.ok(source.declared.has('Shift'));
    assert.deepEqual(source.imports, [{ local: 'Root', imported: 'Base', module: './base' }]);
  });
});
