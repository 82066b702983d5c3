/** Nothing a tool says carries a secret, whatever stands in the source: comments, defaults and messages quote it. */
import type { Json } from './tool.ts';

const hidden = '***';

/** What a secret looks like, and what of it stays. */
const patterns: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // User and password of a URL (RFC 3986 §3.2.1).
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"'`]+@/giu, `$1${hidden}@`],
  // ADO.NET, ODBC, JDBC and libpq connection strings.
  [/\b((?:password|passwd|pwd)\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s;,&"'`)]+)/giu, `$1${hidden}`],
  // PEM (RFC 7468).
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu, hidden],
  // Access keys whose makers gave them a prefix: AWS, GitHub, Slack, Stripe.
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_\w{30,}|\bxox[abprs]-[\w-]{10,}|\b[rs]k_live_\w{16,}/gu, hidden],
];

export function redact(text: string): string {
  return patterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** Every string of a JSON value, keys left as they are. */
export function redactJson<T extends Json | undefined>(value: T): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((each: Json) => redactJson(each)) as unknown as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, redactJson(each)])) as T;
}
