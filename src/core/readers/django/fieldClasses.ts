/** What the fields that a project declares tell of themselves in their constructors and methods. */
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { FieldClass } from './declarations.ts';

/** Of a class longer than this the rest is not looked at. */
const longest = 20_000;
const longestCall = 1000;
const longestText = 200;
const named = String.raw`\(?\s*(-?\d+|True|False|None|"[^"\n]*"|'[^'\n]*'|[\w.]+)`;
const assigned = new RegExp(String.raw`kwargs\[["'](\w+)["']\]\s*=\s*${named}`, 'g');
const defaulted = new RegExp(String.raw`kwargs\.setdefault\(\s*["'](\w+)["']\s*,\s*${named}`, 'g');
const passed = new RegExp(
  String.raw`\b(max_length|max_digits|decimal_places|null|unique|db_index)\s*(?::\s*\w+\s*)?=\s*${named}`,
  'g',
);

/** Up to the field that the elements of an array are made of; in the call of the constructor above it may go without its name. */
const element = /\bbase_field["']?\s*\]?\s*[=,]\s*|\bsuper\([^()]*\)\.__init__\(\s*(?=[\w.]+Field\()/g;

export function readFieldClasses(root: TreeNode, text: string): Readonly<Record<string, FieldClass>> {
  const found: Record<string, FieldClass> = {};
  for (const node of root.namedChildren) {
    const definition = node.type === 'decorated_definition' ? node.childForFieldName('definition') : node;
    if (definition?.type !== 'class_definition') continue;
    const name = definition.childForFieldName('name');
    const bases = definition.childForFieldName('superclasses');
    if (!name || !bases || !/(?:Field|Key)(?:Mixin)?\b/.test(text.slice(bases.startIndex, bases.endIndex))) continue;
    const source = text.slice(definition.startIndex, Math.min(definition.endIndex, definition.startIndex + longest));
    const read = fieldClassOf(source);
    if (read) found[text.slice(name.startIndex, name.endIndex)] = read;
  }
  return found;
}

function fieldClassOf(source: string): FieldClass | null {
  const defaults = new Map<string, string>();
  const constructor = methodOf(source, '__init__');
  for (const pattern of [passed, defaulted, assigned])
    for (const [, option = '', value = ''] of constructor?.matchAll(pattern) ?? [])
      // `max_length=max_length` passes on what was given.
      if (value !== option && value !== 'kwargs') defaults.set(option, value);
  for (const match of constructor?.matchAll(element) ?? []) {
    const made = callAt(constructor ?? '', match.index + match[0].length);
    if (made !== null) defaults.set('base_field', made);
  }
  const dbType = returnedBy(source, 'db_type');
  const internalType = returnedBy(source, 'get_internal_type');
  if (defaults.size === 0 && dbType === null && internalType === null) return null;
  return { defaults: Object.fromEntries(defaults), dbType, internalType };
}

/** `models.CharField(max_length=40)` with all that its parentheses hold; null where no call stands there. */
function callAt(text: string, start: number): string | null {
  const open = /^[\w.]+\(/.exec(text.slice(start))?.[0].length;
  if (open === undefined) return null;
  let depth = 1;
  for (let at = start + open; at < Math.min(text.length, start + longestCall); at++) {
    const quote = /^(?:"[^"\n]*"|'[^'\n]*')/.exec(text.slice(at, at + longestText))?.[0];
    if (quote !== undefined) at += quote.length - 1;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(start, at + 1);
  }
  return null;
}

/** From its `def` to the next one of the class. */
function methodOf(source: string, name: string): string | null {
  const start = source.search(new RegExp(String.raw`\bdef\s+${name}\s*\(`));
  if (start === -1) return null;
  const rest = source.slice(start + 4);
  const next = rest.search(/\n[ \t]+(?:async\s+)?def\s|\n[ \t]+@/);
  return next === -1 ? rest : rest.slice(0, next);
}

/** The literal that a method returns in the end. */
function returnedBy(source: string, name: string): string | null {
  const returned = [...(methodOf(source, name)?.matchAll(/\breturn\s+[rf]?["']([^"'\n]+)["']/g) ?? [])];
  return returned.at(-1)?.[1] ?? null;
}
