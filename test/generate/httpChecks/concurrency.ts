import assert from 'node:assert/strict';
import { asBody, expectStatus } from '../httpClient.ts';
import type { Resource } from '../resource.ts';
import type { Check } from './check.ts';
import { assertHolds, matching } from './world.ts';

/** Two at once. */
export function concurrency(resource: Resource): readonly Check[] {
  return [
    ...(resource.isVersioned ? [wantsVersion(resource), oneWins(resource)] : []),
    ...(!resource.isVersioned && resource.otherChange !== null ? [keepsBoth(resource, resource.otherChange)] : []),
    ...(resource.unique.length > 0 ? [oneIsFirst(resource)] : []),
    {
      title: 'deletes a row once where two ask for it',
      async run({ create, send }) {
        const { address } = await create(resource);
        const answers = await Promise.all([send('DELETE', address), send('DELETE', address)]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 404]);
      },
    },
  ];
}

function wantsVersion(resource: Resource): Check {
  return {
    title: 'wants If-Match (428) and refuses a stale one (412)',
    async run({ create, send }) {
      const { address, answer } = await create(resource);
      expectStatus(await send('PATCH', address, { body: resource.change }), 428);
      const headers = matching(resource, answer);
      const changed = expectStatus(await send('PATCH', address, { body: resource.change, headers }), 200);
      assert.notEqual(changed.headers.get('etag'), answer.headers.get('etag'), 'the ETag stays the same');
      expectStatus(await send('PATCH', address, { body: resource.change, headers }), 412);
      for (const tag of ['"0"', '"999999"', 'nonsense', '"1 OR 1=1"'])
        expectStatus(await send('PATCH', address, { body: resource.change, headers: { 'if-match': tag } }), 400, 412);
      expectStatus(await send('DELETE', address, { headers }), 412);
      expectStatus(await send('DELETE', address, { headers: matching(resource, changed) }), 204);
    },
  };
}

function oneWins(resource: Resource): Check {
  return {
    title: 'lets exactly one of several concurrent changes win',
    async run({ create, send }) {
      for (let round = 0; round < 3; round++) {
        const { address, answer } = await create(resource);
        const headers = matching(resource, answer);
        const change = () => send('PATCH', address, { body: resource.change, headers });
        const answers = await Promise.all([change(), change(), change(), change()]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
      }
    },
  };
}

function keepsBoth(resource: Resource, other: NonNullable<Resource['otherChange']>): Check {
  return {
    title: 'keeps two concurrent changes of different properties',
    async run({ create, send }) {
      for (let round = 0; round < 3; round++) {
        const { address } = await create(resource);
        const answers = await Promise.all([
          send('PATCH', address, { body: resource.change }),
          send('PATCH', address, { body: other }),
        ]);
        for (const answer of answers) expectStatus(answer, 200);
        assertHolds(asBody((await send('GET', address)).body), { ...resource.change, ...other });
      }
    },
  };
}

function oneIsFirst(resource: Resource): Check {
  return {
    title: 'takes exactly one of several concurrent rows with the same unique key',
    async run({ body, send }) {
      const sent = await body(resource);
      const create = () => send('POST', resource.path, { body: sent });
      const answers = await Promise.all([create(), create(), create()]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
    },
  };
}
