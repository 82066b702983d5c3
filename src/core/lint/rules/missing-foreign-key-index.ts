import { accessPaths, obstacleTo } from '../../dialects/indexCoverage.ts';
import type { AccessPath } from '../../dialects/indexCoverage.ts';
import { engines } from '../../dialects/registry.ts';
import type { Dialect, ForeignKey, PolymorphicKey, Table } from '../../schema/model.ts';
import { isKeyServed } from '../advisor/demands.ts';
import { tenantTable } from '../../profile/domains/structures.ts';
import { columnNamed, keysOf, marksDeleted } from '../findColumn.ts';
import type { Lookup } from '../lookups.ts';
import type { Report, TableRule, TableContext } from '../rule.ts';
import { onTable } from '../tableRules.ts';
import { columnList, count, describeObstacle, describePath, rowOf } from '../wording.ts';
import { bad, good } from './missing-foreign-key-index.examples.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import { singular, wordsOf } from '../../schema/words.ts';

export const missingForeignKeyIndex: TableRule = {
  id: 'missing-foreign-key-index',
  code: 'IDX001',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports a foreign key, or the two columns of a generic reference, that no primary key, unique constraint or index leads with.',
    why:
      'Deleting or re-keying a referenced row makes the database look for the rows that refer to it. Without an index it reads the whole ' +
      'referencing table, once per deleted row, and holds its locks meanwhile; queries and joins by the key pay the same. ' +
      'MySQL and MariaDB create the index by themselves; PostgreSQL, SQLite, SQL Server, Oracle and CockroachDB do not.',
    fix:
      'Add an index that begins with the columns of the foreign key; the quick fix writes it into the entity. Create it in a migration as well ' +
      'where the schema is not synchronised: on a busy PostgreSQL table with `CREATE INDEX CONCURRENTLY`, outside a transaction. ' +
      'A table that stays small and whose parents are never deleted can do without: suppress the finding and say why.',
    bad,
    good,
    references: [
      {
        title: 'PostgreSQL: foreign keys and indexes on the referencing columns',
        url: 'https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK',
      },
      {
        title: 'Django: generic relations, with an index on both columns',
        url: 'https://docs.djangoproject.com/en/5.2/ref/contrib/contenttypes/#generic-relations',
      },
      { title: 'SQLite: required and suggested indexes', url: 'https://www.sqlite.org/foreignkeys.html#fk_indexes' },
      {
        title: 'SQL Server: indexes on foreign key constraints',
        url: 'https://learn.microsoft.com/sql/relational-databases/tables/primary-and-foreign-key-constraints#indexes-on-foreign-key-constraints',
      },
      {
        title: 'MySQL: indexes that InnoDB creates for foreign keys',
        url: 'https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html',
      },
    ],
  },
  check: onTable((table, context) => {
    if (table.kind === 'view' || table.kind === 'materialized-view') return [];
    // What else makes the table makes its indexes too.
    if (!table.managed && table.indexes.every(({ origin }) => origin === 'engine')) return [];
    const seen = new Set<string>();
    const reports: Report[] = [];
    for (const key of table.foreignKeys) {
      const columns = JSON.stringify(key.columns);
      if (key.columns.length === 0 || seen.has(columns) || isKeyServed(table, key, context.dialect())) continue;
      seen.add(columns);
      const partly = columnsServed(table, key, context.dialect());
      if (partly.some((name) => namesRowAlone(name, key, context) || namesOwner(name, table, key))) continue;
      const uses = usesOf(table, key, context);
      // Where neither a constraint nor the ORM in its place looks for the rows that refer to one, only queries of the application do.
      const isFollowed = key.enforced || (key.onDelete !== null && key.onDelete !== 'NO ACTION');
      if (uses.length > 0 || (table.kind !== 'collection' && isFollowed))
        reports.push(reportOn(table, key, { uses, partly }, context));
    }
    for (const key of table.polymorphicKeys ?? [])
      if (!isPairServed(table, key, context.dialect())) reports.push(reportOnPair(table, key, context));
    return reports;
  }),
};

/** `created_by`, `disputedByUserId`: who did it is shown beside a row, and rows are seldom looked up by it. */
function namesActor({ columns: tableColumns }: Table, { columns, onDelete, references }: ForeignKey): boolean {
  const [name = '', ...others] = columns;
  const column = tableColumns.find((each) => each.name === name);
  if (others.length > 0 || onDelete === 'CASCADE' || column?.nullable !== true) return false;
  const words = wordsOf(name);
  const at = words.lastIndexOf('by');
  const rest = words.slice(at + 1);
  return (
    at > 0 &&
    rest.every((word) => word === 'id' || word === 'uuid' || persons.has(word)) &&
    persons.has(singular(wordsOf(references.table).at(-1) ?? ''))
  );
}

const persons: ReadonlySet<string> = new Set(['user', 'member', 'person', 'account', 'employee', 'staff', 'admin']);

/** Both columns lead, in any order, or that of the key alone, which leaves few rows to look through. */
function isPairServed(table: Table, { columns }: PolymorphicKey, dialect: Dialect | null): boolean {
  return accessPaths(table).some(
    (path) => obstacleTo(path, columns, dialect) === null || obstacleTo(path, columns.slice(1), dialect) === null,
  );
}

function reportOnPair(table: Table, { property, columns, at }: PolymorphicKey, context: TableContext): Report {
  const uses = context.lookups().filter((lookup) => columns.every((name) => lookup.columns.includes(name)));
  return {
    message: `Generic reference ${property} over ${columnList(columns)} has no index: looking up what belongs to a row reads all rows of ${table.name} that refer to its kind`,
    at,
    table: table.name,
    severity: uses.length > 0 ? 'warning' : 'info',
    evidence: [
      {
        message: `${table.name}(${columns.join(', ')}) refers to rows of any table: state an index on both columns in the Meta of the model.`,
        at,
      },
      ...uses.slice(0, shownUses).map(describeUse),
    ],
    fixes: [],
  };
}

interface Found {
  readonly uses: readonly Lookup[];
  /** What `columnsServed` tells of the key. */
  readonly partly: readonly string[];
}

function reportOn(table: Table, key: ForeignKey, { uses, partly }: Found, context: TableContext): Report {
  const dialect = context.dialect();
  const engine = dialect === null ? null : engines[dialect];
  const target = context.table(key.references.table, key.references.namespace);
  const cascades =
    key.enforced && (key.onDelete === 'CASCADE' || key.onDelete === 'SET NULL' || key.onDelete === 'SET DEFAULT');
  const certain = engine !== null && engine.foreignKeyIndex.value === 'never';
  // Rows that are only marked as deleted are not looked for: nothing cascades from them. Persons are rarely deleted where rows tell who made them.
  const removes = cascades && !(target?.columns.some(marksDeleted) ?? false) && !namesActor(table, key);
  const deleted = target ? rowOf(target) : `a row of ${key.references.table}`;
  const label = `${key.enforced ? 'Foreign key' : 'Reference'} ${columnList(key.columns)} → ${key.references.table}(${key.references.columns.join(', ')})`;
  const consequence = cascades
    ? `deleting ${deleted} scans ${table.name} (ON DELETE ${key.onDelete})`
    : uses.length > 0
      ? `${count(uses.length, 'query looks', 'queries look')} ${table.name} up by it and ${uses.length === 1 ? 'scans' : 'scan'} the table`
      : key.enforced
        ? `deleting ${deleted} scans ${table.name}, and so does every query by ${columnList(key.columns)}`
        : `every query by ${columnList(key.columns)} scans ${table.name}`;
  const index = plainIndex(key.columns, key.at);
  const [part] = partly;
  const missing =
    part === undefined
      ? `has no index: ${consequence}`
      : `is indexed by ${part} only: deleting ${deleted} or looking up by the whole key goes through all rows of ${table.name} with the same ${part}`;
  return {
    message: `${label} ${missing}${certain || !key.enforced ? '' : unknownEngine(engine?.label ?? null)}`,
    at: key.at,
    table: table.name,
    severity: certain && (removes || uses.length > 0) && part === undefined ? 'warning' : 'info',
    evidence: [
      {
        message: `${table.name}(${key.columns.join(', ')}) refers to ${key.references.table}(${key.references.columns.join(', ')})${
          key.enforced ? ` ON DELETE ${key.onDelete ?? 'NO ACTION'}` : ', without a constraint in the database'
        }.`,
        at: key.at,
      },
      ...(certain && key.enforced
        ? [
            {
              message: `${engine.label} creates no index for a foreign key: ${engine.unindexedForeignKeyCost.value}.`,
              at: null,
            },
          ]
        : []),
      closestPath(table, key, dialect),
      ...uses.slice(0, shownUses).map(describeUse),
      ...(uses.length > shownUses
        ? [{ message: `${count(uses.length - shownUses, 'more query does', 'more queries do')} so.`, at: null }]
        : []),
    ],
    fixes: [
      {
        title: `Add an index on ${table.name}(${key.columns.join(', ')})`,
        preferred: true,
        change: { kind: 'addIndex', table: table.name, namespace: table.namespace, index },
        edits: [],
      },
    ],
  };
}

/** Queries that search the table by the key and for which nothing else helps: one that asks for the primary key as well is served. */
function usesOf(table: Table, key: ForeignKey, context: TableContext): readonly Lookup[] {
  const dialect = context.dialect();
  const paths = accessPaths(table);
  const served = (lookup: Lookup): boolean =>
    paths.some((path) => {
      const [leading] = path.columns;
      return leading !== undefined && lookup.columns.includes(leading) && obstacleTo(path, [leading], dialect) === null;
    });
  const queries = new Set<Lookup['query']>();
  return context.lookups().filter((lookup) => {
    if (queries.has(lookup.query) || !key.columns.every((name) => lookup.columns.includes(name)) || served(lookup))
      return false;
    // One index is enough for a query by several references: the first that it names.
    if (!key.enforced && firstKey(table, lookup) !== key.columns[0]) return false;
    queries.add(lookup.query);
    return true;
  });
}

/** The first column of the query that refers to another table. */
function firstKey(table: Table, { columns }: Lookup): string | undefined {
  return columns.find((name) => table.foreignKeys.some((key) => key.columns[0] === name));
}

/** Columns of a composite key by which an index finds rows: those that are left have to be looked through. */
function columnsServed(table: Table, { columns }: ForeignKey, dialect: Dialect | null): readonly string[] {
  if (columns.length < 2) return [];
  const paths = accessPaths(table);
  return columns.filter((name) => paths.some((path) => obstacleTo(path, [name], dialect) === null));
}

/** `ruleId` of `(tenantId, ruleId)`: a key of the other table by itself, or a value made for each of its rows, so that an index on it finds no others. */
function namesRowAlone(name: string, { columns, references }: ForeignKey, context: TableContext): boolean {
  const target = context.table(references.table, references.namespace);
  const meant = references.columns[columns.indexOf(name)];
  if (!target || meant === undefined) return false;
  const generated = columnNamed(target, meant)?.generated?.kind ?? 'stored';
  return (
    keysOf(target).some((key) => key.length === 1 && key[0] === meant) ||
    (generated !== 'stored' && generated !== 'virtual')
  );
}

/** `mapId` of `(parentId, mapId)`: what both rows belong to, whose rows are few, unless it is a customer whom all rows belong to. */
function namesOwner(name: string, table: Table, { columns, references }: ForeignKey): boolean {
  const owner = table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === name)?.references;
  return (
    owner !== undefined &&
    owner.table !== references.table &&
    columns.length === 2 &&
    !tenantTable.test(owner.table) &&
    references.table === table.name
  );
}

/** Queries named one by one in the evidence; more say nothing new. */
const shownUses = 5;

function unknownEngine(label: string | null): string {
  return label === null
    ? ' (unless the database indexes foreign keys by itself, as MySQL does; its engine is not known)'
    : ` (unless ${label} indexes foreign keys by itself, which its manual does not say)`;
}

/** The nearest thing to an index that there is, and why it does not serve. */
function closestPath(table: Table, key: ForeignKey, dialect: Dialect | null): Report['evidence'][number] {
  const [closest] = accessPaths(table)
    .map((path) => ({ path, nearness: nearness(path, key.columns) }))
    .filter(({ nearness }) => nearness > 0)
    .sort((a, b) => b.nearness - a.nearness);
  const obstacle = closest && obstacleTo(closest.path, key.columns, dialect);
  if (!closest || !obstacle)
    return { message: `No key or index of ${table.name} contains ${columnList(key.columns)}.`, at: null };
  return {
    message: `The ${describePath(closest.path)} ${describeObstacle(obstacle, key.columns)}.`,
    at: closest.path.index?.at ?? null,
  };
}

/** Leading columns count double: an index that begins well is nearer than one that only contains the columns. */
function nearness(path: AccessPath, columns: readonly string[]): number {
  const expression = path.index?.expression ?? '';
  const contained = columns.filter((column) => path.columns.includes(column) || expression.includes(column)).length;
  const leading = columns.filter((column) => path.columns.slice(0, columns.length).includes(column)).length;
  return contained + leading * 2;
}

function describeUse({ via, path, columns, api, function: name, at }: Lookup): Report['evidence'][number] {
  const where = name === null ? '' : ` in ${name}`;
  const what =
    via === 'filter'
      ? `filters by ${columns.length > 1 ? columns.join(' and ') : path}`
      : via === 'join'
        ? `joins ${path}`
        : `loads ${path}`;
  return { message: `${api}${where} ${what}.`, at };
}
