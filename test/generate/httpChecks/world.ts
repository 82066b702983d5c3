/** Rows for the checks: every call makes new ones, so that no check depends on another. */
import assert from 'node:assert/strict';
import { asBody, asRows, expectStatus, httpClient } from '../httpClient.ts';
import type { Answer, Send } from '../httpClient.ts';
import type { HttpTarget } from '../httpSuite.ts';
import type { Body, Json, Parent, Resource } from '../resource.ts';

/** Puts the n-th row into the database by other means and yields what an answer would hold of it. */
export type Seed = (n: number) => Promise<Body>;

export interface World {
  readonly send: Send;
  readonly tokens: HttpTarget['tokens'];
  /** A valid body that was not used yet, with its parents made. */
  readonly body: (resource: Resource) => Promise<Body>;
  /** Makes a row and yields the answer. */
  readonly create: (resource: Resource) => Promise<Created>;
  readonly resource: (name: string) => Resource;
}

export interface Created {
  readonly sent: Body;
  readonly row: Body;
  readonly address: string;
  readonly answer: Answer;
}

export function createWorld({ baseUrl, resources, tokens, seeds }: HttpTarget): World {
  const send = httpClient(baseUrl, tokens.full);
  const parents = new Map<string, Promise<Body>>();
  let used = 0;

  const parent: Parent = (name, n = 0) => {
    const key = `${name} ${n}`;
    const made = parents.get(key) ?? make(name);
    parents.set(key, made);
    return made;
  };
  async function make(name: string): Promise<Body> {
    const seed = seeds[name];
    return seed === undefined ? (await create(find(name))).row : seed(++used);
  }
  function find(name: string): Resource {
    const found = resources.find((each) => each.name === name);
    return found ?? assert.fail(`There is neither a resource nor a seed ${name}.`);
  }
  async function body(resource: Resource): Promise<Body> {
    return resource.body(++used, parent);
  }
  async function create(resource: Resource): Promise<Created> {
    const sent = await body(resource);
    const answer = expectStatus(await send('POST', resource.path, { body: sent }), 201);
    const row = asBody(answer.body);
    return { sent, row, address: addressOf(resource, row), answer };
  }
  return { send, tokens, body, create, resource: find };
}

export function addressOf({ path, key }: Resource, row: Body): string {
  return `${path}/${key.map((property) => encodeURIComponent(keyText(row[property]))).join('/')}`;
}

/** Of a part of a key. */
export function keyText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

export function pathOf({ path }: Resource, key: string): string {
  return `${path}/${key}`;
}

/** `If-Match` of a row as it is now, where its resource wants one. */
export function matching({ isVersioned }: Resource, { headers }: Answer): Readonly<Record<string, string>> {
  const tag = headers.get('etag');
  if (!isVersioned) return {};
  assert.ok(tag !== null && /^"[^"]+"$/u.test(tag), `a strong ETag was expected, not ${String(tag)}`);
  return { 'if-match': tag };
}

/** Items of one page, with the cursor of the next. */
export function pageOf(answer: Answer): {
  readonly items: readonly Body[];
  readonly next: string | null;
  readonly total: Json;
} {
  expectStatus(answer, 200);
  const page = asBody(answer.body);
  const next = page.nextCursor ?? null;
  assert.ok(next === null || typeof next === 'string', `nextCursor is ${JSON.stringify(next)}`);
  return { items: asRows(page.items), next, total: page.total ?? null };
}

/** Follows the cursors to the end, or to a bound that no honest list reaches. */
export async function allPages(
  send: Send,
  path: string,
  query: string,
  between: (page: number) => Promise<void> = () => Promise.resolve(),
): Promise<readonly Body[]> {
  const rows: Body[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 500; page++) {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { items, next } = pageOf(await send('GET', `${path}?${query}${after}`));
    rows.push(...items);
    if (next === null) return rows;
    assert.notEqual(next, cursor, 'the cursor does not move');
    cursor = next;
    await between(page);
  }
  return assert.fail('the list does not end');
}

/** Whether an answer holds what was sent: decimals by value, times by instant, the rest as it is. */
export function assertHolds(row: Body, sent: Body): void {
  for (const [property, value] of Object.entries(sent))
    assert.ok(
      isSame(row[property], value),
      `${property} is ${JSON.stringify(row[property])}, though ${JSON.stringify(value)} was sent`,
    );
}

function isSame(got: Json | undefined, sent: Json): boolean {
  if (typeof sent === 'string' && typeof got === 'string') {
    if (sent === got) return true;
    if (/^-?\d+(?:\.\d+)?$/u.test(sent) && /^-?\d+(?:\.\d+)?$/u.test(got)) return Number(sent) === Number(got);
    return /^\d{4}-\d\d-\d\dT/u.test(sent) && Date.parse(sent) === Date.parse(got);
  }
  if (typeof sent !== 'object' || sent === null) return got === sent;
  if (typeof got !== 'object' || got === null || Array.isArray(sent) !== Array.isArray(got)) return false;
  if (Array.isArray(sent) && sent.length !== (got as readonly Json[]).length) return false;
  return Object.entries(sent).every(([key, value]) => isSame((got as Body)[key], value as Json));
}
