/** Loops that read a row by its key in each round: the rows are read before the loop, and found in a map. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { insertAt } from '../indexWriter.ts';
import { refuse } from '../refusals.ts';
import { indentAt } from '../style.ts';
import { chainAt } from './chain.ts';
import type { Chain } from './chain.ts';
import { loopAt, mentions } from './collect.ts';

/** How a row is read by its key, and many by theirs. */
export interface ByKey {
  /** Value of the key: a path that begins at the element. */
  readonly key: SyntaxNode;
  /** What is put before the loop: fills `map` with the rows whose keys are those of the elements. */
  readonly before: (names: { readonly map: string; readonly keys: string }) => string;
  /** What stands in the place of the query. */
  readonly lookUp: (map: string, key: string) => string;
  /** Everything but the key that the query mentions. */
  readonly constant: readonly SyntaxNode[];
  readonly imports?: readonly TextEdit[];
}

/** The keys of all elements, as a list: `orders.map((order) => order.customerId)`. */
export type KeysOf = (iterable: string, element: string, key: string) => string;

export function readAtOnce(
  { at, loop: range, property }: CodeChangeOf<'readAtOnce'>,
  file: SourceFile,
  byKey: (chain: Chain) => ByKey | string,
  keysOf: KeysOf,
): WriteResult {
  const { path, text } = file;
  const chain = chainAt(file, at);
  const loop = loopAt(file, range);
  if (!chain || !loop) return refuse('Only plain loops are rewritten: read the rows at once by hand.');
  const read = byKey(chain);
  if (typeof read === 'string') return refuse(read);
  const { iterable, element, node } = loop;
  if (!/^[\w.$]+$/u.test(iterable.text) || !/^\w+$/u.test(element.text))
    return refuse('What is gone through has no name: read the rows at once by hand.');
  const key = read.key.text;
  if (key !== element.text && !key.startsWith(`${element.text}.`))
    return refuse('The key is not one of the element alone: read the rows at once by hand.');
  if (!/^[\w.]+$/u.test(key)) return refuse('The key is worked out in each round: read the rows at once by hand.');
  if (read.constant.some((each) => mentions(each, loop)))
    return refuse('Each round reads by means of its own: read the rows at once by hand.');
  // What the body gives another value is not the value that the element came with.
  if (new RegExp(`\\b${key.replaceAll('.', '\\.')}\\s*=[^=>]`, 'u').test(loop.body.text))
    return refuse('The key changes in the loop: read the rows at once by hand.');
  const map = nameFor(text, property);
  const keys = keysOf(iterable.text, element.text, key);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = `${read.before({ map, keys })}${eol}${indentAt(text, node.startIndex)}`;
  const parent = chain.node.parent;
  const whole = parent?.type.startsWith('await') === true ? parent : chain.node;
  const lookUp = read.lookUp(map, key);
  const isOperand =
    whole.parent !== null &&
    /^(?:parenthesized_expression|variable_declarator|assignment|assignment_expression|return_statement|equals_value_clause|argument|arguments|argument_list)$/u.test(
      whole.parent.type,
    );
  return {
    ok: true,
    edits: [
      ...(read.imports ?? []),
      insertAt(path, node.startIndex, before),
      {
        file: path,
        start: whole.startIndex,
        end: whole.endIndex,
        newText: isOperand || /^[\w.[\]()]+$/u.test(lookUp) ? lookUp : `(${lookUp})`,
      },
    ],
  };
}

/** `byId`, in the spelling of the property. */
function nameFor(text: string, property: string): string {
  const stem =
    /_|^[a-z]+$/u.test(property) && text.includes('def ')
      ? `by_${property}`
      : `by${property.slice(0, 1).toUpperCase()}${property.slice(1)}`;
  let name = stem;
  for (let number = 2; new RegExp(`\\b${name}\\b`, 'u').test(text); number++) name = `${stem}${number}`;
  return name;
}

/** `orders.map((order) => order.customerId)` of JavaScript. */
export const keysInNode: KeysOf = (iterable, element, key) =>
  key === element ? iterable : `${iterable}.map((${element}) => ${key})`;

/** Of Python, as a list. */
export const keysInPython: KeysOf = (iterable, element, key) =>
  key === element ? iterable : `[${key} for ${element} in ${iterable}]`;
