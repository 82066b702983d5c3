import assert from 'node:assert/strict';
import { dapperReader } from '../../../../src/core/readers/dapper/reader.ts';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadCSharp } from '../efcore/read.ts';

const service = `using Dapper;
using Dapper.Contrib.Extensions;
[Table("orders")] public class Order { [Key] public int Id { get; set; } public string Number { get; set; } [Computed] public string Label { get; set; } }
public class Orders {
  private const string ByNumber = "SELECT * FROM orders WHERE Number = @number";
  private readonly IDbConnection _connection;
  public async Task Run(string number, List<int> ids, string sort) {
    var one = await _connection.QueryFirstOrDefaultAsync<Order>(ByNumber, new { number });
    var sql = $"SELECT o.Id FROM orders o JOIN customers c ON c.Id = o.CustomerId WHERE c.Email = '{number}' ORDER BY {sort}";
    var many = await _connection.QueryAsync<Order>(sql);
    foreach (var id in ids) await _connection.ExecuteAsync(new CommandDefinition("UPDATE [dbo].[invoices] SET Paid = 1 WHERE OrderId = @id", new { id }));
    using var tx = _connection.BeginTransaction();
    await _connection.InsertAsync(new Order());
    var all = _connection.GetAll<Order>();
    var count = _connection.ExecuteScalar<int>("SELECT COUNT(*) FROM orders");
  }
}`;

describe('Dapper reader', function () {
  this.timeout(1_800_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  function read(text: string): LinkResult {
    return readTexts(dapperReader, new Map([['Orders.cs', text]]), syntax).link();
  }

  it('reads SQL from literals, constants, variables and command definitions', () => {
    const queries = read(service).files.flatMap((file) => file.queries);
    assert.deepEqual(
      queries.map(({ operation, api, table, rows }) => [operation, api, table, rows]),
      [
        ['select', 'QueryFirstOrDefaultAsync', 'orders', 'one'],
        ['select', 'QueryAsync', 'orders', 'many'],
        ['update', 'ExecuteAsync', 'invoices', 'none'],
        ['insert', 'InsertAsync', null, 'none'],
        ['select', 'GetAll', 'orders', 'many'],
        ['count', 'ExecuteScalar', 'orders', 'one'],
      ],
    );
    assert.deepEqual(queries[0]?.filters[0]?.target, { table: 'orders', namespace: null, columns: ['Number'] });
    assert.deepEqual(
      queries[1]?.sql?.interpolations.map(({ text, position }) => [text, position]),
      [
        ['number', 'value'],
        ['sort', 'identifier'],
      ],
    );
    assert.deepEqual(
      queries[1].joins.map(({ path }) => path),
      ['customers'],
    );
    assert.equal(queries[2]?.namespace, 'dbo');
    assert.deepEqual(queries[2].filters[0]?.target, { table: 'invoices', namespace: 'dbo', columns: ['OrderId'] });
    assert.ok(queries[2].loop !== null);
  });

  it('maps the classes of Dapper.Contrib', () => {
    const [table] = read(service).tables;
    assert.deepEqual(
      [
        table?.name,
        table?.primaryKey,
        table?.managed,
        table?.columns.map(({ name, insertable }) => [name, insertable]),
      ],
      [
        'orders',
        ['Id'],
        false,
        [
          ['Id', true],
          ['Number', true],
          ['Label', false],
        ],
      ],
    );
    assert.equal(table?.columns[0]?.generated?.kind, 'identity');
  });

  it('leaves alone what only looks like it', () => {
    assert.equal(
      dapperReader.detect('a.cs', 'public class A { void M() { _mediator.Query("x"); command.Execute(1); } }'),
      false,
    );
    assert.deepEqual(
      read(
        'using Dapper; class A { void M() { search.Query("plain words"); runner.Execute("start"); } }',
      ).files.flatMap((file) => file.queries),
      [],
    );
  });

  it('reads cuts and seeded mutations', () => {
    const random = seeded(3);
    let found = 0;
    const count = (text: string): void => {
      const { tables, files } = read(text);
      found += tables.length + files.flatMap((file) => file.queries).length;
    };
    for (const cut of cutsOf(service)) count(cut);
    for (let times = 0; times < mutationCount; times++) count(mutated(service, random, 1 + random.below(4)));
    assert.ok(found > mutationCount, `${found} found`);
    console.log(`      ${[...cutsOf(service)].length} cuts, ${mutationCount} mutations`);
  });
});
