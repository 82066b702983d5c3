/** Where Django's queries start: managers of models, and related managers of rows. */
import type { FileFacts } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import type { PyChain } from '../shared/python/chains.ts';
import { isQueryMethod, readManagerQueries } from '../shared/python/managerQueries.ts';
import type { Start } from '../shared/python/managerQueries.ts';

const queries =
  /\.objects\b|\.(?:filter|exclude|get_or_create|update_or_create|select_related|prefetch_related|bulk_create|order_by|values_list)\(|\.execute\(|_set\.\w+\(|\.all\(\)|\.raw\(/;

export function mayHoldQueries(text: string): boolean {
  return queries.test(text);
}

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  return readManagerQueries(file, facts, { start });
}

/** `Order.objects.filter(…)`, `models.Order._default_manager.get(…)`, `order.items.all()`. */
function start({ rootName, links }: PyChain): Start | null {
  if (rootName === null) return null;
  const manager = links.findIndex(({ kind, name }, at) => kind === 'call' && at > 0 && isQueryMethod(name));
  if (manager === -1) return null;
  const names = [rootName, ...links.slice(0, manager).map(({ name }) => name)];
  if (links.slice(0, manager).some(({ kind }) => kind !== 'name')) return null;
  const model = names.at(-2) ?? '';
  if (/^[A-Z][a-z]\w*$|^[A-Z]{2,}[a-z]\w*$/.test(model) && isManager(names.at(-1) ?? ''))
    return { entity: model, receiver: null, first: manager };
  // A module or a constant is no row.
  if (names.length < 2 || /^[A-Z]/.test(names.at(-1) ?? '')) return null;
  return { entity: null, receiver: names.join('.').replace(/^(?:self|cls)\./, 'this.'), first: manager };
}

function isManager(name: string): boolean {
  return /^(?:objects|_default_manager|_base_manager|all_objects|\w*_objects|objects_\w+|published|active|live|available|manager)$/.test(
    name,
  );
}
