import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Random } from '../../../support/random.ts';
import { seeded } from '../../../support/random.ts';
import { linkScripts } from './read.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));
const scripts = ['sql', 'domain/sql'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }): [string, string] => [name, readFileSync(join(fixtures, folder, name), 'utf8')]),
);
const token = /[\w$]+|'[^'\n]*'|"[^"\n]*"|[^\s\w]/g;

/** 10,000 are run before a release: `MUTATIONS=10000`. */
const mutations = Number(process.env.MUTATIONS ?? 300);
/** Milliseconds that no script of this size may take, however broken. */
const limit = 5000;

function spans(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(token)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function readBounded(path: string, text: string): LinkResult {
  const started = performance.now();
  const result = linkScripts([[path, text]]);
  assert.ok(performance.now() - started < limit, `${path} took too long:\n${text.slice(0, 400)}`);
  const lines = text.split('\n').length;
  for (const { at, columns } of result.tables)
    for (const place of [at, ...columns.map((column) => column.at)])
      assert.ok(place.line > 0 && place.endLine <= lines && place.column > 0);
  return result;
}

/** Deletes, doubles or swaps a few tokens. */
function mutate(text: string, random: Random): string {
  const found = spans(text);
  if (found.length === 0) return text;
  const at = (): { readonly start: number; readonly end: number } => found[random.below(found.length)]!;
  const [a, b] = [at(), at()].sort((x, y) => x.start - y.start) as [ReturnType<typeof at>, ReturnType<typeof at>];
  const word = (span: typeof a): string => text.slice(span.start, span.end);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, a.start) + text.slice(a.end);
    case 1:
      return `${text.slice(0, a.end)} ${word(a)}${text.slice(a.end)}`;
    default:
      if (a.end > b.start) return text;
      return text.slice(0, a.start) + word(b) + text.slice(a.end, b.start) + word(a) + text.slice(b.end);
  }
}

describe('SQL reader on broken input', function () {
  this.timeout(1_800_000);

  // All cuts with the mutations of a release; else one in eight, at other tokens of each script.
  const stride = mutations >= 10_000 ? 1 : 8;

  it(`reads and links every fixture cut at every token${stride === 1 ? '' : ' in eight'}`, () => {
    let cuts = 0;
    let tables = 0;
    for (const [path, text] of scripts) {
      for (const [at, { end }] of spans(text).entries()) {
        if (at % stride !== path.length % stride) continue;
        tables += readBounded(path, text.slice(0, end)).tables.length;
        cuts++;
      }
    }
    assert.ok(cuts > 5000 / stride, `${cuts} cuts`);
    assert.ok(tables > cuts, `${tables} tables`);
    console.log(`      ${cuts} cuts of ${scripts.length} scripts, ${tables} tables read`);
  });

  it(`reads and links ${mutations} seeded mutations`, () => {
    const random = seeded(7);
    let tables = 0;
    let problems = 0;
    for (let count = 0; count < mutations; count++) {
      const [path, text] = scripts[count % scripts.length]!;
      let mutated = text;
      for (let times = 1 + random.below(4); times > 0; times--) mutated = mutate(mutated, random);
      const result = readBounded(path, mutated);
      tables += result.tables.length;
      problems += result.problems.length;
    }
    assert.ok(tables > mutations && problems > mutations / 10, `${tables} tables, ${problems} problems`);
    console.log(`      ${mutations} mutations, ${tables} tables read, ${problems} problems told`);
  });
});
