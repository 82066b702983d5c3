/** Code that a parameter of C# switches on or off: `if (commitChanges) { … }`, `if (!notify) return;`. */
import type { Branch, Call } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { csFunctionAt } from './outline.ts';
import type { CsOutline } from './outline.ts';

/** The flag has to hold, whatever else has: no alternative stands beside it. */
const condition =
  /\bif\s*\(\s*(!?)\s*([A-Za-z_]\w*)\s*(?:==\s*(true|false)\s*)?(?:&&[^{};|]{0,300}?)?\)\s*(?=([{\w]))/gu;

/** Longer blocks are read so far. */
const longest = 20_000;

export function flagBranches(outline: CsOutline, lines: LineIndex): readonly Branch[] {
  const { text, functions } = outline;
  if (!/\bbool\s+\w+/u.test(text)) return [];
  return Array.from(text.matchAll(condition), (match): Branch[] => {
    const [head, not = '', name = '', compared] = match;
    const own = csFunctionAt(outline, match.index);
    const found = own === null ? undefined : functions[own];
    if (own === null || !found) return [];
    const flag = flagOf(found.node, name, text);
    if (!flag) return [];
    const present = (not === '') === (compared !== 'false');
    const start = match.index + head.length;
    const end = blockEnd(text, start);
    const branch = { function: own, parameter: flag.index, member: '', truth: true as const };
    const byDefault = flag.byDefault ? { byDefault: true as const } : {};
    const inside = { ...branch, ...byDefault, present, at: lines.range(match.index, end) };
    // What follows an early way out runs where the flag is the other way.
    return /^\{?\s*return\b[^{};]*;\s*\}?$/u.test(text.slice(start, end).trim())
      ? [inside, { ...branch, ...byDefault, present: !present, at: lines.range(end, found.end) }]
      : [inside];
  }).flat();
}

/** A parameter that is true or false, and whether it is true where nothing is handed over. */
function flagOf(
  node: TreeNode,
  name: string,
  text: string,
): { readonly index: number; readonly byDefault: boolean } | null {
  const list = node.childForFieldName('parameters');
  const parameters = (list?.namedChildren ?? []).filter(({ type }) => type === 'parameter');
  const index = parameters.findIndex((each) => {
    const written = text.slice(each.startIndex, each.endIndex);
    return new RegExp(`\\bbool\\s+${name}\\b`, 'u').test(written);
  });
  const parameter = parameters[index];
  return parameter
    ? { index, byDefault: /=\s*true$/u.test(text.slice(parameter.startIndex, parameter.endIndex).trim()) }
    : null;
}

/** @param start offset of the block or statement; @returns offset behind it */
export function blockEnd(text: string, start: number): number {
  const last = Math.min(text.length, start + longest);
  if (text[start] !== '{') {
    const end = text.indexOf(';', start);
    return end === -1 || end > last ? last : end + 1;
  }
  let depth = 0;
  for (let at = start; at < last; at++) {
    const character = text[at];
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return last;
}

/** Names and flags that arguments state: `Remove(order, commitChanges: false)`. */
export function statedArguments(list: TreeNode | null, text: string): Pick<Call, 'named'> {
  const named = (list?.namedChildren ?? [])
    .filter(({ type }) => type === 'argument')
    .slice(0, 12)
    .map((each) => {
      const [, name = null, value = ''] =
        /^(?:(\w+)\s*:(?!:))?\s*(true|false|null)?/u.exec(text.slice(each.startIndex, each.endIndex)) ?? [];
      const stated = /^(?:\w+\s*:\s*)?(?:true|false|null)$/u.test(text.slice(each.startIndex, each.endIndex).trim());
      return { name, value: stated ? value === 'true' : null };
    });
  return named.some(({ name, value }) => name !== null || value !== null) ? { named } : {};
}
