/** How findings name things, so that all rules speak alike. */
import type { AccessPath, Obstacle } from '../dialects/indexCoverage.ts';
import type { Table } from '../schema/model.ts';
import { singular, wordsOf } from '../schema/words.ts';

/** `customer_id`, `(tenant_id, customer_id)`. */
export function columnList(columns: readonly string[]): string {
  return columns.length === 1 ? (columns[0] ?? '') : `(${columns.join(', ')})`;
}

/** `an Order`, `a Customer`; `a row of order_tags` where no entity stands for the table, or its name says many (`bookmarks`). */
export function rowOf(table: Table): string {
  if (table.entity === null || isPlural(table.entity)) return `a row of ${table.name}`;
  return `${/^[aeiou]/iu.test(table.entity) && !/^(uni|use|us[aeiou]|eu|one)/iu.test(table.entity) ? 'an' : 'a'} ${table.entity}`;
}

function isPlural(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return singular(last) !== last;
}

/** `one query looks`, `3 queries look`. */
export function count(number: number, one: string, many: string): string {
  return number === 1 ? `one ${one}` : `${number} ${many}`;
}

/** `index "idx_orders_status" (status, customer_id)`, `primary key (a, b)`. */
export function describePath({ kind, name, columns, index }: AccessPath): string {
  const on = index?.expression == null ? `(${columns.join(', ')})` : `(${index.expression})`;
  return `${kind}${name === null ? '' : ` "${name}"`} ${on}`;
}

/** Why it does not serve the columns, continuing a sentence whose subject is the access path. */
export function describeObstacle(obstacle: Obstacle, columns: readonly string[]): string {
  const wanted = columnList(columns);
  switch (obstacle.kind) {
    case 'columns-not-leading':
      return `does not begin with ${wanted}, so it cannot be searched by ${columns.length === 1 ? 'it' : 'them'} alone`;
    case 'column-missing':
      return `does not hold all of ${wanted}`;
    case 'partial':
      return `holds only the rows where ${obstacle.where}`;
    case 'expression':
      return `indexes the expression ${obstacle.expression}, not the plain ${columns.length === 1 ? 'column' : 'columns'}`;
    case 'method':
      return `uses ${obstacle.method}, which does not serve look-ups by equality of ${wanted}`;
  }
}

/** Last of the evidence where a list is cut: `3 more queries do so.` */
export function andMore(
  number: number,
  one: string,
  many: string,
): readonly { readonly message: string; readonly at: null }[] {
  return number > 0 ? [{ message: `${count(number, one, many)}.`, at: null }] : [];
}
