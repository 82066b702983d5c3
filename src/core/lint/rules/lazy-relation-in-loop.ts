import { loadWithRows } from '../fixes/loadWithRows.ts';
import { rowsOf } from '../code/rows.ts';
import type { Rows } from '../code/rows.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import type { CodeContext, FileRule } from '../rule.ts';

export const lazyRelationInLoop: FileRule = {
  id: 'lazy-relation-in-loop',
  code: 'NP001',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports a lazy relation that is read for each row of a query which did not load it (N+1).',
    why: 'A lazy relation that is not loaded yet costs a query when it is read. In a loop that is one query per row, and nothing in the code looks like one.',
    fix: 'Load the relation with the query that reads the rows: `relations: { handled: true }` or `leftJoinAndSelect`. The quick fix does so where the query stands as a whole in one place.',
    bad: [
      example(
        'Each `await customer.handled` is a query.',
        `  async report() {
    const customers = await this.customers.find();
    for (const customer of customers) {
      const handled = await customer.handled;
      console.log(customer.name, handled.length);
    }
  }`,
      ),
    ],
    good: [
      example(
        'The relation is loaded with the rows.',
        `  async report() {
    const customers = await this.customers.find({ relations: { handled: true } });
    for (const customer of customers) {
      const handled = await customer.handled;
      console.log(customer.name, handled.length);
    }
  }`,
      ),
      example(
        'A relation that is not lazy costs no query, whether it is there or not.',
        `  async report() {
    const customers = await this.customers.find();
    for (const customer of customers) console.log(customer.orders?.length);
  }`,
      ),
    ],
    references: [
      { title: 'TypeORM: eager and lazy relations', url: 'https://typeorm.io/docs/relations/eager-and-lazy-relations' },
    ],
  },
  check(file, context, report) {
    // Once it is read the row has it: of one loop the first place tells all.
    const told = new Set<string>();
    for (const access of file.accesses) {
      const [element = '', property = ''] = access.path.replace(/[!?]/gu, '').split('.');
      for (let id = access.loop; id !== null; id = file.loops[id]?.parent ?? null) {
        const loop = file.loops[id];
        if (!loop?.variables.includes(element)) continue;
        const rows = rowsOf(file, loop, context);
        const relation = rows?.table?.relations.find((each) => each.property === property);
        if (!rows || relation?.fetch !== 'lazy' || isTold(file, id, `${element}.${property}`)) break;
        const loaded = isLoaded(file, loop, rows, property, context);
        if (loaded === true || told.has(`${id} ${element}.${property}`)) break;
        told.add(`${id} ${element}.${property}`);
        report({
          message: `Each ${element}.${property} is a query: ${rows.table?.name ?? 'the rows'} were read without ${property} (N+1)`,
          at: access.at,
          table: rows.table?.name ?? null,
          severity: access.awaited && rows.query !== null && loaded === false ? 'warning' : 'info',
          evidence: [
            rows.evidence,
            { message: `${property} is loaded when it is read.`, at: relation.at },
            { message: `The ${loop.kind} loop begins here.`, at: loop.at },
          ],
          fixes: loadWithRows(rows, relation, file, context),
        });
        break;
      }
    }
  },
};

/** A query of its own reads through the relation: that is what the rule on queries tells. */
function isTold(file: FileFacts, loop: number, path: string): boolean {
  return file.queries.some(({ through, loop: id }) => {
    if (through !== path) return false;
    for (let at = id; at !== null; at = file.loops[at]?.parent ?? null) if (at === loop) return true;
    return false;
  });
}

/** Whether the rows have the relation already; null = whoever read the row that they belong to may have loaded it too. */
function isLoaded(
  file: FileFacts,
  loop: Loop,
  { query }: Rows,
  property: string,
  context: CodeContext,
): boolean | null {
  // Rows just made are made of what they refer to.
  if (query?.operation === 'insert') return true;
  const loads = (of: Query | null | undefined, path: string): boolean =>
    of?.loads.some((load) => load.path === path || load.path.startsWith(`${path}.`)) ?? false;
  if (loads(query, property)) return true;
  const [owner, relation] = query?.through?.split('.') ?? [];
  if (owner === undefined || relation === undefined) return false;
  for (let id = loop.parent; id !== null; id = file.loops[id]?.parent ?? null) {
    const outer = file.loops[id];
    if (!outer?.variables.includes(owner)) continue;
    const rows = rowsOf(file, outer, context);
    return rows?.query ? loads(rows.query, `${relation}.${property}`) : null;
  }
  return null;
}
