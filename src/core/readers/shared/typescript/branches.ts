/**
 * Code that runs only where a value is there, or only where it is missing: the arms of `if`, `?:`, `??`, `||` and `&&`, and what
 * follows an `if` that leaves. Told where calls or queries stand in it.
 */
import type { Branch } from '../../../schema/code.ts';
import { TreeNode } from '../../../syntax/treeNode.ts';
import { functionAt } from './outline.ts';
import type { Outline } from './outline.ts';
import { splitTopLevel } from './scan.ts';
import type { Scope } from './scope.ts';

/** What a condition says of one value. */
interface Test {
  readonly path: string;
  readonly present: boolean;
  /** `=== undefined` and `?? …` ask whether it is there; `!admin` may ask anything. */
  readonly strict: boolean;
}

interface Arm {
  readonly tests: readonly Test[];
  readonly start: number;
  readonly end: number;
}

const kinds: ReadonlySet<string> = new Set([
  'if_statement',
  'ternary_expression',
  'binary_expression',
  'augmented_assignment_expression',
]);

/** Conditions longer than this compare more than one can follow. */
const longest = 200;
/** Where a name comes from is looked for this far back. */
const furthest = 4000;
/** Nobody writes lines that long on the average: a packed program, whose names mean something else in every function. */
const widestLine = 120;

export function readBranches(outline: Outline, scope: Scope): Branch[] {
  const { length } = outline.text;
  if (length / scope.lines.range(length, length).line > widestLine) return [];
  const { table } = outline.root;
  const wanted = table.names.types.map((type) => kinds.has(type));
  const starts = outline.calls.map(({ start }) => start).sort((a, b) => a - b);
  const branches: Branch[] = [];
  for (let index = 0; index < table.size; index++) {
    if (wanted[table.type[index] ?? 0] !== true || table.named[index] === 0) continue;
    for (const { tests, start, end } of armsOf(new TreeNode(table, index), scope)) {
      if (!holdsCall(starts, start, end)) continue;
      const at = scope.lines.range(start, end);
      for (const test of tests) {
        const branch = branchOf(test, start, outline, scope);
        if (branch) branches.push({ ...branch, at });
      }
    }
  }
  return branches;
}

/** Whether one of the sorted offsets lies in the range. */
function holdsCall(starts: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (starts[low] ?? end) < end;
}

function armsOf(node: TreeNode, scope: Scope): readonly Arm[] {
  const { text } = scope;
  const textOf = (name: string): string => {
    const child = node.childForFieldName(name);
    return child && child.endIndex - child.startIndex <= longest ? text.slice(child.startIndex, child.endIndex) : '';
  };
  const arm = (child: TreeNode | null, tests: readonly Test[]): Arm[] =>
    child && tests.length > 0 ? [{ tests, start: child.startIndex, end: child.endIndex }] : [];
  switch (node.type) {
    case 'if_statement': {
      const consequence = node.childForFieldName('consequence');
      const condition = conditionOf(textOf('condition'), node.startIndex, scope);
      const rest = consequence && leaves(consequence) ? restOf(node) : null;
      return [
        ...arm(consequence, filling(condition.whenTrue, consequence, text)),
        ...arm(node.childForFieldName('alternative'), condition.whenFalse),
        ...(rest && condition.whenFalse.length > 0 ? [{ tests: condition.whenFalse, ...rest }] : []),
      ];
    }
    case 'ternary_expression': {
      const condition = conditionOf(textOf('condition'), node.startIndex, scope);
      const certain = (tests: readonly Test[]): Test[] => tests.map((test) => ({ ...test, strict: true }));
      return [
        ...arm(node.childForFieldName('consequence'), condition.whenTrue),
        // `user ? user.name : await load()`
        ...arm(node.childForFieldName('alternative'), certain(condition.whenFalse)),
      ];
    }
    default: {
      const operator = textOf('operator');
      const right = node.childForFieldName('right');
      const path = plainPath(textOf('left'));
      if (/^(?:\?\?|\|\|)=?$/u.test(operator))
        return path === null ? [] : arm(right, [{ path, present: false, strict: true }]);
      return operator === '&&' ? arm(right, conditionOf(textOf('left'), node.startIndex, scope).whenTrue) : [];
    }
  }
}

/** `if (!user) user = await load()` fills what is missing. */
function filling(tests: readonly Test[], consequence: TreeNode | null, text: string): readonly Test[] {
  const body = consequence ? text.slice(consequence.startIndex, consequence.endIndex) : '';
  return tests.map((test) =>
    test.present || test.strict ? test : { ...test, strict: body.replace(/\s/gu, '').includes(`${test.path}=await`) },
  );
}

/** Its last statement goes elsewhere. */
function leaves(consequence: TreeNode): boolean {
  const last = consequence.type === 'statement_block' ? consequence.lastNamedChild : consequence;
  return last !== null && /^(?:return|throw|continue|break)_statement$/u.test(last.type);
}

/** What follows in the same block. */
function restOf(node: TreeNode): { readonly start: number; readonly end: number } | null {
  const { parent } = node;
  return parent?.type === 'statement_block' && node.endIndex < parent.endIndex
    ? { start: node.endIndex, end: parent.endIndex }
    : null;
}

const path = String.raw`((?:this\.)?[A-Za-z_$][\w$]*(?:[?!]?\.[A-Za-z_$][\w$]*)*)`;
const forms: readonly (readonly [RegExp, boolean, boolean])[] = [
  [new RegExp(`^!\\s*${path}$`, 'u'), false, false],
  [new RegExp(`^(?:!!\\s*)?${path}$`, 'u'), true, false],
  [new RegExp(`^${path}\\s*={2,3}\\s*(?:null|undefined)$`, 'u'), false, true],
  [new RegExp(`^${path}\\s*!={1,2}\\s*(?:null|undefined)$`, 'u'), true, true],
  [new RegExp(`^typeof\\s+${path}\\s*={2,3}\\s*['"]undefined['"]$`, 'u'), false, true],
  [new RegExp(`^typeof\\s+${path}\\s*!={1,2}\\s*['"]undefined['"]$`, 'u'), true, true],
  [new RegExp(`^(?:_\\.)?is(?:Nil|Null|Undefined)\\(${path}\\)$`, 'u'), false, true],
  [new RegExp(`^!(?:_\\.)?is(?:Nil|Null|Undefined)\\(${path}\\)$`, 'u'), true, true],
];
/** One of the rows lacks it: `steps.some((step) => !step.template)`. */
const someLack = /^[\w$.?!]+\.some\(\s*\(?\s*[\w$]+\s*\)?\s*=>\s*(.+)\)$/u;

interface Condition {
  readonly whenTrue: readonly Test[];
  readonly whenFalse: readonly Test[];
}

const nothing: Condition = { whenTrue: [], whenFalse: [] };

function conditionOf(source: string, offset: number, scope: Scope): Condition {
  let text = source.trim();
  while (text.startsWith('(') && text.endsWith(')') && splitTopLevel(text.slice(1, -1), ')').length === 1)
    text = text.slice(1, -1).trim();
  if (text === '') return nothing;
  const all = splitTopLevel(text.replaceAll('&&', '\0'), '\0');
  const any = splitTopLevel(text.replaceAll('||', '\0'), '\0');
  if (all.length > 1 && any.length > 1) return nothing;
  const parts = all.length > 1 ? all : any;
  const tests = parts.flatMap((part) => testOf(part.trim(), offset, scope) ?? []);
  const negated = tests.map((test) => ({ ...test, present: !test.present }));
  return {
    whenTrue: any.length > 1 ? [] : tests,
    whenFalse: all.length > 1 ? [] : negated,
  };
}

/** A name that holds the answer of another test is followed to it. */
function testOf(text: string, offset: number, scope: Scope, depth = 0): Test | null {
  for (const [form, present, strict] of forms) {
    const found = form.exec(text)?.[1];
    if (found === undefined) continue;
    const plain = found.replace(/[?!]/gu, '');
    const initializer = /^[\w$]+$/u.test(plain) && depth < 2 ? initializerOf(plain, offset, scope) : null;
    const behind =
      initializer === null || plainPath(initializer) !== null ? null : testOf(initializer, offset, scope, depth + 1);
    if (behind) return present ? behind : { ...behind, present: !behind.present };
    return { path: plain, present, strict };
  }
  const lacking = someLack.exec(text)?.[1];
  const test = lacking === undefined ? null : testOf(lacking.trim(), offset, scope, depth + 1);
  return test && !test.present && test.path.includes('.') ? { ...test, strict: true } : null;
}

const wholePath = new RegExp(`^${path}!?$`, 'u');

function plainPath(text: string): string | null {
  const found = wholePath.exec(text.trim())?.[1];
  return found === undefined || /^(?:true|false|null|undefined|this)$/u.test(found)
    ? null
    : found.replace(/[?!]/gu, '');
}

/** Null where it tells nothing: a value of the function's own is looked at, and not whether it is missing. */
function branchOf(test: Test, offset: number, outline: Outline, scope: Scope): Omit<Branch, 'at'> | null {
  const own = functionAt(outline, offset);
  if (own === null) return null;
  let names = test.path;
  for (let step = 0; step < 3; step++) {
    const [root = '', ...members] = names.split('.');
    const place = parameterOf(root, own, outline);
    if (place)
      return {
        function: place.function,
        parameter: place.index,
        member: place.apart ? root : (members[0] ?? ''),
        present: test.present,
      };
    const before = aliasOf(root, offset, scope);
    if (before === null) break;
    names = [before, ...members].join('.');
  }
  return test.present || !test.strict ? null : { function: own, parameter: null, member: '', present: false };
}

function parameterOf(
  name: string,
  from: number,
  { functions }: Outline,
): { readonly function: number; readonly index: number; readonly apart: boolean } | null {
  for (let id: number | null = from; id !== null; id = functions[id]?.parent ?? null)
    for (const [index, parameter] of (functions[id]?.parameters ?? []).entries()) {
      if (parameter.name === name) return { function: id, index, apart: false };
      if (parameter.name.includes(',') && parameter.name.split(',').includes(name))
        return { function: id, index, apart: true };
    }
  return null;
}

/** `const user = options.user`, `const { user } = options`: what the name was before. */
function aliasOf(name: string, offset: number, scope: Scope): string | null {
  const direct = plainPath(initializerOf(name, offset, scope) ?? '');
  if (direct !== null && direct !== name) return direct;
  const apart = nearest(patternsOf(name).apart, offset, scope);
  return apart === null || apart === name ? null : `${apart}.${name}`;
}

/** What the nearest declaration before it gives the name, up to the end of the line; null where there is none. */
function initializerOf(name: string, offset: number, scope: Scope): string | null {
  const found = nearest(patternsOf(name).declared, offset, scope)?.trim().replace(/;$/u, '') ?? '';
  return found === '' ? null : found;
}

/** What the last match before an offset captures. */
function nearest(pattern: RegExp, offset: number, { text }: Scope): string | null {
  let found: string | null = null;
  for (const match of text.slice(Math.max(0, offset - furthest), offset).matchAll(pattern)) found = match[1] ?? null;
  return found;
}

interface Patterns {
  readonly declared: RegExp;
  readonly apart: RegExp;
}

const patterns = new Map<string, Patterns>();

function patternsOf(name: string): Patterns {
  let known = patterns.get(name);
  if (!known) {
    // A program has more names than anyone wants to keep.
    if (patterns.size > 500) patterns.clear();
    const plain = name.replace(/\$/gu, '\\$');
    known = {
      declared: new RegExp(`(?<![\\w$.])(?:const|let|var)\\s+${plain}\\s*(?::[^=;\\n]+)?=(?!>)([^\\n]*)`, 'gu'),
      apart: new RegExp(
        `(?<![\\w$.])(?:const|let|var)\\s*\\{[^{}]*(?<![\\w$])${plain}(?![\\w$])[^{}]*\\}\\s*(?::[^=;]+)?=\\s*([\\w$.]+)\\s*(?:;|\\n)`,
        'gu',
      ),
    };
    patterns.set(name, known);
  }
  return known;
}
