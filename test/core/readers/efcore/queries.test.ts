import assert from 'node:assert/strict';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadCSharp, readEfCore } from './read.ts';

const model = `using Microsoft.EntityFrameworkCore;
public class Shop : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Customer> Customers { get; set; }
  protected override void OnConfiguring(DbContextOptionsBuilder o) => o.UseNpgsql("Host=db;Password=s3cret;Maximum Pool Size=40;SSL Mode=Disable").UseLazyLoadingProxies(); }
public class Order { public int Id { get; set; } public string Number { get; set; } public DateTime PlacedAt { get; set; } public int CustomerId { get; set; } public virtual Customer Customer { get; set; } }
public class Customer { public int Id { get; set; } public string Email { get; set; } public virtual List<Order> Orders { get; set; } }`;

describe('EF Core queries', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  function factsOf(body: string): FileFacts {
    const code = `public class Service { private readonly Shop _shop; public async Task Run(string email, List<int> ids) { ${body} } }`;
    const { files } = readEfCore({ 'Model.cs': model, 'Service.cs': code }, syntax);
    const facts = files.find(({ file }) => file === 'Service.cs');
    assert.ok(facts);
    return facts;
  }

  function queriesOf(body: string): readonly Query[] {
    return factsOf(body).queries;
  }

  it('reads filters, sorts, loads and limits with their columns', () => {
    const [query, ...others] = queriesOf(
      `var found = await _shop.Orders.AsNoTracking().Include(o => o.Customer).Where(o => o.Customer.Email == email && ids.Contains(o.Id) || o.Number.StartsWith("A"))
        .OrderByDescending(o => o.PlacedAt).Skip(20).Take(10).ToListAsync();`,
    );
    assert.equal(others.length, 0);
    assert.ok(query);
    assert.deepEqual(
      [query.operation, query.table, query.rows, query.result, query.awaited],
      ['select', 'Orders', 'many', 'found', true],
    );
    assert.deepEqual(
      query.filters.map(({ path, comparison, orGroup, target }) => [
        path,
        comparison,
        orGroup > 0,
        target?.table,
        target?.columns,
      ]),
      [
        ['Customer.Email', 'eq', true, 'Customers', ['Email']],
        ['Id', 'in', true, 'Orders', ['Id']],
        ['Number', 'prefix', true, 'Orders', ['Number']],
      ],
    );
    assert.deepEqual(
      query.sorts.map(({ path, direction }) => [path, direction]),
      [['PlacedAt', 'desc']],
    );
    assert.deepEqual(
      query.loads.map(({ path, target }) => [path, target?.columns]),
      [['Customer', ['CustomerId']]],
    );
    assert.deepEqual([query.limit?.value, query.offset?.value], [10, 20]);
  });

  it('puts a query that a variable holds together with what runs it', () => {
    const queries = queriesOf(
      `var query = _shop.Orders.Where(o => o.CustomerId == 3); if (email != null) query = query.Where(o => o.Number == email); var n = await query.CountAsync();`,
    );
    assert.deepEqual(
      queries.map(({ operation, filters }) => [operation, filters.map(({ path }) => path)]),
      [['count', ['CustomerId', 'Number']]],
    );
  });

  it('places queries in loops, those over lists in memory too, and not those in expressions of a query', () => {
    const { queries, loops } = factsOf(
      `foreach (var id in ids) { var c = _shop.Customers.FirstOrDefault(x => x.Id == id); }
       await Task.WhenAll(ids.Select(async i => await _shop.Orders.FindAsync(i)));
       var all = _shop.Customers.Select(c => new { c.Id, N = c.Orders.Count() }).ToList();`,
    );
    assert.deepEqual(
      queries.map(({ api, loop }) => [api, loop === null ? null : loops[loop]?.kind]),
      [
        ['FirstOrDefault', 'for-of'],
        ['FindAsync', 'map'],
        ['ToList', null],
      ],
    );
    assert.equal(loops.find(({ kind }) => kind === 'map')?.concurrent, true);
  });

  it('tells values that are put into SQL from those that are bound', () => {
    const queries = queriesOf(
      `await _shop.Database.ExecuteSqlRawAsync($"DELETE FROM \\"Orders\\" WHERE \\"Number\\" = '{email}'");
       var o = await _shop.Orders.FromSqlInterpolated($"SELECT * FROM \\"Orders\\" WHERE \\"CustomerId\\" = {ids}").ToListAsync();`,
    );
    assert.deepEqual(
      queries.map(({ operation, table, sql, filters }) => [
        operation,
        table,
        sql?.interpolations.map(({ text, position }) => [text, position]),
        filters.map(({ target }) => target?.columns),
      ]),
      [
        ['delete', 'Orders', [['email', 'value']], [['Number']]],
        ['select', 'Orders', [], [['CustomerId']]],
      ],
    );
  });

  it('reads changes, bulk statements, query expressions and transactions', () => {
    const { queries, transactions } = factsOf(
      `using var tx = await _shop.Database.BeginTransactionAsync(IsolationLevel.Serializable);
       _shop.Orders.Add(new Order()); await _shop.SaveChangesAsync();
       await _shop.Orders.Where(o => o.Id == 1).ExecuteUpdateAsync(s => s.SetProperty(o => o.Number, "x"));
       var q = (from c in _shop.Customers where c.Email == email orderby c.Id descending select c).ToList();`,
    );
    assert.deepEqual(
      queries.map(({ operation, table, batched, transaction }) => [operation, table, batched ?? false, transaction]),
      [
        ['insert', 'Orders', true, 0],
        ['unknown', null, false, 0],
        ['update', 'Orders', false, 0],
        ['select', 'Customers', false, 0],
      ],
    );
    assert.deepEqual(
      queries[2]?.writes.map(({ path }) => path),
      ['Number'],
    );
    assert.deepEqual([queries[3]?.filters[0]?.path, queries[3]?.sorts[0]?.direction], ['Email', 'desc']);
    assert.deepEqual(
      transactions.map(({ isolation }) => isolation),
      ['Serializable'],
    );
  });

  it('takes no list in memory for a query', () => {
    assert.deepEqual(
      queriesOf(
        'var model = new Model(); var x = model.Orders.Where(o => o.Id == 1).ToList(); var y = ids.First(i => i > 2);',
      ),
      [],
    );
  });

  it('loads lazily where proxies are used and the navigation is virtual, and keeps settings of the connection', () => {
    const { tables, files } = readEfCore({ 'Model.cs': model }, syntax);
    assert.deepEqual(
      tables.flatMap(({ relations }) => relations.map(({ fetch }) => fetch)),
      ['lazy', 'lazy'],
    );
    const [source] = files.flatMap(({ dataSources }) => dataSources);
    assert.deepEqual(
      [source?.dialect, source?.passwordInFile, source?.poolSize, source?.tls],
      ['postgresql', true, 40, false],
    );
  });

  it('finds endpoints of controllers, minimal APIs and Razor pages', () => {
    const { files } = readEfCore(
      {
        'OrdersController.cs': `[ApiController, Route("api/[controller]"), Authorize] public class OrdersController : ControllerBase {
          [HttpGet("{id:int}")] public async Task<IActionResult> Get(int id) => Ok(await Task.FromResult(id));
          [HttpPost] [Route("~/import")] public async Task<IActionResult> Import() => Ok(await Task.FromResult(1)); }`,
        'Program.cs': `var api = app.MapGroup("/v1"); api.MapGet("/orders", async () => { await Task.Delay(1); }); api.MapPost("/orders", Create).RequireAuthorization();
          static async Task Create() { await Task.Delay(1); }`,
        'Pages/Cart/Index.cshtml.cs':
          'public class IndexModel : PageModel { public async Task OnGetAsync() { await Task.Delay(1); } }',
      },
      syntax,
    );
    assert.deepEqual(
      files.flatMap(({ endpoints }) =>
        endpoints.map(({ method, path, guards }) => `${method} ${path} ${guards.join()}`),
      ),
      [
        'GET /api/Orders/{id:int} Authorize',
        'POST /import Authorize',
        'GET /v1/orders ',
        'POST /v1/orders RequireAuthorization',
        'GET /Cart ',
      ],
    );
  });
});
