/** Requests to the application under test. Every refusal is checked on the way: a problem document that tells nothing of the inside. */
import assert from 'node:assert/strict';
import type { Body, Json } from './resource.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where there is none. */
  readonly body: Json;
  /** Statements that the request has run, as the harness counts them; null where it cannot. */
  readonly statements: number | null;
}

export interface RequestOptions {
  readonly body?: Json;
  /** In place of `body`: the text as it is. */
  readonly text?: string;
  /** Null = none; undefined = the one that may do everything. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Send = (method: string, path: string, options?: RequestOptions) => Promise<Answer>;

const requestMs = 15_000;

export function httpClient(baseUrl: string, fullToken: string): Send {
  return async (method, path, options = {}) => {
    const token = options.token === undefined ? fullToken : options.token;
    const text = options.text ?? (options.body === undefined ? null : JSON.stringify(options.body));
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(text === null ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.timeout(requestMs),
    });
    const raw = await response.text();
    const counted = response.headers.get('x-query-count');
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: raw === '' ? null : parsed(raw, `${method} ${path}`, response.status),
      statements: counted === null ? null : Number(counted),
    };
    if (answer.status >= 400) assertProblem(answer, `${method} ${path}`);
    return answer;
  };
}

function parsed(text: string, request: string, status: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return assert.fail(`${request} answered ${status} with what is no JSON: ${text.slice(0, 200)}`);
  }
}

/** What only those who run the service may see. */
const internals =
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*\b(?:FROM|VALUES|SET|WHERE)\b|node_modules|\.(?:ts|js):\d+|SQLITE_|violates|QueryFailedError|\bat \S+ \(|Cannot read propert/u;

function assertProblem({ status, headers, body }: Answer, request: string): void {
  const said = `${request} → ${status} ${JSON.stringify(body)}`;
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json\b/u, `${said} is no problem document`);
  const problem = asBody(body);
  for (const member of ['type', 'title'])
    assert.equal(typeof problem[member], 'string', `${said} lacks the member ${member}`);
  assert.equal(problem.status, status, `${said} states another status than its own`);
  assert.doesNotMatch(JSON.stringify(body), internals, `${said} tells of the inside`);
}

export function asBody(value: Json | undefined): Body {
  assert.ok(
    typeof value === 'object' && value !== null && !Array.isArray(value),
    `an object was expected, not ${JSON.stringify(value)}`,
  );
  return value as Body;
}

export function asRows(value: Json | undefined): readonly Body[] {
  assert.ok(Array.isArray(value), `a list was expected, not ${JSON.stringify(value)}`);
  return (value as readonly Json[]).map((each) => asBody(each));
}

export function expectStatus(answer: Answer, ...allowed: readonly number[]): Answer {
  assert.ok(
    allowed.includes(answer.status),
    `${allowed.join(' or ')} was expected, not ${answer.status}: ${JSON.stringify(answer.body)}`,
  );
  return answer;
}
