/** Queries of MikroORM: `find(Order, where, { orderBy })`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { setPairs } from '../shared/callOptions.ts';
import { chainAt } from '../shared/code/chain.ts';
import { addItem, addOption, hasSpread } from '../shared/code/options.ts';
import { refuse } from '../shared/refusals.ts';
import { quoted, styleOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const mikroOrmQueries: CodeWriters = { orderQuery };

function orderQuery(change: CodeChangeOf<'orderQuery'>, file: SourceFile): WriteResult {
  const finder = chainAt(file, change.at)?.links.at(-1);
  if (!finder || !/^(?:find|findAll|findAndCount)$/u.test(finder.name))
    return refuse(`The query was not found in ${file.path}.`);
  const style = styleOf(file.text);
  const direction = quoted(change.descending ? 'desc' : 'asc', style);
  const ofManager = /^[A-Z]/u.test(finder.arguments[0]?.text ?? '');
  const place = (finder.name === 'findAll' ? 0 : 1) + (ofManager ? 1 : 0);
  const pairs = change.properties.map((property) => [property, direction] as const);
  const value = `{ ${pairs.map(([key, written]) => `${key}: ${written}`).join(', ')} }`;
  return addOption(file, finder, place, { key: 'orderBy', value }, (given) => {
    if (given.type === 'array') return addItem(file, given, value);
    return given.type === 'object' && !hasSpread(given) ? setPairs(file, given, Object.fromEntries(pairs)) : null;
  });
}
