import type { Table } from '../../schema/model.ts';
import type { GenerateRequest } from '../generator.ts';

/** Tables by the names of a request: entity first, then physical name; without names all that an entity stands for. */
export function tablesAsked({
  schema,
  entities,
}: GenerateRequest): { readonly tables: readonly Table[]; readonly named: boolean } | { readonly reason: string } {
  if (entities.length === 0) return { tables: schema.tables.filter(({ entity }) => entity !== null), named: false };
  const tables: Table[] = [];
  for (const name of new Set(entities)) {
    const table = find(schema.tables, name);
    if (!table) return { reason: `There is no entity "${name}"${suggestion(schema.tables, name)}.` };
    if (!tables.includes(table)) tables.push(table);
  }
  return { tables, named: true };
}

function find(tables: readonly Table[], name: string): Table | undefined {
  const lower = name.toLowerCase();
  return (
    tables.find(({ entity }) => entity === name) ??
    tables.find((table) => table.name === name || `${table.namespace ?? ''}.${table.name}` === name) ??
    tables.find(({ entity }) => entity?.toLowerCase() === lower) ??
    tables.find((table) => table.inheritance?.children.some(({ entity }) => entity === name))
  );
}

const maxShown = 12;

function suggestion(tables: readonly Table[], name: string): string {
  const names = tables.flatMap(({ entity }) => entity ?? []);
  const alike = names.filter((each) => each.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)));
  const shown = alike.length > 0 ? alike : names;
  if (shown.length === 0) return ': no entities were found';
  return `: there ${shown.length === 1 ? 'is' : 'are'} ${shown.slice(0, maxShown).join(', ')}${shown.length > maxShown ? ', …' : ''}`;
}
