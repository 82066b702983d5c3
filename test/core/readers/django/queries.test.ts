import assert from 'node:assert/strict';
import { djangoReader } from '../../../../src/core/readers/django/reader.ts';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';

const models = `
from django.db import models

class Customer(models.Model):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=10)

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
    number = models.CharField(max_length=10, db_column="no")
    made = models.DateTimeField()

class Line(models.Model):
    order = models.ForeignKey(Order, models.CASCADE)
    quantity = models.IntegerField()

class OldOrder(Order):
    class Meta:
        proxy = True
`;

describe('queries of Django', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  function facts(code: string, path = 'shop/services.py'): FileFacts {
    const { files } = readPython(
      djangoReader,
      [
        ['shop/models.py', models],
        [path, code],
      ],
      syntax,
    );
    const found = files.find(({ file }) => file === path);
    assert.ok(found, `${path} was not read`);
    return found;
  }

  function only(code: string): Query {
    const { queries } = facts(`from shop.models import *\ndef f(x, ids):\n    ${code}\n`);
    assert.equal(queries.length, 1, queries.map(({ api }) => api).join());
    return queries[0]!;
  }

  const shown = ({ filters }: Query): readonly string[] =>
    filters.map(
      ({ path, target, comparison, orGroup, wrapped }) =>
        `${target ? `${target.table}.${target.columns.join('+')}` : `?${path}`} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''}${wrapped ? ' wrapped' : ''}`,
    );

  it('takes of several models of one name the one that the file imports, by whatever name it does so', () => {
    const { files } = readPython(
      djangoReader,
      [
        ['shop/models.py', models],
        [
          'depot/models.py',
          'from django.db import models\nclass Order(models.Model):\n    place = models.CharField()\n',
        ],
        [
          'shop/views.py',
          'from depot.models import Order as Stored\nfrom shop.models import Order\nStored.objects.get(pk=1)\nOrder.objects.get(pk=1)\n',
        ],
        ['depot/jobs.py', 'from . import models\nmodels.Order.objects.get(pk=1)\n'],
        ['tools/jobs.py', 'def f(Order):\n    Order.objects.get(pk=1)\n'],
      ],
      syntax,
    );
    const asked = (path: string): readonly (string | null)[] =>
      files.find(({ file }) => file === path)?.queries.map(({ table }) => table) ?? [];
    assert.deepEqual(asked('shop/views.py'), ['depot_order', 'shop_order']);
    assert.deepEqual(asked('depot/jobs.py'), ['depot_order']);
    assert.deepEqual(asked('tools/jobs.py'), [null]);
  });

  it('takes what is given a plain value for a dictionary', () => {
    const { queries } = facts(
      'from shop.models import *\ndef f(customer, name, more):\n    customer.orders.get(name)\n    customer.orders.update(more)\n    customer.orders.get(number=name)\n    customer.orders.all()\n',
    );
    assert.deepEqual(
      queries.map(({ api, at }) => `${api} ${at.line}`),
      ['get 5', 'all 6'],
    );
  });

  it('takes a set that is cut further on for one that is limited', () => {
    const limits = (code: string): readonly boolean[] =>
      facts(`from shop.models import *\ndef f(most):\n    found = Order.objects.all()\n    ${code}\n`).queries.map(
        ({ limit }) => limit !== null,
      );
    assert.deepEqual(limits('found = found[:most]'), [true]);
    assert.deepEqual(limits('found = found[most:]'), [false]);
    assert.deepEqual(limits('rest = found[:most]'), [false]);
  });

  it('takes the comparison of a year for the span that it is', () => {
    assert.deepEqual(shown(only('Order.objects.filter(made__year=x)')), ['shop_order.made range']);
    assert.deepEqual(shown(only('Order.objects.filter(made__month=x)')), ['shop_order.made eq wrapped']);
  });

  it('reads look-ups over relations of both sides', () => {
    const query = only(
      'return Order.objects.filter(Q(number="a") | Q(customer__name__istartswith=x), line__quantity__gte=3, pk__in=ids).exclude(customer_id=3, made=None)',
    );
    assert.deepEqual(shown(query), [
      'shop_order.no eq or1',
      'shop_customer.name prefix or2 wrapped',
      'shop_line.quantity range',
      'shop_order.id in',
      'shop_order.customer_id ne',
      'shop_order.made other',
    ]);
    assert.deepEqual(
      [query.table, query.rows, query.operation, query.complete],
      ['shop_order', 'many', 'select', true],
    );
    assert.deepEqual(query.uses, ['Q', 'ids', 'x']);
  });

  it('reads sorts, slices, what is loaded, and rows', () => {
    const query = only(
      'return Order.objects.select_related("customer").prefetch_related("line_set").order_by("-made", "customer__name")[20:30]',
    );
    assert.deepEqual(
      query.sorts.map(({ target, direction }) => [target?.table, target?.columns[0], direction]),
      [
        ['shop_order', 'made', 'desc'],
        ['shop_customer', 'name', 'asc'],
      ],
    );
    assert.deepEqual([query.limit?.value, query.offset?.value], [10, 20]);
    assert.deepEqual(
      query.loads.map(({ path }) => path),
      ['customer', 'line_set'],
    );
    assert.equal(only('order = Order.objects.get(number=x)').rows, 'one');
    assert.equal(only('order = Order.objects.get(number=x)').result, 'order');
    assert.equal(only('return Order.objects.filter(**x)').complete, false);
    assert.equal(only('return OldOrder.objects.count()').table, 'shop_order');
  });

  it('goes on from sets of rows that variables and views describe, and asks the model of users', () => {
    const { queries } = facts(`
from django.contrib.auth import get_user_model
from shop.models import Order
class Orders:
    model = Order
    def get_queryset(self):
        return super().get_queryset().filter(number="1")
def f(paths):
    orders = Order.objects.filter(number="1")
    orders = orders.select_related("customer", *paths)
    print(orders.count(), len(get_user_model().objects.filter(email="x")))
    return orders.prefetch_related(Prefetch("line_set", queryset=Line.objects.select_related("order")))
`);
    assert.deepEqual(
      queries
        .filter(({ entity }) => entity !== 'Line')
        .map(({ entity, api, filters, loads }) => [
          entity,
          api,
          filters.map(({ path }) => path).join(),
          loads.map(({ path }) => path).join(),
        ]),
      [
        ['Order', 'filter', 'number', ''],
        ['Order', 'filter', 'number', ''],
        ['Order', 'select_related', 'number', 'customer,*'],
        ['Order', 'count', 'number', 'customer,*'],
        ['get_user_model()', 'filter', 'email', ''],
        ['Order', 'prefetch_related', 'number', 'customer,*,line_set,line_set.order'],
      ],
    );
  });

  it('reads writes, and queries of related managers in loops', () => {
    assert.deepEqual(
      only('Order.objects.filter(id=x).update(number="1")').writes.map(({ target }) => target?.columns),
      [['no']],
    );
    assert.deepEqual(only('Order.objects.all().delete()').operation, 'delete');
    const { queries, loops } = facts(`
from shop.models import Customer
def f():
    for customer in Customer.objects.all():
        print(customer.orders.filter(number="x").count())
`);
    assert.deepEqual(
      queries.map(({ table, operation, loop }) => [table, operation, loop]),
      [
        ['shop_customer', 'select', null],
        ['shop_order', 'count', 0],
      ],
    );
    assert.deepEqual(
      loops.map(({ variables }) => variables),
      [['customer']],
    );
  });

  it('reads SQL, and values that are put into it', () => {
    const query = only(`cursor.execute(f"SELECT * FROM shop_order WHERE no = '{x}'")`);
    assert.deepEqual(
      [query.table, query.sql?.interpolations.map(({ text, position }) => [text, position])],
      ['shop_order', [['x', 'value']]],
    );
    assert.deepEqual(only('cursor.execute("DELETE FROM shop_line WHERE order_id = %s", [x])').sql?.interpolations, []);
    assert.equal(
      only('return Order.objects.raw("SELECT * FROM shop_order WHERE no = \'%s\'" % x)').sql?.interpolations.length,
      1,
    );
  });

  it('leaves alone what only looks like a query', () => {
    const { queries } = facts(`
def f(form, cache, items):
    form.fields.all()
    cache.get("x")
    items.filter(lambda x: x)
    "".join(items).count("x")
`);
    assert.deepEqual(queries, []);
  });

  it('reads the engine and how it is reached', () => {
    const sources = (text: string): FileFacts['dataSources'] => facts(text, 'shop/settings.py').dataSources;
    const [plain] = sources(
      'DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "PASSWORD": "secret", "OPTIONS": {"sslmode": "require"}}}\n',
    );
    assert.deepEqual([plain?.dialect, plain?.passwordInFile, plain?.tls], ['mysql', true, true]);
    const [url] = sources(
      'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="postgres://u:p@h/d")}\n',
    );
    assert.deepEqual([url?.dialect, url?.passwordInFile], ['postgresql', true]);
    const [env] = sources(
      'import os\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "PASSWORD": os.environ["P"]}}\n',
    );
    assert.deepEqual([env?.dialect, env?.passwordInFile], ['postgresql', false]);
  });
});
