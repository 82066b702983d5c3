/** Which of the structures that a field of business expects a database has. */
import type { Table } from '../../schema/model.ts';
import type { Domain, ExpectedStructure } from './domain.ts';
import { domains } from './registry.ts';

export interface DomainStructures {
  readonly domain: Pick<Domain, 'id' | 'label'>;
  readonly found: readonly { readonly structure: ExpectedStructure; readonly table: Table }[];
  readonly missing: readonly ExpectedStructure[];
}

/** Fewer tables than these say nothing: the database may lie elsewhere, or be begun only. */
const fewest = 4;

/**
 * Of each of the fields that expects anything, in the order of `ids`. Nothing where too few tables are known, and nothing of a field of which no structure is there: it is then
 * another part of the business that this database serves.
 */
export function expectedStructures(ids: readonly string[], tables: readonly Table[]): readonly DomainStructures[] {
  const known = tables.filter(({ kind }) => kind !== 'view' && kind !== 'materialized-view');
  if (known.length < fewest) return [];
  return ids.flatMap((id): DomainStructures[] => {
    const domain = domains.find((each) => each.id === id);
    if (!domain?.expects) return [];
    const looked = domain.expects.map((structure) => ({
      structure,
      // A name as it stands says more than the end of one.
      table:
        known.find((table) => stands(structure, table, snake)) ??
        known.find((table) => stands(structure, table, (name) => withoutPrefix(snake(name)))),
    }));
    const found = looked.flatMap(({ structure, table }) => (table ? [{ structure, table }] : []));
    if (found.length === 0) return [];
    return [
      {
        domain: { id, label: domain.label },
        found,
        missing: looked.filter(({ table }) => !table).map(({ structure }) => structure),
      },
    ];
  });
}

function stands(
  { table, column }: ExpectedStructure,
  { name, entity, columns }: Table,
  plain: (name: string) => string,
): boolean {
  if (![name, ...(entity === null ? [] : [entity])].some((each) => table.test(plain(each)))) return false;
  return column === undefined || columns.some((each) => column.test(snake(each.name)));
}

/** `OrderLines` → `order_lines`. */
function snake(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/[-.\s]+/gu, '_')
    .toLowerCase();
}

/** `shop_orders` of an application, `t_order`, `tbl_orders`, `oc_order`. */
function withoutPrefix(name: string): string {
  return name.replace(/^[a-z]{1,12}_(?=[a-z])/u, '');
}
