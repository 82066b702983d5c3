import type { Change } from '../../schema/change.ts';

/** A name for a migration as a class has it, from what it does: `AddNoteToOrders`, `CreateInvoices`, `ChangeOrders`, `ChangeSchema`. */
export function suggestName(changes: readonly Change[]): string {
  const created = changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : []));
  const tables = new Set(
    changes.flatMap((change) =>
      'namespace' in change ? [change.table] : 'table' in change ? [change.table.name] : [],
    ),
  );
  const [first] = changes;
  const [owner] = tables;
  if (tables.size > 1 || !first || owner === undefined) {
    const all = created.length === tables.size && created.length > 0 && created.length <= 2;
    return all ? `Create${created.map(pascal).join('And')}` : 'ChangeSchema';
  }
  const table = pascal(owner);
  const significant = changes.filter(({ kind }) => !/Index$|ForeignKey$|Check$|Unique$|Enum$/.test(kind));
  const [only = first, ...others] = significant.length > 0 ? significant : changes;
  if (others.length > 0) return created.length === 1 ? `Create${table}` : `Change${table}`;
  switch (only.kind) {
    case 'createTable':
      return `Create${table}`;
    case 'dropTable':
      return `Drop${table}`;
    case 'renameTable':
      return `Rename${table}To${pascal(only.to)}`;
    case 'addColumn':
      return `Add${pascal(only.column.name)}To${table}`;
    case 'dropColumn':
      return `Drop${pascal(only.column.name)}From${table}`;
    case 'renameColumn':
      return `Rename${pascal(only.from)}To${pascal(only.to)}`;
    case 'alterColumn':
      return `Change${pascal(only.to.name)}Of${table}`;
    case 'addIndex':
      return `Index${table}`;
    default:
      return `Change${table}`;
  }
}

/** `order_lines` → `OrderLines`; what no class name may hold goes. */
function pascal(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Z]/.test(joined) ? joined : `Table${joined}`;
}
