import assert from 'node:assert/strict';
import { expectStatus } from '../httpClient.ts';
import type { Json, Resource } from '../resource.ts';
import type { Check } from './check.ts';
import { allPages, matching } from './world.ts';

/** Who may come in. */
export function access(resource: Resource): readonly Check[] {
  const tried = (address: string) =>
    [
      ['GET', resource.path],
      ['GET', address],
      ['POST', resource.path],
      ['PATCH', address],
      ['DELETE', address],
    ] as const;
  return [
    {
      title: 'answers 401 without a valid token, whatever is asked',
      async run({ create, send }) {
        const { address, row } = await create(resource);
        for (const token of [null, 'nonsense', 'a.b.c', ''])
          for (const [method, path] of tried(address)) {
            const body = method === 'POST' || method === 'PATCH' ? { body: {} } : {};
            expectStatus(await send(method, path, { ...body, token }), 401);
          }
        assert.deepEqual((await send('GET', address)).body, row);
      },
    },
    {
      title: 'answers 403 to someone without the role, and changes nothing',
      async run({ body, create, send, tokens }) {
        const { address, row, answer } = await create(resource);
        const token = tokens.none;
        const headers = matching(resource, answer);
        expectStatus(await send('POST', resource.path, { body: await body(resource), token }), 403);
        expectStatus(await send('PATCH', address, { body: resource.change, headers, token }), 403);
        expectStatus(await send('DELETE', address, { token }), 403);
        assert.deepEqual((await send('GET', address)).body, row);
      },
    },
  ];
}

/** What answers look like. */
export function shape(resource: Resource): readonly Check[] {
  if (resource.hidden.length === 0) return [];
  return [
    {
      title: `never shows ${resource.hidden.join(', ')}`,
      async run({ create, send }) {
        const { row, address, answer } = await create(resource);
        const headers = matching(resource, answer);
        const changed = await send('PATCH', address, { body: resource.change, headers });
        const include = resource.include === null ? '' : `&include=${resource.include[0]}`;
        const listed = await allPages(send, resource.path, `limit=100${include}`);
        for (const value of [row, (await send('GET', address)).body, changed.body, ...listed])
          for (const name of resource.hidden) assert.ok(!namesIn(value).has(name), `${name} is shown`);
      },
    },
  ];
}

function namesIn(value: Json): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(value, (name, each: Json) => {
    names.add(name);
    return each;
  });
  return names;
}
