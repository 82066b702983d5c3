import assert from 'node:assert/strict';
import { expectStatus } from '../httpClient.ts';
import type { Answer, Send } from '../httpClient.ts';
import type { Body, Json, Resource } from '../resource.ts';
import type { Check } from './check.ts';
import type { World } from './world.ts';
import { addressOf, allPages, keyText, pageOf } from './world.ts';

/** Paging, sorting, filtering, loading along, and what all of it costs. */
export function lists(resource: Resource): readonly Check[] {
  const { path } = resource;
  return [
    {
      title: 'pages as asked, 20 unless said otherwise, 100 at most',
      async run({ create, send }) {
        await several(resource, create, 3);
        assert.equal(pageOf(await send('GET', `${path}?limit=2`)).items.length, 2);
        assert.ok(pageOf(await send('GET', path)).items.length <= 20);
        for (const limit of ['0', '-1', '101', '1.5', 'ten', '', '1e1'])
          expectStatus(await send('GET', `${path}?limit=${limit}`), 400);
      },
    },
    {
      title: 'refuses what it does not know, and what is given twice',
      async run({ send }) {
        for (const query of [
          'surprise=1',
          'sort=surprise',
          'sort=-',
          'sort[a]=b',
          'include=surprise',
          'limit=1&limit=2',
          'cursor=nonsense',
          `cursor=${Buffer.from('{"id":{"$gt":""}}').toString('base64url')}`,
          `cursor=${Buffer.from('[null]').toString('base64url')}`,
          'page=0',
          'page=x',
          'page=1&cursor=abc',
        ])
          expectStatus(await send('GET', `${path}?${query}`), 400);
      },
    },
    ...['', ...resource.sorts.flatMap((sort) => [sort, `-${sort}`])].map((sort): Check => ({
      title: `walks through every row once while others come${sort === '' ? '' : `, sorted by ${sort}`}`,
      async run({ create, send }) {
        const before = (await several(resource, create, 12)).map(({ address }) => address);
        const query = `limit=5${sort === '' ? '' : `&sort=${encodeURIComponent(sort)}`}`;
        const rows = await allPages(send, path, query, async (page) => {
          if (page < 2) await create(resource);
        });
        const seen = rows.map((row) => addressOf(resource, row));
        assert.equal(new Set(seen).size, seen.length, 'a row comes twice');
        const missing = before.filter((address) => !seen.includes(address));
        assert.equal(missing.length, 0, `${missing.length} of ${before.length} rows are left out`);
        if (sort !== '') assertSorted(rows, sort);
      },
    })),
    {
      title: 'counts all rows where pages are numbered',
      async run({ create, send }) {
        await several(resource, create, 3);
        const first = pageOf(await send('GET', `${path}?page=1&limit=2`));
        const second = pageOf(await send('GET', `${path}?page=2&limit=2`));
        assert.equal(typeof first.total, 'number');
        assert.ok(Number(first.total) >= 3);
        const seen = [...first.items, ...second.items].map((row) => addressOf(resource, row));
        assert.equal(new Set(seen).size, seen.length, 'a row comes twice');
      },
    },
    ...(resource.typedFilter === null ? [] : [filters(resource, ...resource.typedFilter)]),
    ...(resource.include === null ? [] : [includes(resource, resource.include[0])]),
    {
      title: 'runs as many statements for 50 rows as for 5',
      async run({ create, send }) {
        await several(resource, create, 50 - pageOf(await send('GET', `${path}?limit=50`)).items.length);
        await assertBounded(send, path, '', 1);
        await assertBounded(send, path, '&page=1', 2);
        if (resource.include !== null) {
          const [relation, more] = resource.include;
          await assertBounded(send, path, `&include=${relation}`, 1 + more);
        }
      },
    },
  ];
}

async function several(resource: Resource, create: World['create'], count: number) {
  const made = [];
  for (let done = 0; done < count; done++) made.push(await create(resource));
  return made;
}

async function assertBounded(send: Send, path: string, query: string, most: number): Promise<void> {
  const few = await send('GET', `${path}?limit=5${query}`);
  const many = await send('GET', `${path}?limit=50${query}`);
  assert.equal(pageOf(few).items.length, 5);
  assert.equal(pageOf(many).items.length, 50);
  const [a, b] = [statementsOf(few), statementsOf(many)];
  assert.equal(b, a, `${a} statements for 5 rows, ${b} for 50 (${path}?${query})`);
  assert.ok(b >= 1, 'no statement was counted: the counter does not work');
  assert.ok(b <= most, `${b} statements, though ${most} would do (${path}?${query})`);
}

function statementsOf({ statements }: Answer): number {
  return statements ?? assert.fail('the answer does not tell how many statements it took');
}

function filters(resource: Resource, property: string, value: string, malformed: string): Check {
  return {
    title: `filters by ${property}`,
    async run({ create, send }) {
      const { row, address } = await create(resource);
      const wanted = row[property] === undefined ? value : keyText(row[property]);
      const query = `limit=100&${property}=${encodeURIComponent(wanted)}`;
      const rows = await allPages(send, resource.path, query);
      assert.ok(rows.some((each) => addressOf(resource, each) === address));
      for (const each of rows) assert.equal(keyText(each[property]), wanted);
      expectStatus(await send('GET', `${resource.path}?${property}=${encodeURIComponent(malformed)}`), 400);
      expectStatus(await send('GET', `${resource.path}?${property}[x]=1`), 400);
    },
  };
}

function includes(resource: Resource, relation: string): Check {
  return {
    title: `loads ${relation} along`,
    async run({ create, send }) {
      const { address } = await create(resource);
      const rows = await allPages(send, resource.path, `limit=100&include=${relation}`);
      const row = rows.find((each) => addressOf(resource, each) === address);
      assert.ok(row?.[relation] !== undefined, `${relation} is not there`);
      const plain = await allPages(send, resource.path, 'limit=100');
      assert.ok(plain.every((each) => typeof each[relation] !== 'object' || each[relation] === null));
    },
  };
}

function assertSorted(rows: readonly Body[], sort: string): void {
  const property = sort.replace(/^-/u, '');
  for (const [index, row] of rows.slice(1).entries()) {
    const order = compare(rows[index]?.[property], row[property]) * (sort.startsWith('-') ? -1 : 1);
    assert.ok(order <= 0, `${JSON.stringify(rows[index]?.[property])} comes before ${JSON.stringify(row[property])}`);
  }
}

/** Sample texts are plain ASCII of one case and length, so that every collation agrees. */
function compare(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [keyText(a), keyText(b)];
  if (/^-?\d+(?:\.\d+)?$/u.test(left) && /^-?\d+(?:\.\d+)?$/u.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : 0;
}
