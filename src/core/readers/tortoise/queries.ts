/** Where Tortoise's queries start: class methods of models, and related managers of rows. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { chainsOf } from '../shared/python/chains.ts';
import type { PyChain } from '../shared/python/chains.ts';
import { uncertainModel } from '../shared/python/linkManagerQueries.ts';
import { finished, isQueryMethod, readManagerQueries } from '../shared/python/managerQueries.ts';
import type { Start } from '../shared/python/managerQueries.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';

const queries =
  /\.(?:filter|exclude|get|get_or_none|get_or_create|update_or_create|first|all|create|bulk_create|bulk_update|count|exists|prefetch_related|select_related|fetch_related|execute_query|execute_query_dict|execute_script|raw)\(/;

/** `await Order.filter(…)`: no other library need be named by the file. */
const ofModels =
  /\bawait\s+[A-Z]\w*\.(?:filter|exclude|get|get_or_none|get_or_create|update_or_create|first|all|create|bulk_create|bulk_update)\(/;

export function asksModels(text: string): boolean {
  return ofModels.test(text);
}

/** Only in projects of Tortoise such calls are its own: its models decide when linking. */
export function mayHoldQueries(text: string): boolean {
  return queries.test(text) && /\bawait\b|\basync\b/.test(text);
}

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const read = readManagerQueries(file, facts, { start });
  const fetched = readFetches(file);
  return fetched.length === 0 ? read : { ...read, queries: [...read.queries, ...fetched] };
}

/** `await player.fetch_related("fees")` reads what belongs to the one row. */
function readFetches(file: SourceFile): readonly Query[] {
  if (!file.text.includes('.fetch_related(')) return [];
  const outline = pythonOutline(file.parsed());
  const source = { text: file.text, lines: file.lines };
  return chainsOf(outline).flatMap(({ chain, span }) => {
    const at = chain.links.findIndex(({ kind, name }) => kind === 'call' && name === 'fetch_related');
    const link = chain.links[at];
    const [relation] = link?.args ?? [];
    const property = relation ? /^["'](\w+)["']$/.exec(textOf(relation, file.text) ?? '')?.[1] : undefined;
    if (
      chain.rootName === null ||
      property === undefined ||
      chain.links.slice(0, at).some(({ kind }) => kind !== 'name')
    )
      return [];
    const draft = newDraft('fetch_related', 'select', 'many');
    const row = [chain.rootName, ...chain.links.slice(0, at).map(({ name }) => name)].join('.');
    draft.receiver = `${row.replace(/^(?:self|cls)\b/, 'this')}.${property}`;
    return [finished(draft, chain, span, outline, source)];
  });
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
