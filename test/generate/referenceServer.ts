/**
 * A REST interface as the contract wants it, in memory, with faults that can be switched on: the HTTP suite must pass over the right one
 * and catch every fault.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Body, Json, Resource } from './resource.ts';
import { resource } from './resource.ts';

export const faults = [
  'no authentication',
  'no roles',
  'leaks SQL',
  'plain errors',
  'takes unknown properties',
  'takes generated ids',
  'trims texts',
  'no length check',
  'fields not named',
  'null accepted',
  'offset cursors',
  'cursor without tie-breaker',
  'limit not bounded',
  'unknown parameters ignored',
  'sorts by anything',
  'filter ignored',
  'filter fails on quotes',
  'one query per row',
  'shows secrets',
  'stale changes win',
  'no If-Match needed',
  'lost updates',
  'duplicates accepted',
  'unknown references accepted',
  'deletes what is referenced',
  'hard delete answers 200',
  'deleted rows listed',
  'malformed keys are 404',
  'empty location',
  'numbers for decimals',
  'fails on NUL',
] as const;
export type Fault = (typeof faults)[number];

interface Row {
  readonly id: string;
  version?: number;
  [property: string]: Json | undefined;
}

const owners = resource({
  name: 'Owner',
  path: '/v1/owners',
  body: (n) => ({ name: `Owner ${String(n).padStart(6, '0')}` }),
  change: { name: 'Renamed' },
  required: ['name'],
  sorts: ['name'],
  text: 'name',
  heldBy: { resource: 'Item', property: 'ownerId' },
});

const items = resource({
  name: 'Item',
  path: '/v1/items',
  body: async (n, parent) => ({
    ownerId: (await parent('Owner')).id ?? null,
    code: `I-${String(n).padStart(6, '0')}`,
    name: `Item ${n}`,
    amount: '1.5',
    active: true,
  }),
  change: { name: 'Renamed' },
  otherChange: { amount: '2.25' },
  invalid: [
    ['name', 'x'.repeat(121)],
    ['name', 7],
    ['amount', 'ten'],
    ['active', 'yes'],
  ],
  required: ['ownerId', 'code', 'name'],
  forbidden: [
    ['id', 'x'],
    ['createdAt', '2026-01-01T00:00:00.000Z'],
  ],
  hidden: ['secret'],
  unique: ['code'],
  reference: ['ownerId', '00000000-0000-4000-8000-000000000000'],
  text: 'name',
  textFilter: 'code',
  typedFilter: ['active', 'true', 'maybe'],
  sorts: ['createdAt', 'code'],
  include: ['owner', 0],
});

const notes = resource({
  name: 'Note',
  path: '/v1/notes',
  body: (n) => ({ name: `Note ${n}` }),
  change: { name: 'Renamed' },
  required: ['name'],
  isVersioned: true,
  isSoftDeleted: true,
});

export const referenceResources: readonly Resource[] = [owners, items, notes];

interface Field {
  readonly isRequired: boolean;
  readonly check: (value: Json) => boolean;
}

const text = (length: number) => (value: Json) => typeof value === 'string' && value.length <= length;
const fieldsOf: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  Owner: { name: { isRequired: true, check: text(120) } },
  Item: {
    ownerId: { isRequired: true, check: text(36) },
    code: { isRequired: true, check: text(12) },
    name: { isRequired: true, check: text(120) },
    amount: { isRequired: false, check: (value) => typeof value === 'string' && /^-?\d+(?:\.\d{1,2})?$/u.test(value) },
    active: { isRequired: false, check: (value) => typeof value === 'boolean' },
  },
  Note: { name: { isRequired: true, check: text(120) } },
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

class Refusal extends Error {
  readonly status: number;
  readonly fields: readonly string[];
  constructor(status: number, detail: string, fields: readonly string[] = []) {
    super(detail);
    this.status = status;
    this.fields = fields;
  }
}

export interface ReferenceServer {
  readonly baseUrl: string;
  stop(): Promise<void>;
}

export async function startReferenceServer(fault: Fault | null): Promise<ReferenceServer> {
  const is = (name: Fault) => fault === name;
  const tables = new Map(referenceResources.map(({ name }) => [name, [] as Row[]]));
  let clock = Date.parse('2026-01-01T00:00:00Z');
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      const detail = error instanceof Refusal ? error.message : 'Internal error';
      const errors = error instanceof Refusal ? error.fields.map((field) => ({ field, message: 'is not right' })) : [];
      send(response, status, {
        ...{ type: 'about:blank', title: detail, status, detail, instance: request.url ?? '' },
        ...(is('fields not named') ? {} : { errors }),
        ...(is('leaks SQL') && status === 409 ? { cause: 'INSERT INTO items VALUES ($1) violates items_code' } : {}),
      });
    });
  });

  function send(response: ServerResponse, status: number, body: Json, headers: Readonly<Record<string, string>> = {}) {
    const type = status < 400 || is('plain errors') ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body === null ? undefined : JSON.stringify(body));
  }

  function shown(row: Row, include: readonly string[]): Body {
    const { secret = null, ...rest } = row;
    const owner = tables.get('Owner')?.find(({ id }) => id === row.ownerId);
    return {
      ...rest,
      ...(is('shows secrets') ? { secret } : {}),
      ...(is('numbers for decimals') && typeof rest.amount === 'string' ? { amount: Number(rest.amount) } : {}),
      ...(include.includes('owner') && owner !== undefined
        ? { owner: { id: owner.id, name: owner.name ?? null } }
        : {}),
    };
  }

  function validated(kind: string, body: Json, isPatch: boolean): Readonly<Record<string, Json>> {
    if (typeof body !== 'object' || body === null || Array.isArray(body))
      throw new Refusal(400, 'An object is wanted.');
    const fields = fieldsOf[kind] ?? {};
    const values: Record<string, Json> = {};
    const wrong: string[] = [];
    for (const [name, value] of Object.entries(body as Body)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) {
        if (is('takes unknown properties') || (is('takes generated ids') && name === 'id')) continue;
        wrong.push(name);
        continue;
      }
      if (value === null && is('null accepted')) continue;
      const isFine = field.check(value) || (is('no length check') && typeof value === 'string' && name === 'name');
      if (!isFine) wrong.push(name);
      else if (typeof value === 'string' && value.includes('\0')) {
        if (is('fails on NUL')) throw new Error('22021');
        wrong.push(name);
      } else values[name] = typeof value === 'string' && is('trims texts') ? value.trim() : value;
    }
    if (!isPatch)
      for (const [name, { isRequired }] of Object.entries(fields))
        if (isRequired && !(name in values) && !(name in (body as Body))) wrong.push(name);
    if (wrong.length > 0) throw new Refusal(400, 'The request is not valid.', wrong);
    return values;
  }

  function checkKeys(kind: string, values: Readonly<Record<string, Json>>, self: string | null): void {
    const rows = tables.get(kind) ?? [];
    if (
      values.code !== undefined &&
      !is('duplicates accepted') &&
      rows.some((row) => row.code === values.code && row.id !== self)
    )
      throw new Refusal(409, 'There is a row with this code already.');
    const { ownerId } = values;
    if (typeof ownerId === 'string' && !is('unknown references accepted')) {
      if (!(tables.get('Owner') ?? []).some(({ id }) => id === ownerId))
        throw new Refusal(409, 'There is no such ownerId.');
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://host');
    const [, , plural, key, ...more] = url.pathname.split('/').map(decodeURIComponent);
    const described = referenceResources.find(({ path }) => path === `/v1/${plural ?? ''}`);
    const method = request.method ?? 'GET';
    const token = /^Bearer (\w+)$/u.exec(request.headers.authorization ?? '')?.[1];
    if (!is('no authentication') && token !== 'full' && token !== 'none') throw new Refusal(401, 'Sign in first.');
    if (method !== 'GET' && token === 'none' && !is('no roles')) throw new Refusal(403, 'This needs a role.');
    if (described === undefined || more.length > 0) throw new Refusal(404, 'There is nothing here.');
    const { name: kind, path, isVersioned, isSoftDeleted } = described;
    const rows = tables.get(kind) ?? [];
    const tag = (row: Row): Record<string, string> => (isVersioned ? { etag: `"${String(row.version)}"` } : {});
    const visible = (row: Row) => row.deletedAt === undefined || is('deleted rows listed');
    if (key === undefined) {
      if (method === 'GET') {
        list(described, url, rows.filter(visible), response);
        return;
      }
      const values = validated(kind, await bodyOf(request), false);
      checkKeys(kind, values, null);
      const row: Row = {
        ...values,
        id: globalThis.crypto.randomUUID(),
        // Several rows share a time: only a tie-breaker tells them apart.
        createdAt: new Date((clock += 300) - (clock % 1000)).toISOString(),
        ...(isVersioned ? { version: 1 } : {}),
        secret: 'hash',
      };
      rows.push(row);
      const location = is('empty location') ? '/' : `${path}/${row.id}`;
      send(response, 201, shown(row, []), { ...tag(row), location });
      return;
    }
    if (!uuid.test(key) && !is('malformed keys are 404')) throw new Refusal(400, 'The key is malformed.');
    const row = rows.find(({ id, deletedAt }) => id === key && deletedAt === undefined);
    const body = method === 'PATCH' ? validated(kind, await bodyOf(request), true) : {};
    if (row === undefined) throw new Refusal(404, 'There is no such row.');
    if (method === 'GET') {
      send(response, 200, shown(row, []), tag(row));
      return;
    }
    const match = request.headers['if-match'];
    const seen = String(row.version);
    if (method === 'PATCH') {
      if (isVersioned && match === undefined && !is('no If-Match needed'))
        throw new Refusal(428, 'If-Match is missing.');
      if (is('stale changes win') || is('lost updates')) await pause();
      const isStale =
        isVersioned && match !== undefined && match !== `"${is('stale changes win') ? seen : String(row.version)}"`;
      if (isStale && !is('stale changes win')) throw new Refusal(412, 'It has changed since.');
      checkKeys(kind, body, row.id);
      if (is('lost updates')) {
        const copy = { ...row };
        await pause();
        Object.assign(row, copy, body);
      } else Object.assign(row, body);
      if (isVersioned) row.version = Number(row.version) + 1;
      send(response, 200, shown(row, []), tag(row));
      return;
    }
    if (isVersioned && match !== undefined && match !== `"${seen}"` && !is('stale changes win'))
      throw new Refusal(412, 'It has changed since.');
    const isHeld = (tables.get('Item') ?? []).some(({ ownerId }) => ownerId === row.id);
    if (isHeld && !is('deletes what is referenced')) throw new Refusal(409, 'It is still referenced.');
    if (isSoftDeleted) row.deletedAt = 'now';
    else rows.splice(rows.indexOf(row), 1);
    send(response, is('hard delete answers 200') ? 200 : 204, null);
  }

  function list(
    { name, path: _path, sorts, typedFilter, textFilter, include: relation }: Resource,
    url: URL,
    all: readonly Row[],
    response: ServerResponse,
  ): void {
    const parameters = url.searchParams;
    const known = [
      'limit',
      'cursor',
      'page',
      'sort',
      'include',
      ...(typedFilter ? [typedFilter[0]] : []),
      ...(textFilter === null ? [] : [textFilter]),
    ];
    for (const each of new Set(parameters.keys())) {
      if (!known.includes(each) && !is('unknown parameters ignored')) throw new Refusal(400, `What is ${each}?`);
      if (parameters.getAll(each).length > 1) throw new Refusal(400, `${each} is given twice.`);
    }
    const limitText = parameters.get('limit') ?? '20';
    const limit = Number(limitText);
    if ((!/^\d+$/u.test(limitText) || limit < 1 || limit > 100) && !is('limit not bounded'))
      throw new Refusal(400, 'limit is 1 to 100.');
    const sort = parameters.get('sort') ?? 'createdAt';
    const property = sort.replace(/^-/u, '');
    if (![...sorts, 'createdAt'].includes(property) && !is('sorts by anything'))
      throw new Refusal(400, 'Lists are not sorted by this.');
    const included = (parameters.get('include') ?? '').split(',').filter((each) => each !== '');
    if (included.some((each) => each !== relation?.[0])) throw new Refusal(400, 'There is no such relation.');
    let rows = [...all];
    for (const filter of [typedFilter?.[0], textFilter]) {
      const wanted = filter === undefined || filter === null ? null : parameters.get(filter);
      if (wanted === null || filter === undefined || filter === null) continue;
      if (filter === 'active' && !['true', 'false'].includes(wanted)) throw new Refusal(400, 'true or false.');
      if (is('filter fails on quotes') && wanted.includes("'")) throw new Error('unterminated quoted string');
      if (!is('filter ignored')) rows = rows.filter((row) => textOf(row[filter]) === wanted);
    }
    const direction = sort.startsWith('-') ? -1 : 1;
    const keyOf = (row: Row) => [textOf(row[property]), row.id] as const;
    const compare = (a: readonly [string, string], b: readonly [string, string]) => {
      const [x, y] = a[0] === b[0] ? [a[1], b[1]] : [a[0], b[0]];
      return (x < y ? -1 : x > y ? 1 : 0) * direction;
    };
    rows.sort((a, b) => compare(keyOf(a), keyOf(b)));
    const page = parameters.get('page');
    const cursor = parameters.get('cursor');
    if (page !== null && (cursor !== null || !/^[1-9]\d*$/u.test(page))) throw new Refusal(400, 'page counts from 1.');
    const total = rows.length;
    if (page !== null) rows = rows.slice((Number(page) - 1) * limit);
    if (cursor !== null) {
      const after = readCursor(cursor, sort);
      if (is('offset cursors')) rows = rows.slice(Number(after[1]));
      else if (is('cursor without tie-breaker'))
        rows = rows.filter((row) => compare(keyOf(row), [after[0], '\uffff']) * direction > 0);
      else rows = rows.filter((row) => compare(keyOf(row), after) > 0);
    }
    const shownRows = rows.slice(0, limit);
    const last = shownRows.at(-1);
    const offset = String((cursor === null ? 0 : Number(readCursor(cursor, sort)[1])) + limit);
    const next =
      rows.length > limit && last ? [...(is('offset cursors') ? ['', offset] : keyOf(last)), sort, name] : null;
    response.setHeader('x-query-count', is('one query per row') ? 1 + shownRows.length : page === null ? 1 : 2);
    send(response, 200, {
      items: shownRows.map((row) => shown(row, included)),
      nextCursor: next === null ? null : Buffer.from(JSON.stringify(next)).toString('base64url'),
      ...(page === null ? {} : { total }),
    });
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function readCursor(cursor: string, sort: string): readonly [string, string] {
  try {
    const read = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(read) && read.length === 4 && read[2] === sort) return [String(read[0]), String(read[1])];
  } catch {
    // told below
  }
  throw new Refusal(400, 'The cursor is not one of ours.');
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  let read = '';
  for await (const chunk of request) read += String(chunk);
  try {
    return JSON.parse(read) as Json;
  } catch {
    throw new Refusal(400, 'The body is no JSON.');
  }
}
