import assert from 'node:assert/strict';
import { asBody, expectStatus } from '../httpClient.ts';
import type { Resource } from '../resource.ts';
import type { Check } from './check.ts';
import { addressOf, allPages, assertHolds, matching, pathOf } from './world.ts';

/** Making, reading, changing and removing one row. */
export function crud(resource: Resource): readonly Check[] {
  return [
    {
      title: 'answers a new row with 201, its address and what was sent',
      async run({ create, send }) {
        const { sent, row, address, answer } = await create(resource);
        assertHolds(row, sent);
        for (const name of resource.key) assert.ok(row[name] !== undefined, `the answer lacks ${name}`);
        const location = new URL(answer.headers.get('location') ?? '', 'http://host').pathname;
        assert.equal(location, address);
        const read = expectStatus(await send('GET', address), 200);
        assert.deepEqual(read.body, row);
        if (resource.isVersioned) {
          matching(resource, answer);
          assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
        }
      },
    },
    {
      title: 'has the row in its list',
      async run({ create, send }) {
        const { address } = await create(resource);
        const rows = await allPages(send, resource.path, 'limit=100');
        assert.ok(rows.some((row) => addressOf(resource, row) === address));
      },
    },
    {
      title: 'changes what is sent and nothing else',
      async run({ create, send }) {
        const { row, address, answer } = await create(resource);
        const headers = matching(resource, answer);
        const changed = expectStatus(await send('PATCH', address, { body: resource.change, headers }), 200);
        const after = asBody(changed.body);
        assertHolds(after, resource.change);
        // Keys, what was not sent, and creation times stay.
        for (const [property, value] of Object.entries(row)) {
          if (property in resource.change || property === 'updatedAt' || property === 'version') continue;
          assert.deepEqual(after[property], value, `${property} has changed`);
        }
        assert.deepEqual(expectStatus(await send('GET', address), 200).body, after);
      },
    },
    {
      title: 'leaves a row as it is where nothing is sent',
      async run({ create, send }) {
        const { sent, address, answer } = await create(resource);
        expectStatus(await send('PATCH', address, { body: {}, headers: matching(resource, answer) }), 200);
        assertHolds(asBody((await send('GET', address)).body), sent);
      },
    },
    {
      title: resource.isSoftDeleted ? 'hides a deleted row everywhere' : 'removes a row',
      async run({ create, send }) {
        const { address } = await create(resource);
        const removed = expectStatus(await send('DELETE', address), 204);
        assert.equal(removed.body, null);
        expectStatus(await send('GET', address), 404);
        expectStatus(await send('DELETE', address), 404);
        const headers = resource.isVersioned ? { 'if-match': '"1"' } : {};
        expectStatus(await send('PATCH', address, { body: resource.change, headers }), 404, 412);
        const rows = await allPages(send, resource.path, 'limit=100');
        assert.ok(rows.every((row) => addressOf(resource, row) !== address));
      },
    },
    {
      title: 'answers 404 to an unknown key and 400 to a malformed one',
      async run({ send }) {
        const headers = resource.isVersioned ? { 'if-match': '"1"' } : {};
        for (const method of ['GET', 'PATCH', 'DELETE']) {
          const options = method === 'PATCH' ? { body: resource.change, headers } : {};
          expectStatus(await send(method, pathOf(resource, resource.unknownKey), options), 404);
          expectStatus(await send(method, pathOf(resource, resource.malformedKey), options), 400);
        }
      },
    },
  ];
}
