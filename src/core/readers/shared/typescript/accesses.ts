import type { Access } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { functionAt } from './outline.ts';
import type { Outline } from './outline.ts';
import { loopAt } from './rounds.ts';
import { assignmentBefore, namesIn, skipQuoted } from './scan.ts';

/** A loop reads the same few members; more than this many distinct paths are those of a generated file. */
const mostPerLoop = 200;

/** Members read of the elements of loops: `order.customer` in `for (const order of orders)`. One per path and loop. */
export function readAccesses(outline: Outline, lines: LineIndex): Access[] {
  const accesses: Access[] = [];
  for (const [id, loop] of outline.loops.entries()) {
    const names = loop.variables.filter((name) => /^[A-Za-z_$][\w$.]*(?:\[\w+\])?$/.test(name) && name.length > 0);
    if (names.length === 0 || loop.bodyEnd - loop.bodyStart > 40_000) continue;
    const body = outline.text.slice(loop.bodyStart, loop.bodyEnd);
    if (!names.some((name) => body.includes(name))) continue;
    const seen = new Map<string, number>();
    for (const { path, offset, end } of membersOf(body, names)) {
      const start = loop.bodyStart + offset;
      // A loop within reads the variable of the outer one: it belongs to the inner loop, where it costs more.
      if (seen.size >= mostPerLoop) break;
      const awaited = assignmentBefore(outline.text, start).awaited || /^\s*\.then\(/.test(body.slice(end, end + 12));
      const inner = loopAt(outline, start) ?? id;
      const key = `${path} ${String(inner)}`;
      const known = seen.get(key);
      const earlier = known === undefined ? undefined : accesses[known];
      if (known !== undefined && earlier) {
        if (awaited && !earlier.awaited) accesses[known] = { ...earlier, awaited };
        continue;
      }
      seen.set(key, accesses.length);
      const at = lines.range(start, loop.bodyStart + end);
      accesses.push({ path, awaited, function: functionAt(outline, start), loop: inner, at });
    }
  }
  return accesses;
}

interface Member {
  readonly path: string;
  readonly offset: number;
  readonly end: number;
}

const steps = /\s*[!?]?\.\s*([A-Za-z_$][\w$]*(?:[!?]?\.[A-Za-z_$][\w$]*)*)(\s*\()?/y;
const before = /[\w$.'"]/;

function* membersOf(body: string, names: readonly string[]): Generator<Member> {
  let quoted: (readonly [number, number])[] | null = null;
  for (const name of names) {
    for (let at = body.indexOf(name); at !== -1; at = body.indexOf(name, at + name.length)) {
      if (at > 0 && before.test(body.charAt(at - 1))) continue;
      steps.lastIndex = at + name.length;
      const match = steps.exec(body);
      if (!match) continue;
      const path = (match[1] ?? '').replace(/[!?]/g, '').split('.');
      // `order.lines.map(` reads `lines`; a method of the element itself is a call, not a member.
      if (match[2] !== undefined) path.pop();
      if (path.length === 0 || inside((quoted ??= quotedParts(body)), at)) continue;
      const end = at + name.length + match[0].length - (match[2]?.length ?? 0);
      yield { path: `${name}.${path.join('.')}`, offset: at, end };
    }
  }
  for (let at = body.indexOf('} ='); at !== -1; at = body.indexOf('} =', at + 3)) {
    const open = body.lastIndexOf('{', at);
    const source = /^\} =\s*(?:await\s+)?([\w$.]+)\s*[;\n]/.exec(body.slice(at, at + 80))?.[1];
    if (
      source === undefined ||
      !names.includes(source) ||
      !/(?:const|let|var)\s+$/.test(body.slice(Math.max(0, open - 8), open))
    )
      continue;
    for (const property of namesIn(body.slice(open, at + 1).replace(/:\s*\w+/g, '')))
      yield { path: `${source}.${property}`, offset: open, end: at + 1 };
  }
}

/** Offsets of strings and comments; the substitutions of templates are code and stay outside. */
function quotedParts(body: string): (readonly [number, number])[] {
  const parts: [number, number][] = [];
  for (let at = 0; at < body.length; at++) {
    const char = body[at];
    if (char !== "'" && char !== '"' && char !== '/') continue;
    const end = skipQuoted(body, at, body.length);
    if (end === at) continue;
    // An apostrophe in a comment or a regular expression opens no string: strings end on their line.
    if (char !== '/' && body.slice(at, end).includes('\n')) continue;
    parts.push([at, end]);
    at = end - 1;
  }
  return parts;
}

function inside(parts: readonly (readonly [number, number])[], offset: number): boolean {
  return parts.some(([from, to]) => from < offset && offset < to);
}
