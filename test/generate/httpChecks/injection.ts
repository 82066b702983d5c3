import assert from 'node:assert/strict';
import { asBody, expectStatus } from '../httpClient.ts';
import type { Resource } from '../resource.ts';
import type { Check } from './check.ts';
import { addressOf, allPages, keyText, matching, pageOf } from './world.ts';

/** Texts that break out of carelessly built SQL, JSON, HTML or logs. All shorter than 100 characters. */
const texts = [
  `'; DROP TABLE users; --`,
  `' OR '1'='1`,
  `" OR ""="`,
  `\\'; SELECT pg_sleep(5); --`,
  `$1 :name @p0 ? %s {0} \${7*7} {{7*7}}`,
  `100% _of_ it\\`,
  `<script>alert(1)</script> & "quotes"`,
  `line\nbreak\ttab\r\nend`,
  `null`,
  `  spaces around  `,
  `Ünïcödé 漢字 😀 \u202e`,
];

/** Short enough for every column that is filtered by. */
const shortTexts = [`' OR 1=1--`, `';--`, `"`, `\\'`, `%`, `_`, `$1`, `:x`, `?`, `NULL`, `a'||'b`];

export function injection(resource: Resource): readonly Check[] {
  const { text, textFilter, path } = resource;
  return [
    ...(text === null ? [] : [storesVerbatim(resource, text)]),
    ...(text === null ? [] : [survivesNul(resource, text)]),
    ...(textFilter === null
      ? []
      : [
          {
            title: `finds nothing where ${textFilter} is an injection`,
            async run({ create, send }) {
              const { row } = await create(resource);
              for (const value of [...shortTexts, ...texts]) {
                const answer = await send('GET', `${path}?${textFilter}=${encodeURIComponent(value)}`);
                // What is longer than the column can be refused; all else is a value like any other.
                if (answer.status === 400 && value.length > 10) continue;
                const { items } = pageOf(answer);
                assert.equal(items.length, 0, `${value} has found ${items.length} rows`);
              }
              const wanted = encodeURIComponent(keyText(row[textFilter]));
              assert.equal(pageOf(await send('GET', `${path}?${textFilter}=${wanted}`)).items.length, 1);
              expectStatus(await send('GET', `${path}?${textFilter}=%00`), 200, 400);
            },
          } satisfies Check,
        ]),
    {
      title: 'takes no injection as a key, a sort order or a relation',
      async run({ create, send }) {
        const { address } = await create(resource);
        for (const value of texts.slice(0, 6)) {
          const encoded = encodeURIComponent(value);
          expectStatus(await send('GET', `${path}/${resource.key.map(() => encoded).join('/')}`), 400, 404);
          expectStatus(await send('GET', `${path}?sort=${encoded}`), 400);
          expectStatus(await send('GET', `${path}?include=${encoded}`), 400);
          expectStatus(await send('GET', `${path}?cursor=${encoded}`), 400);
        }
        expectStatus(await send('GET', address), 200);
      },
    },
    {
      title: 'is not fooled by names of JavaScript itself',
      async run({ body, send }) {
        for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
          const sent = JSON.stringify(await body(resource));
          const text = `${sent.slice(0, -1)},${JSON.stringify(name)}:{"isAdmin":true}}`;
          // Readers of JSON and validators may drop them; nothing may come of them.
          const answer = expectStatus(await send('POST', path, { text }), 201, 400);
          assert.ok(!JSON.stringify(answer.body).includes('isAdmin'), `${name} was taken`);
        }
        for (const name of ['__proto__', 'constructor', 'toString'])
          expectStatus(await send('GET', `${path}?sort=${name}`), 400);
      },
    },
  ];
}

function storesVerbatim(resource: Resource, property: string): Check {
  return {
    title: `stores and answers ${property} as it was sent`,
    async run({ body, send }) {
      for (const value of texts) {
        const sent = { ...(await body(resource)), [property]: value };
        const row = asBody(expectStatus(await send('POST', resource.path, { body: sent }), 201).body);
        assert.equal(row[property], value);
        const address = addressOf(resource, row);
        const read = expectStatus(await send('GET', address), 200);
        assert.equal(asBody(read.body)[property], value);
        const headers = matching(resource, read);
        const changed = await send('PATCH', address, { body: { [property]: `${value}.` }, headers });
        assert.equal(asBody(expectStatus(changed, 200).body)[property], `${value}.`);
      }
      assert.ok((await allPages(send, resource.path, 'limit=100')).length >= texts.length);
    },
  };
}

/** PostgreSQL cannot store it: then it is the caller's mistake. */
function survivesNul(resource: Resource, property: string): Check {
  return {
    title: `stores NUL in ${property}, or refuses it`,
    async run({ body, send }) {
      const sent = { ...(await body(resource)), [property]: 'a\u0000b' };
      const answer = expectStatus(await send('POST', resource.path, { body: sent }), 201, 400);
      if (answer.status === 201) assert.equal(asBody(answer.body)[property], 'a\u0000b');
    },
  };
}
