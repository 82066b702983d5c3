/** What names mean at a place of one file: constants, local values, declared types. Only what the text shows; nothing is inferred further. */
import type { FileFacts } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { functionAt } from './outline.ts';
import type { Outline } from './outline.ts';
import { isSpace } from './scan.ts';
import { Syn, unwrap } from './syn.ts';

export interface Scope {
  readonly outline: Outline;
  readonly facts: FileFacts;
  readonly lines: LineIndex;
  readonly text: string;
  /** Value of a string constant of the file. */
  readonly constantOf: (name: string) => string | null;
  /** What a local variable or constant is declared as, seen from an offset. */
  readonly declaration: (name: string, offset: number) => Declaration | null;
  /** Declared type of a parameter of one of the functions around an offset. */
  parameter(
    name: string,
    offset: number,
  ): { readonly type: string | null; readonly function: number; readonly index: number } | null;
  /** Name of the class around an offset. */
  classAt(offset: number): string | null;
  /** Literal behind an expression: a variable is followed to its initializer once. */
  literal(node: Syn): Syn;
}

export interface Declaration {
  readonly type: string | null;
  /** Source text of the initializer, up to the end of its first line; '' = none. */
  readonly initializer: string;
  readonly valueStart: number | null;
  readonly offset: number;
}

const declared = /(?<![\w$.])(?:const|let|var)\s+([\w$]+)\s*!?(?::\s*([^=;\n]+))?(\s*=(?!>)\s*)?/g;

function declarationsIn(text: string): Map<string, Declaration[]> {
  const found = new Map<string, Declaration[]>();
  for (const match of text.matchAll(declared)) {
    const [whole, name = '', type, equals] = match;
    const end = match.index + whole.length;
    const line = text.indexOf('\n', end);
    const declaration: Declaration = {
      type: type?.trim() ?? null,
      initializer: equals === undefined ? '' : text.slice(end, line === -1 ? text.length : line),
      valueStart: equals === undefined ? null : end,
      offset: match.index,
    };
    const known = found.get(name);
    if (known) known.push(declaration);
    else found.set(name, [declaration]);
  }
  return found;
}

export function scopeOf(outline: Outline, facts: FileFacts, lines: LineIndex): Scope {
  const { text } = outline;
  let declarations: ReadonlyMap<string, readonly Declaration[]> | null = null;
  let constants: Map<string, string> | null = null;

  const declarationsOf = (name: string): readonly Declaration[] => {
    declarations ??= declarationsIn(text);
    return declarations.get(name) ?? [];
  };

  const enclosing = (offset: number): Set<number | null> => {
    const ids = new Set<number | null>([null]);
    for (let id = functionAt(outline, offset); id !== null; id = outline.functions[id]?.parent ?? null) ids.add(id);
    return ids;
  };

  const declaration = (name: string, offset: number): Declaration | null => {
    const candidates = declarationsOf(name);
    if (candidates.length === 0) return null;
    const visible = enclosing(offset);
    const inScope = candidates.filter((candidate) => visible.has(functionAt(outline, candidate.offset)));
    return inScope.findLast((candidate) => candidate.offset < offset) ?? inScope[0] ?? null;
  };

  const nodeAt = (start: number): Syn => {
    let at = start;
    while (isSpace(text.charCodeAt(at))) at++;
    let node = outline.root.descendantForIndex(at, at + 1);
    // The smallest node starts here; the expression is the largest that does.
    for (let parent = node.parent; parent?.startIndex === at; parent = parent.parent) node = parent;
    return new Syn(node);
  };

  return {
    outline,
    facts,
    lines,
    text,
    constantOf(name) {
      if (!constants) {
        constants = new Map();
        for (const match of text.matchAll(
          /(?:^|[\n;{}])\s*(?:export\s+)?const\s+([\w$]+)\s*(?::\s*string\s*)?=\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)")\s*(?:as const\s*)?(?=[;\n])/g,
        ))
          constants.set(match[1] ?? '', match[2] ?? match[3] ?? '');
        for (const match of text.matchAll(/\bconst\s+([\w$]+)\s*=\s*`([^`$]*)`/g))
          constants.set(match[1] ?? '', match[2] ?? '');
      }
      return constants.get(name) ?? null;
    },
    declaration,
    parameter(name, offset) {
      for (let id = functionAt(outline, offset); id !== null; id = outline.functions[id]?.parent ?? null) {
        const index = outline.functions[id]?.parameters.findIndex((parameter) => parameter.name === name) ?? -1;
        if (index !== -1) return { type: outline.functions[id]?.parameters[index]?.type ?? null, function: id, index };
      }
      return null;
    },
    classAt(offset) {
      return outline.classes.findLast(({ start, end }) => start <= offset && offset < end)?.name ?? null;
    },
    literal(node) {
      const inner = unwrap(node);
      if (inner.type !== 'identifier' && inner.type !== 'shorthand_property_identifier') return inner;
      const declared = declaration(text.slice(inner.start, inner.end), inner.start);
      const value = declared?.valueStart === null || declared === null ? null : nodeAt(declared.valueStart);
      return value ? unwrap(value) : inner;
    },
  };
}
