/** Queries of a service with the usual fields, for tests of what is read of them. */
import assert from 'node:assert/strict';
import { readFacts } from '../../../../src/core/readers/shared/typescript/facts.ts';
import { readQueries } from '../../../../src/core/readers/typeorm/queries.ts';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import { openSource } from '../../../support/openSource.ts';

export async function factsOf(text: string): Promise<FileFacts> {
  const file = await openSource('src/orders/orders.service.ts', text);
  return readQueries(file, readFacts(file));
}

/** Queries of a service with the usual fields. */
export async function queriesOf(body: string): Promise<readonly Query[]> {
  const facts = await factsOf(`
    import { DataSource, In, Repository } from 'typeorm';
    export class OrdersService {
      constructor(
        @InjectRepository(Order) private readonly orders: Repository<Order>,
        private readonly dataSource: DataSource,
        @InjectEntityManager() private manager: EntityManager,
      ) {}
      async run(id: string, ids: string[], input: OrderInput) { ${body} }
    }`);
  return facts.queries;
}

export async function one(body: string): Promise<Query> {
  const queries = await queriesOf(body);
  assert.equal(queries.length, 1, `one query in: ${body}, found ${queries.map(({ api }) => api).join(', ')}`);
  return queries[0]!;
}

/** `path comparison`, with `|n` for the group, `~` for wrapped and `!` for constant values. */
export const filters = (query: Query): string[] =>
  query.filters.map(
    ({ path, comparison, orGroup, wrapped, constant }) =>
      `${path} ${comparison}${orGroup === 0 ? '' : `|${orGroup}`}${wrapped ? '~' : ''}${constant ? '!' : ''}`,
  );
export const paths = (uses: readonly { readonly path: string }[]): string[] => uses.map(({ path }) => path);
