/**
 * Finds what a text says to stores that no ORM stands for: Redis, Elasticsearch, InfluxDB, arrays of MongoDB, partitions of
 * PostgreSQL. Works on plain text, so it serves every host language alike; comments are left out.
 */
import type { StoreCall } from '../../schema/storeCall.ts';

interface Pattern {
  readonly store: StoreCall['store'];
  /** A text without it holds no such call: looked for first, because it is cheap. */
  readonly hint: RegExp;
  /** Ends at the parenthesis or brace that opens the arguments; groups `receiver` and `api`. */
  readonly call: RegExp;
}

const patterns: readonly Pattern[] = [
  {
    store: 'redis',
    hint: /redis|valkey/iu,
    call: /(?<![\w$.])(?<receiver>[\w$.]*(?:redis|valkey)\w*(?:\.\w+(?:\(\))?)??)\.(?<api>set|mset|hset|hmset|StringSet(?:Async)?)\(/giu,
  },
  {
    store: 'elasticsearch',
    hint: /indices/u,
    call: /(?<![\w$.])(?<receiver>[\w$.]+\.indices(?:\(\))?)\.(?<api>create|putMapping|put_mapping)\(/gu,
  },
  {
    store: 'influxdb',
    hint: /influx/iu,
    call: /(?<![\w$.])(?<receiver>[\w$.]*)\s*\.(?<api>[tT]ag|addTag)\(/gu,
  },
  {
    store: 'mongodb',
    hint: /\$(?:push|addToSet)\b/u,
    call: /(?<receiver>)["']?(?<api>\$(?:push|addToSet))["']?\s*:\s*\{/gu,
  },
  {
    store: 'partitioning',
    hint: /create_hypertable|add_retention_policy|partition\s+by\s+range|create_parent/iu,
    call: /(?<receiver>)(?<api>create_hypertable|add_retention_policy|create_parent)\s*\(/giu,
  },
];

const partitioned =
  /create\s+table\s+(?:if\s+not\s+exists\s+)?(?<table>[\w."]+)\s*\((?:[^;]*)\)\s*(?<api>partition\s+by\s+range)/giu;

/** Longest arguments kept, in UTF-16 code units; what goes on beyond is cut. */
const longest = 600;
const mostCalls = 200;

export function scanStoreCalls(
  text: string,
  rangeOf: (start: number, end: number) => StoreCall['at'],
): readonly StoreCall[] {
  const found: StoreCall[] = [];
  for (const { store, hint, call } of patterns) {
    if (!hint.test(text)) continue;
    for (const match of text.matchAll(call)) {
      if (found.length >= mostCalls || isComment(text, match.index)) continue;
      const { receiver = '', api = '' } = match.groups ?? {};
      const opened = match.index + match[0].length;
      const { parts, end } = argumentsFrom(text, opened);
      found.push({ store, receiver, api, arguments: parts, at: rangeOf(match.index, end) });
    }
    if (store === 'partitioning')
      for (const match of text.matchAll(partitioned)) {
        const { table = '' } = match.groups ?? {};
        const end = match.index + match[0].length;
        found.push({ store, receiver: '', api: 'partition', arguments: [table], at: rangeOf(match.index, end) });
      }
  }
  return found;
}

function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return /^\s*(?:\/\/|#|--|\*|\/\*)|\s\/\/\s/u.test(line);
}

/** Source texts of the arguments behind an opening bracket, and the end of the closing one. */
function argumentsFrom(text: string, start: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = start;
  const last = Math.min(text.length, start + longest);
  for (let at = start; at < last; at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char) && depth-- === 0) {
      const tail = text.slice(from, at).trim();
      return { parts: tail === '' ? parts : [...parts, tail], end: at + 1 };
    } else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return { parts: [...parts, text.slice(from, last).trim()], end: last };
}
