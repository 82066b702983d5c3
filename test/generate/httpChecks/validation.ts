import assert from 'node:assert/strict';
import { asBody, expectStatus } from '../httpClient.ts';
import type { Answer } from '../httpClient.ts';
import type { Json, Resource } from '../resource.ts';
import type { Check } from './check.ts';
import { matching } from './world.ts';

/** What must not get in, and what the database refuses. */
export function validation(resource: Resource): readonly Check[] {
  return [
    ...resource.invalid.map(([property, value]): Check => ({
      title: `refuses ${property} = ${shown(value)}`,
      async run({ body, create, send }) {
        const sent = { ...(await body(resource)), [property]: value };
        assertNames(expectStatus(await send('POST', resource.path, { body: sent }), 400), property);
        const { address, answer } = await create(resource);
        const headers = matching(resource, answer);
        assertNames(
          expectStatus(await send('PATCH', address, { body: { [property]: value }, headers }), 400),
          property,
        );
      },
    })),
    ...resource.required.map((property): Check => ({
      title: `wants ${property}`,
      async run({ body, create, send }) {
        const rest = Object.fromEntries(Object.entries(await body(resource)).filter(([name]) => name !== property));
        assertNames(expectStatus(await send('POST', resource.path, { body: rest }), 400), property);
        const sent = { ...(await body(resource)), [property]: null };
        assertNames(expectStatus(await send('POST', resource.path, { body: sent }), 400), property);
        // Parts of the key cannot be changed at all.
        if (resource.key.includes(property)) return;
        const { address, answer } = await create(resource);
        const change = { body: { [property]: null }, headers: matching(resource, answer) };
        assertNames(expectStatus(await send('PATCH', address, change), 400), property);
      },
    })),
    ...[...resource.forbidden, ['surprise', 1] as const].map(([property, value]): Check => ({
      title: `takes no ${property}`,
      async run({ body, create, send }) {
        const sent = { ...(await body(resource)), [property]: value };
        expectStatus(await send('POST', resource.path, { body: sent }), 400);
        const { address, answer } = await create(resource);
        const headers = matching(resource, answer);
        expectStatus(await send('PATCH', address, { body: { [property]: value }, headers }), 400);
      },
    })),
    ...resource.checked.map(([property, value]): Check => ({
      title: `refuses ${property} = ${shown(value)}, as the database does`,
      async run({ body, create, send }) {
        const sent = { ...(await body(resource)), [property]: value };
        expectStatus(await send('POST', resource.path, { body: sent }), 400, 409, 422);
        const { address, answer } = await create(resource);
        const headers = matching(resource, answer);
        expectStatus(await send('PATCH', address, { body: { [property]: value }, headers }), 400, 409, 422);
      },
    })),
    {
      title: 'takes no change of the key',
      async run({ create, send }) {
        const { row, address, answer } = await create(resource);
        const key = resource.key[0] ?? 'id';
        const change = { body: { [key]: row[key] ?? null }, headers: matching(resource, answer) };
        expectStatus(await send('PATCH', address, change), 400);
      },
    },
    {
      title: 'refuses bodies that are no object, and broken JSON',
      async run({ send }) {
        for (const text of ['[]', '[1]', 'null', '"text"', '7', '{"a":', ''])
          expectStatus(await send('POST', resource.path, { text }), 400);
      },
    },
    ...(resource.unique.length === 0 ? [] : [conflict(resource)]),
    ...(resource.reference === null ? [] : [unknownReference(resource, ...resource.reference)]),
    ...(resource.heldBy === null ? [] : [stillReferenced(resource, resource.heldBy)]),
  ];
}

function conflict(resource: Resource): Check {
  return {
    title: `refuses a second row with the same ${resource.unique.join(' and ')}`,
    async run({ body, create, send }) {
      const { row, sent } = await create(resource);
      const taken = Object.fromEntries(resource.unique.map((name) => [name, sent[name] ?? row[name] ?? null]));
      const second = { ...(await body(resource)), ...taken };
      const answer = expectStatus(await send('POST', resource.path, { body: second }), 409);
      for (const name of resource.unique) assert.ok(JSON.stringify(answer.body).includes(name), `${name} is not named`);
      if (resource.unique.some((name) => resource.key.includes(name))) return;
      const other = await create(resource);
      const headers = matching(resource, other.answer);
      expectStatus(await send('PATCH', other.address, { body: taken, headers }), 409);
    },
  };
}

function unknownReference(resource: Resource, property: string, missing: Json): Check {
  return {
    title: `refuses ${property} that points nowhere`,
    async run({ body, send }) {
      const sent = { ...(await body(resource)), [property]: missing };
      expectStatus(await send('POST', resource.path, { body: sent }), 409);
    },
  };
}

function stillReferenced(resource: Resource, { resource: child, property }: NonNullable<Resource['heldBy']>): Check {
  return {
    title: `keeps a row that ${child} still points to`,
    async run({ body, create, resource: find, send }) {
      const { row, address } = await create(resource);
      const holder = find(child);
      const sent = { ...(await body(holder)), [property]: row[resource.key[0] ?? 'id'] ?? null };
      expectStatus(await send('POST', holder.path, { body: sent }), 201);
      expectStatus(await send('DELETE', address), 409);
      expectStatus(await send('GET', address), 200);
    },
  };
}

/** `errors` of the problem document names the property, or a part of it. */
function assertNames({ body }: Answer, property: string): void {
  const { errors } = asBody(body);
  assert.ok(
    Array.isArray(errors) &&
      (errors as readonly Json[]).some((each) => {
        const { field, message } = asBody(each);
        return typeof message === 'string' && typeof field === 'string' && field.split('.')[0] === property;
      }),
    `errors does not name ${property}: ${JSON.stringify(body)}`,
  );
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
