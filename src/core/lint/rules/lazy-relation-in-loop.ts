import { loadWithRows } from '../fixes/loadWithRows.ts';
import { isByHand, isOfPast } from '../code/fewElements.ts';
import { isLoaded } from '../code/loaded.ts';
import { rowsOf } from '../code/rows.ts';
import { isInLoop } from '../code/within.ts';
import { loopsGiven } from '../code/rowsGiven.ts';
import type { Rows } from '../code/rows.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import { groupBy } from '../../schema/groupBy.ts';
import type { FileFacts, Loop } from '../../schema/code.ts';
import type { CodeContext, FileRule, Report } from '../rule.ts';
import type { Relation, Table } from '../../schema/model.ts';
import { isLoadedByBase, readsByFunctions } from '../code/handedOn.ts';
import type { ReadOfRow } from '../code/handedOn.ts';

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
    if (isByHand(file) || isOfPast(file, context)) return;
    const found: Found[] = [];
    for (const [id, loop] of file.loops.entries()) {
      const rows = rowsOf(file, loop, context);
      if (!rows?.table || isLoadedByBase(file, loop, context)) continue;
      // Once it is read the row has it: of one loop the first place tells all.
      const told = new Set<string>();
      for (const element of loop.variables)
        for (const read of readsOf(file, id, element, rows.table, context)) {
          const unloaded = firstUnloaded(read.path, rows, rows.table, { file, loop, context });
          const path = `${element}.${unloaded?.path ?? ''}`;
          if (!unloaded || told.has(path) || isTold(file, loop, path)) continue;
          // Functions have other callers as well: only what is certain is told of them.
          if (read.chain.length > 0 && (unloaded.loaded !== false || rows.query === null)) continue;
          told.add(path);
          found.push({ path, unloaded, read, loop, rows });
        }
    }
    for (const { place, id, loop, rows, at, chain } of loopsGiven(file, context)) {
      if (!rows.table) continue;
      for (const element of loop.variables)
        for (const read of readsOf(place, id, element, rows.table, context)) {
          const unloaded = firstUnloaded(read.path, rows, rows.table, { file: place, loop, context });
          if (unloaded?.loaded !== false) continue;
          const seen = { message: `${element}.${read.path} is read there.`, at: read.at };
          const way = { ...read, at, chain: [...chain, seen, ...read.chain] };
          found.push({ path: `${element}.${unloaded.path}`, unloaded, read: way, loop, rows });
        }
    }
    // What one loop reads, or one call leads to, is one thing to mend.
    const places = groupBy(found, ({ loop, path, read: { at, chain } }) =>
      chain.length > 0 ? `${at.line} ${at.column}` : `${file.loops.indexOf(loop)} ${path.replace(/\..*$/u, '')}`,
    );
    for (const all of places.values()) {
      const [first] = all;
      if (first) report(reportOn(first, new Set(all.map(({ unloaded }) => unloaded.path)), { file, context }));
    }
  },
};

/** A relation that a loop reads without having it. */
interface Found {
  /** From the name of the element: `order.customer`. */
  readonly path: string;
  readonly unloaded: Unloaded;
  readonly read: ReadOfRow & { readonly awaited?: boolean };
  readonly loop: Loop;
  readonly rows: Rows;
}

interface Unloaded {
  /** From the row: `customer`, `customer.address`. */
  readonly path: string;
  readonly relation: Relation;
  /** False = it is not there; null = whoever read the row may have loaded it. */
  readonly loaded: false | null;
}

interface Place {
  readonly file: FileFacts;
  readonly loop: Loop;
  readonly context: CodeContext;
}

/** What the loop reads of its element itself, then what functions read that it hands it to. */
function readsOf(
  file: FileFacts,
  id: number,
  element: string,
  table: Table,
  context: CodeContext,
): readonly (ReadOfRow & { readonly awaited?: boolean })[] {
  const own = file.accesses.flatMap(({ path, awaited, loop, at }) => {
    const [first = '', ...rest] = path.replace(/[!?]/gu, '').split('.');
    return first === element && nearestOf(file, loop, element) === id
      ? [{ path: rest.join('.'), at, chain: [], awaited }]
      : [];
  });
  return [...own, ...readsByFunctions(file, id, element, table, context)];
}

/** The innermost loop that binds the name. */
function nearestOf(file: FileFacts, loop: number | null, element: string): number | null {
  for (let id = loop; id !== null; id = file.loops[id]?.parent ?? null)
    if (file.loops[id]?.variables.includes(element)) return id;
  return null;
}

/** The first relation on the path that costs a query. */
function firstUnloaded(path: string, rows: Rows, root: Table, { file, loop, context }: Place): Unloaded | null {
  const names = path.split('.');
  let table: Table | undefined = root;
  for (const [at, name] of names.entries()) {
    const relation: Relation | undefined = table?.relations.find(({ property }) => property === name);
    if (!relation) return null;
    const steps = names.slice(0, at + 1).join('.');
    const next = context.table(relation.target, relation.targetNamespace);
    if (relation.proxied === true && isKey(names[at + 1], next)) return null;
    if (relation.fetch === 'lazy') {
      const loaded = isLoaded(file, loop, rows, steps, context);
      if (loaded !== true) return { path: steps, relation, loaded };
    }
    table = next;
  }
  return null;
}

function isKey(name: string | undefined, table: Table | undefined): boolean {
  return table?.columns.some((each) => each.property === name && table.primaryKey.includes(each.name)) ?? false;
}

/** `paths` are those of all relations that are read at the place. */
function reportOn(
  { path, unloaded: { relation, loaded }, read: { at, chain, awaited = true }, loop, rows }: Found,
  paths: ReadonlySet<string>,
  { file, context }: Omit<Place, 'loop'>,
): Report {
  const [property = '', ...more] = paths;
  const others =
    more.length === 0 ? '' : ` and ${more.length === 1 ? (more[0] ?? '') : `${more.length} more relations`}`;
  return {
    message: `Each ${path} is a query: ${rows.table?.name ?? 'the rows'} were read without ${property}${others} (N+1)`,
    at,
    table: rows.table?.name ?? null,
    severity: awaited && rows.query !== null && loaded === false ? 'warning' : 'info',
    evidence: [
      rows.evidence,
      ...chain,
      { message: `${relation.property} is loaded when it is read.`, at: relation.at },
      ...(more.length > 1 ? [{ message: `The others are ${more.join(', ')}.`, at: null }] : []),
      { message: `The ${loop.kind} loop begins here.`, at: loop.at },
    ],
    fixes: property.includes('.') ? [] : loadWithRows(rows, relation, file, context),
  };
}

/** A query of its own reads through the relation: that is what the rule on queries tells. */
function isTold(file: FileFacts, loop: Loop, path: string): boolean {
  return file.queries.some(({ through, loop: id }) => through === path && isInLoop(file, id, loop));
}
