/** Where Tortoise's queries start: class methods of models, and related managers of rows. */
import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import type { PyChain } from '../shared/python/chains.ts';
import { uncertainModel } from '../shared/python/linkManagerQueries.ts';
import { isQueryMethod, readManagerQueries } from '../shared/python/managerQueries.ts';
import type { Start } from '../shared/python/managerQueries.ts';

const queries =
  /\.(?:filter|exclude|get|get_or_none|get_or_create|update_or_create|first|all|create|bulk_create|bulk_update|count|exists|prefetch_related|select_related|execute_query|execute_query_dict|execute_script|raw)\(/;

/** Only in projects of Tortoise such calls are its own: its models decide when linking. */
export function mayHoldQueries(text: string): boolean {
  return queries.test(text) && /\bawait\b|\basync\b/.test(text);
}

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  return readManagerQueries(file, facts, { start });
}

/** `Order.filter(…)`, `models.Order.get(…)`, `order.items.all()`. */
function start({ rootName, links }: PyChain): Start | null {
  if (rootName === null) return null;
  const first = links.findIndex(({ kind, name }) => kind === 'call' && isQueryMethod(name));
  if (first === -1 || links.slice(0, first).some(({ kind }) => kind !== 'name')) return null;
  const names = [rootName, ...links.slice(0, first).map(({ name }) => name)];
  const last = names.at(-1) ?? '';
  if (/^[A-Z][A-Za-z]*[a-z]\w*$/.test(last)) return { entity: last, receiver: uncertainModel, first };
  if (names.length < 2 || /^[A-Z]/.test(last)) return null;
  return { entity: null, receiver: names.join('.').replace(/^(?:self|cls)\./, 'this.'), first };
}
