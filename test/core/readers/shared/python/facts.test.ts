import assert from 'node:assert/strict';
import { mayHoldPythonFacts, readPythonFacts } from '../../../../../src/core/readers/shared/python/facts.ts';
import type { FileFacts } from '../../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../../src/core/syntax/syntax.ts';
import { sourceFile } from '../../../../support/sourceFile.ts';
import { loadPython } from './project.ts';

describe('Python code facts', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  async function facts(text: string, path = 'app/service.py'): Promise<FileFacts> {
    return readPythonFacts(await sourceFile(path, text, syntax));
  }

  it('reads functions, methods and lambdas with what they take and return', async () => {
    const { functions, classes, imports } = await facts(
      'from .db import session as db_session\nimport app.models\n' +
        'class Orders(Repository[Order], Mixin):\n' +
        '  @cached(ttl=3)\n  async def of(self, customer: "Customer | None", limit: int = 3, *args):\n    rows = await load(customer)\n    return rows\n' +
        'def key():\n  return sorted(rows, key=lambda row: row.id)\n',
    );
    assert.deepEqual(
      functions.map((each) => [
        each.name,
        each.owner,
        each.parameters,
        each.parameterTypes,
        each.async,
        each.parent,
        each.exported,
        each.decorators,
        each.returns,
      ]),
      [
        ['of', 'Orders', ['customer', 'limit'], ['Customer', 'number'], true, null, true, ['cached'], 'rows'],
        ['key', null, [], [], false, null, true, [], null],
        [null, null, ['row'], [null], false, 1, false, [], null],
      ],
    );
    assert.deepEqual(
      classes.map((each) => [each.name, each.extends, each.implements]),
      [['Orders', 'Repository<Order>', ['Mixin']]],
    );
    assert.deepEqual(imports, [
      { local: 'db_session', imported: 'session', module: '.db' },
      { local: 'app', imported: '*', module: 'app' },
    ]);
  });

  it('reads loops and comprehensions, and what is called in which', async () => {
    const { loops, calls, accesses } = await facts(
      'async def report(orders):\n' +
        '  for at, order in enumerate(list(orders)):\n    load(order.customer.name, at)\n    print(order.total)\n' +
        '  names = [find(line.id) for order in orders for line in order.lines.all() if line.ok]\n' +
        '  await asyncio.gather(*[self.fetch(o) for o in orders])\n' +
        '  for i in range(10):\n    poll()\n  while True:\n    x = self.api.next_page(i)\n' +
        '  for kind in KINDS:\n    pass\n  for page in paginate(orders):\n    pass\n',
    );
    assert.deepEqual(
      loops.map(({ kind, variables, iterable, bounded, concurrent, parent }) => [
        kind,
        variables.join(),
        iterable,
        bounded,
        concurrent,
        parent,
      ]),
      [
        ['for-in', 'order', 'orders', false, false, null],
        ['comprehension', 'order', 'orders', false, false, null],
        // With an `if` it picks some of the rows, as a filter does.
        ['filter', 'line', 'order.lines.all()', false, false, 1],
        ['comprehension', 'o', 'orders', false, true, null],
        ['for', 'i', 'range(10)', true, false, null],
        ['while', '', null, true, false, null],
        ['for-in', 'kind', 'KINDS', true, false, null],
        ['for-in', 'page', 'paginate(orders)', true, false, null],
      ],
    );
    assert.deepEqual(
      calls.map(({ callee, loop, result, awaited, arguments: args }) => [callee, loop, result, awaited, args]),
      [
        ['load', 0, null, false, ['order.customer.name', 'at']],
        ['find', 2, null, false, ['line.id']],
        ['order.lines.all', 1, null, false, []],
        ['this.fetch', 3, null, false, ['o']],
        ['poll', 4, null, false, []],
        ['this.api.next_page', 5, 'x', false, ['i']],
        ['paginate', null, null, false, ['orders']],
      ],
    );
    assert.deepEqual(
      accesses.map(({ path, loop }) => [path, loop]),
      [
        ['order.customer.name', 0],
        ['order.total', 0],
        ['line.id', 2],
        ['order.lines', 1],
        ['line.ok', 2],
      ],
    );
  });

  it('reads transactions as blocks and decorators', async () => {
    const { transactions } = await facts(
      'def pay(session):\n  with session.begin():\n    pass\n  with open("x") as f, engine.begin() as connection:\n    pass\n' +
        '@transaction.atomic\ndef ship():\n  pass\n@db.atomic()\ndef both():\n  pass\n',
    );
    assert.deepEqual(
      transactions.map(({ api, client, function: owner, body }) => [api, client, owner, body]),
      [
        ['begin', null, 0, null],
        ['begin', 'connection', 0, null],
        ['atomic', null, 1, 1],
        ['atomic', null, 2, 2],
      ],
    );
  });

  it('reads fields whose type is stated or shows', async () => {
    const { fields } = await facts(
      'orders = OrderService()\nclass Shop:\n  mails: Mailer\n  def __init__(self, repo: OrderRepository, n: int):\n    self.repo = repo\n    self.n = n\n    self.cache = Cache(n)\n',
    );
    assert.deepEqual(
      fields.map(({ owner, name, type }) => `${owner}.${name} ${type}`),
      ['.orders OrderService', 'Shop.mails Mailer', 'Shop.repo OrderRepository', 'Shop.cache Cache'],
    );
  });

  const routes = async (text: string): Promise<readonly string[]> =>
    (await facts(text)).endpoints.map(
      ({ method, path, framework, handler, function: id, guards }) =>
        `${framework} ${method} ${path} ${handler ?? ''}${id === null ? ' elsewhere' : ''}${guards.length > 0 ? ` [${guards.join(', ')}]` : ''}`,
    );

  it('reads endpoints of FastAPI', async () => {
    assert.deepEqual(
      await routes(
        'from fastapi import APIRouter, Depends\nrouter = APIRouter(prefix="/orders", tags=["orders"])\n' +
          '@router.get("/{id}", dependencies=[Depends(get_current_active_superuser)])\nasync def read(id: int, user: CurrentUser, db=Depends(get_db)): ...\n' +
          '@router.api_route("/", methods=["GET", "POST"])\ndef both(): ...\n',
      ),
      [
        'fastapi GET /orders/{id} read [CurrentUser, get_current_active_superuser]',
        'fastapi GET /orders both',
        'fastapi POST /orders both',
      ],
    );
  });

  it('reads endpoints of Flask', async () => {
    assert.deepEqual(
      await routes(
        'from flask import Blueprint\nfrom flask_restful import Resource\nbp = Blueprint("shop", __name__, url_prefix="/shop")\n' +
          '@bp.route("/orders", methods=["POST"])\n@login_required\ndef create(): ...\n@bp.get("/x")\ndef x(): ...\n' +
          'class OrderResource(Resource):\n  @require_permission("view")\n  def get(self, id): ...\n  def helper(self): ...\n' +
          'api.add_resource(OrderResource, "/api/orders/<id>", endpoint="order")\napp.add_url_rule("/y", "x", x)\n',
      ),
      [
        'flask POST /shop/orders create [login_required]',
        'flask GET /shop/x x',
        'flask GET /api/orders/<id> OrderResource.get [require_permission("view")]',
        'flask GET /y x',
      ],
    );
  });

  it('reads URL patterns and views of Django', async () => {
    assert.deepEqual(
      await routes(
        'from django.urls import path, include, re_path\nfrom . import views\n' +
          'urlpatterns = [path("orders/<int:id>/", views.order, name="order"), path("api/", include("api.urls")), re_path(r"^x$", V.as_view())]\n',
      ),
      ['django * /orders/<int:id> views.order elsewhere', 'django * /x V elsewhere'],
    );
    assert.deepEqual(
      await routes(
        'from rest_framework import viewsets\nfrom rest_framework.decorators import api_view\n@api_view(["GET"])\ndef orders(request): ...\n' +
          'class OrderViewSet(viewsets.ModelViewSet):\n  def list(self, request): ...\n  def perform(self): ...\n',
      ),
      ['django GET  orders', 'django GET  OrderViewSet.list'],
    );
  });

  it('reads endpoints of Starlette, Tornado, aiohttp and GraphQL', async () => {
    assert.deepEqual(
      await routes(
        'from starlette.routing import Route\ndef home(request): ...\nroutes = [Route("/", home), Route("/x", endpoint=home, methods=["post"])]\n',
      ),
      ['starlette * / home', 'starlette POST /x home'],
    );
    assert.deepEqual(
      await routes(
        'import tornado.web\nclass Main(tornado.web.RequestHandler):\n  async def get(self): ...\ntornado.web.Application([(r"/main", Main)])\n',
      ),
      ['tornado GET /main Main.get'],
    );
    assert.deepEqual(
      await routes('from aiohttp import web\nasync def orders(request): ...\napp.router.add_get("/orders", orders)\n'),
      ['aiohttp GET /orders orders'],
    );
    assert.deepEqual(
      await routes(
        'import strawberry\nclass Query:\n  @strawberry.field\n  def orders(self): ...\nclass OrderType(graphene.ObjectType):\n  def resolve_lines(self, info): ...\n',
      ),
      ['strawberry QUERY orders Query.orders', 'graphene FIELD OrderType.lines OrderType.resolve_lines'],
    );
  });

  it('is cheap where nothing can be found', () => {
    assert.equal(mayHoldPythonFacts('a.py', 'X = 1\nclass A: pass'), false);
    assert.equal(mayHoldPythonFacts('tests/test_a.py', 'def test_a():\n  for x in y: pass'), false);
    assert.equal(mayHoldPythonFacts('a.py', 'def a():\n  for x in y: pass'), true);
  });
});
