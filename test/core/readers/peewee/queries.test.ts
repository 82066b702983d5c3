import assert from 'node:assert/strict';
import { peeweeReader } from '../../../../src/core/readers/peewee/reader.ts';
import type { FileFacts } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';

const models = `
from peewee import CharField, DateField, ForeignKeyField, Model, PooledPostgresqlDatabase

db = PooledPostgresqlDatabase("shop", user="me", password="secret", max_connections=8)

class Customer(Model):
    name = CharField(column_name="full_name")

class Order(Model):
    customer = ForeignKeyField(Customer, backref="orders")
    made = DateField()
`;

describe('queries of Peewee', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  function facts(code: string, path = 'app/api.py'): FileFacts {
    const { files } = readPython(
      peeweeReader,
      [
        ['app/models.py', models],
        ['app/api.py', code],
      ],
      syntax,
    );
    const found = files.find(({ file }) => file === path);
    assert.ok(found);
    return found;
  }

  it('reads conditions, sorts, joins, limits and writes', () => {
    const { queries } = facts(`
from app.models import Customer, Order
def f(name, ids):
    orders = (Order.select(Order, Customer).join(Customer)
        .where((Order.made > name) & (Order.id << ids) | fn.LOWER(Customer.name).contains("x"))
        .order_by(Order.made.desc()).limit(10))
    for order in orders:
        print(Customer.get_by_id(order.customer_id).name)
    Order.update(made=name).where(Order.customer == 3).execute()
    Customer.get_or_none(Customer.name == None)
    Order.select().where(Order.made.between(1, 2)).count()
    Something.select().where(Something.x == 1)
`);
    assert.deepEqual(
      queries.map(({ table, operation, rows, loop, filters, sorts, joins, writes, limit, result }) => [
        table,
        operation,
        rows,
        loop,
        filters.map(
          ({ path, target, comparison, orGroup, wrapped }) =>
            `${target ? `${target.table}.${target.columns.join()}` : `?${path}`} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''}${wrapped ? ' wrapped' : ''}`,
        ),
        sorts.map(({ target, direction }) => `${target?.columns.join() ?? '?'} ${direction}`).join(),
        [...joins, ...writes].map(({ path }) => path).join(),
        limit?.value ?? null,
        result,
      ]),
      [
        [
          'order',
          'select',
          'many',
          null,
          ['order.made range or1', 'order.id in or1', 'customer.full_name contains or2 wrapped'],
          'made desc',
          'Customer',
          10,
          'orders',
        ],
        ['customer', 'select', 'one', 0, ['customer.id eq'], '', '', null, null],
        ['order', 'update', 'none', null, ['order.customer_id eq'], '', 'made', null, null],
        ['customer', 'select', 'one', null, ['customer.full_name is-null'], '', '', null, null],
        ['order', 'count', 'one', null, ['order.made range'], '', '', null, null],
      ],
    );
  });

  it('reads the engine and how it is reached', () => {
    const [source] = facts('', 'app/models.py').dataSources;
    assert.deepEqual([source?.dialect, source?.poolSize, source?.passwordInFile], ['postgresql', 8, true]);
  });
});
