/** Options of finders in JavaScript: `find({ where, order })`, `findMany({ orderBy })`, `findAll({ include })`. */
import type { TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { WriteResult } from '../../writer.ts';
import { pairOf, setPairs } from '../callOptions.ts';
import { refuse } from '../refusals.ts';
import { insertAt } from '../indexWriter.ts';
import { partsOf } from '../style.ts';
import type { Link } from './chain.ts';

interface File {
  readonly path: string;
  readonly text: string;
}

/** Nothing may stand in the object that could hold the option out of sight. */
export function hasSpread(object: SyntaxNode): boolean {
  return partsOf(object).some(({ type }) => type === 'spread_element');
}

/** The options that a call is given at a place, `{}` where it is given none; a string says why not. */
export function optionsOf(
  { arguments: given, name }: Link,
  place: number,
): SyntaxNode | 'none' | { readonly reason: string } {
  const options = given[place];
  if (!options)
    return given.length === place ? 'none' : { reason: `${name} is called with other arguments than expected.` };
  if (options.type !== 'object' || hasSpread(options))
    return { reason: `The options of ${name} are made elsewhere: add it there.` };
  return options;
}

/** One more option of a call; `extend` makes of a value that is there already the text to insert, null = it cannot. */
export function addOption(
  file: File,
  link: Link,
  place: number,
  option: { readonly key: string; readonly value: string },
  extend: (value: SyntaxNode) => readonly TextEdit[] | null,
): WriteResult {
  const { key, value } = option;
  const options = optionsOf(link, place);
  if (options === 'none') {
    if (link.list === null) return refuse(`${link.name} is not called.`);
    const end = link.list.endIndex - 1;
    const text = `${place > 0 ? ', ' : ''}{ ${key}: ${value} }`;
    return { ok: true, edits: [insertAt(file.path, end, text)] };
  }
  if ('reason' in options) return refuse(options.reason);
  if (partsOf(options).some((each) => each.type === 'shorthand_property_identifier' && each.text === key))
    return refuse(`${key} of ${link.name} is made elsewhere: add it there.`);
  const pair = pairOf(options, key);
  const given = pair?.childForFieldName('value');
  if (!given) return { ok: true, edits: setPairs(file, options, { [key]: value }) };
  const edits = extend(given);
  return edits ? { ok: true, edits } : refuse(`${key} of ${link.name} is made elsewhere: add it there.`);
}

/** One more item of a literal list, at its end. */
export function addItem({ path, text }: File, list: SyntaxNode, item: string): readonly TextEdit[] {
  const last = partsOf(list).at(-1);
  if (!last) return [insertAt(path, list.startIndex + 1, item)];
  const lead = text.slice(list.startIndex + 1, partsOf(list)[0]?.startIndex ?? 0);
  const separator = lead.includes('\n') ? lead : ' ';
  return [insertAt(path, last.endIndex, `,${separator}${item}`)];
}
