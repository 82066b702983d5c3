import assert from 'node:assert/strict';
import { adviseIndexes } from '../../../../src/core/lint/advisor/advise.ts';
import { blocksOf, unservedDemands } from '../../../../src/core/lint/advisor/demands.ts';
import { fewestGroups, merge, serves } from '../../../../src/core/lint/advisor/prefixes.ts';
import type { Blocks } from '../../../../src/core/lint/advisor/prefixes.ts';
import { proposeIndexes } from '../../../../src/core/lint/advisor/propose.ts';
import { accessPaths, obstacleTo } from '../../../../src/core/dialects/indexCoverage.ts';
import { lookupsOf } from '../../../../src/core/lint/lookups.ts';
import type { Lookup } from '../../../../src/core/lint/lookups.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { seeded } from '../../../support/random.ts';
import type { Random } from '../../../support/random.ts';
import { aColumn, aForeignKey, anIndex, aTable, aUnique } from '../../../support/tables.ts';

const names = ['a', 'b', 'c', 'd'] as const;

function some(random: Random, most: number): string[] {
  const rest: string[] = [...names];
  return Array.from({ length: random.below(most + 1) }, () => rest.splice(random.below(rest.length), 1)[0] ?? 'a');
}

function randomBlocks(random: Random): Blocks {
  const [equal, then] = [some(random, 3), some(random, 2)];
  const blocks = blocksOf({ equal, then: then.filter((name) => !equal.includes(name)) });
  return blocks.length === 0 ? [['a']] : blocks;
}

/** Every order of columns that the blocks allow. */
function orders([first, ...rest]: Blocks): string[][] {
  if (!first) return [[]];
  return permutations(first).flatMap((start) => orders(rest).map((end) => [...start, ...end]));
}

function permutations(columns: readonly string[]): string[][] {
  if (columns.length === 0) return [[]];
  return columns.flatMap((first) =>
    permutations(columns.filter((column) => column !== first)).map((rest) => [first, ...rest]),
  );
}

describe('prefixes of indexes', () => {
  it('merge into blocks of which every order serves both, and only where there is such an order', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed);
      const [one, other] = [randomBlocks(random), randomBlocks(random)];
      const merged = merge(one, other);
      if (merged)
        for (const columns of orders(merged))
          assert.ok(serves(columns, one) && serves(columns, other), `seed ${seed}: ${columns.join()}`);
      else
        for (const columns of permutations(names))
          assert.ok(!serves(columns, one) || !serves(columns, other), `seed ${seed}: ${columns.join()}`);
    }
  });

  it('are put into as few groups as there can be', () => {
    // Longest first would take three: (a b) with (a), (a c), and (b) alone.
    const groups = fewestGroups([[['a']], [['b']], [['a', 'b']], [['a', 'c']]]);
    assert.equal(groups.length, 2);
    assert.deepEqual(groups.flat().sort(), [0, 1, 2, 3]);
  });

  it('keep a range behind what is compared by equality', () => {
    assert.deepEqual(merge([['a', 'b'], ['c']], [['b']]), [['b'], ['a'], ['c']]);
    assert.equal(merge([['a'], ['c']], [['a', 'b']]), null);
    assert.deepEqual(merge([['a'], ['c']], [['a', 'c']]), [['a'], ['c']]);
  });
});

describe('proposals', () => {
  const query = { ...({} as Lookup['query']), sorts: [], limit: null };

  function aLookup(table: Table, columns: readonly string[], then: readonly string[], line: number): Lookup {
    const at = { file: 'service.ts', line, column: 1, endLine: line, endColumn: 2 };
    const sorts = then.map((path) => ({ path, at, direction: 'asc' as const }));
    return {
      query: { ...query, sorts },
      table,
      columns,
      then,
      via: columns.length > 0 ? 'filter' : 'sort',
      path: columns[0] ?? then[0] ?? '',
      api: 'find',
      function: 'run',
      at,
    };
  }

  function randomTable(random: Random): Table {
    const columns = names.map((name) => aColumn(name, random.chance(0.15) ? { type: 'boolean' } : {}));
    const foreignKeys = names
      .filter(() => random.chance(0.25))
      .slice(0, 2)
      .map((name) => aForeignKey([name], 'others'));
    const key = (): string[] => {
      const found = some(random, 3);
      return found.length === 0 ? ['a'] : found;
    };
    return aTable('t', {
      columns: [aColumn('id'), ...columns],
      foreignKeys,
      uniques: random.chance(0.3) ? [aUnique(key())] : [],
      indexes: Array.from({ length: random.below(3) }, () =>
        anIndex(key(), { where: random.chance(0.2) ? 'a > 0' : null, unique: random.chance(0.2) }),
      ),
    });
  }

  /** By an index on the columns: in full, or at least by its first column. */
  const helps = (columns: readonly string[], { columns: equal, then }: Lookup): boolean =>
    equal.includes(columns[0] ?? '') || serves(columns, blocksOf({ equal: [], then }));

  it('serve whatever nothing serves, and repeat nothing that is there', () => {
    let proposed = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed);
      const table = randomTable(random);
      const lookups = Array.from({ length: random.below(6) }, (_, line) => {
        const columns = some(random, 3);
        const then = some(random, 2).filter((name) => !columns.includes(name));
        return aLookup(table, columns, then, line + 1);
      });
      const demands = unservedDemands(table, lookups, 'postgresql');
      const proposals = proposeIndexes(table, lookups, 'postgresql');
      proposed += proposals.length;
      // No more indexes than demands, and each asked for by a query or a key.
      assert.ok(proposals.length <= demands.length, `seed ${seed}`);
      for (const { columns, serves: queries, foreignKeys } of proposals) {
        assert.ok(queries.length + foreignKeys.length > 0, `seed ${seed}`);
        assert.equal(new Set(columns).size, columns.length, `seed ${seed}`);
        for (const { lookup, fully } of queries)
          assert.ok(fully || lookup.columns.includes(columns[0] ?? ''), `seed ${seed}: ${columns.join()}`);
        for (const path of accessPaths(table)) {
          const covered = columns.every((column, at) => path.columns[at] === column);
          assert.ok(
            !covered || obstacleTo(path, columns, 'postgresql') !== null,
            `seed ${seed}: ${columns.join()} is there`,
          );
        }
      }
      for (const { foreignKey, lookups: asking } of demands) {
        if (foreignKey !== null)
          assert.ok(
            proposals.some(({ columns }) => serves(columns, [foreignKey.columns])),
            `seed ${seed}: the key ${foreignKey.columns.join()} stays without`,
          );
        for (const lookup of asking)
          assert.ok(
            proposals.some(
              ({ columns, serves: queries }) =>
                queries.some((each) => each.lookup.query === lookup.query) && helps(columns, lookup),
            ),
            `seed ${seed}: (${lookup.columns.join()}) then (${lookup.then.join()}) stays without`,
          );
      }
      // Once they are there, nothing is left to ask for.
      const mended = { ...table, indexes: [...table.indexes, ...proposals.map(({ columns }) => anIndex(columns))] };
      const left = proposeIndexes(mended, lookups, 'postgresql').filter(({ forOrderOnly }) => !forOrderOnly);
      assert.deepEqual(
        left.map(({ columns }) => columns),
        [],
        `seed ${seed}`,
      );
    }
    assert.ok(proposed > 300, `${proposed} proposals`);
  });

  it('propose nothing that a unique key finds, and nothing for what is only true or false', () => {
    const table = aTable('t', {
      columns: [aColumn('id'), aColumn('a'), aColumn('b'), aColumn('done', { type: 'boolean' })],
      uniques: [aUnique(['a', 'b'])],
    });
    const lookups = [
      aLookup(table, ['id', 'b'], [], 1),
      aLookup(table, ['b', 'a'], ['id'], 2),
      aLookup(table, ['done'], [], 3),
    ];
    assert.deepEqual(proposeIndexes(table, lookups, 'postgresql'), []);
  });

  it('take what is compared by equality first, whatever the query names first', async () => {
    const { schema } = await analyzeFiles(shop('{ where: { placedAt: MoreThan(since), shop, status } }'), 'postgresql');
    const [advice] = adviseIndexes(schema, 'postgresql');
    const [proposal] = advice?.proposals ?? [];
    assert.deepEqual(proposal?.columns, ['shop', 'status', 'placedAt']);
    assert.equal(proposal.serves[0]?.fully, true);
  });

  it('end with the order where a few rows of it are wanted', async () => {
    const limited = "{ where: { shop }, order: { placedAt: 'DESC' }, take: 20 }";
    const { schema } = await analyzeFiles(shop(limited), 'postgresql');
    assert.deepEqual(adviseIndexes(schema, 'postgresql')[0]?.proposals[0]?.columns, ['shop', 'placedAt']);
    const whole = await analyzeFiles(shop("{ where: { shop }, order: { placedAt: 'DESC' } }"), 'postgresql');
    assert.deepEqual(adviseIndexes(whole.schema, 'postgresql')[0]?.proposals[0]?.columns, ['shop']);
  });

  it('say which index they make superfluous, and which no query uses', async () => {
    const limited = "{ where: { shop }, order: { placedAt: 'DESC' }, take: 20 }";
    const files = shop(limited, "@Index(['shop'])\n@Index(['colour'])\n");
    const { schema } = await analyzeFiles(files, 'postgresql');
    const [advice] = adviseIndexes(schema, 'postgresql');
    const [proposal] = advice?.proposals ?? [];
    assert.deepEqual(proposal?.columns, ['shop', 'placedAt']);
    assert.equal(proposal.forOrderOnly, true);
    assert.deepEqual(
      proposal.replaces.map(({ columns }) => columns),
      [['shop']],
    );
    assert.deepEqual(
      advice?.unused.map(({ columns }) => columns),
      [['colour']],
    );
  });

  it('count the queries of the application alone', async () => {
    const files = shop('{ where: { shop } }');
    const { schema } = await analyzeFiles(
      {
        'src/order.entity.ts': files['src/order.entity.ts'] ?? '',
        'src/orders.service.spec.ts': files['src/orders.service.ts'] ?? '',
      },
      'postgresql',
    );
    const [orders] = schema.tables;
    assert.deepEqual(orders && lookupsOf(orders, schema), []);
    assert.deepEqual(adviseIndexes(schema, 'postgresql'), []);
  });
});

function shop(options: string, indexes = ''): Record<string, string> {
  return {
    'src/order.entity.ts': `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

${indexes}@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  shop: string;

  @Column()
  status: string;

  @Column()
  colour: string;

  @Column()
  placedAt: Date;
}
`,
    'src/orders.service.ts': `import { MoreThan, Repository } from 'typeorm';
import { Order } from './order.entity';

export class OrdersService {
  constructor(private readonly orders: Repository<Order>) {}

  async open(shop: string, status: string, since: Date) {
    return this.orders.find(${options});
  }
}
`,
  };
}
