import { accessPaths } from '../../dialects/indexCoverage.ts';
import type { FileFacts, Query } from '../../schema/code.ts';
import type { Column, Table } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { namedFunction, queriesCalled } from '../code/calls.ts';
import { columnNamed, columnsMeant } from '../findColumn.ts';
import type { CodeContext, FileRule, RuleExample } from '../rule.ts';
import { columnList } from '../wording.ts';

const example = (note: string, decorator: string): RuleExample => ({
  files: {
    'members.service.ts': `import { Repository } from 'typeorm';
import { Member } from './member.entity';

export class MembersService {
  constructor(private readonly members: Repository<Member>) {}

  async register(email: string, name: string) {
    const taken = await this.members.findOneBy({ email });
    if (taken) throw new Error('This address is taken.');
    return this.members.save({ email, name });
  }
}
`,
    'member.entity.ts': `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('members')
export class Member {
  @PrimaryGeneratedColumn()
  id: number;

${decorator}  @Column()
  email: string;

  @Column()
  name: string;
}
`,
  },
  dialect: 'postgresql',
  note,
});

export const codeEnforcedUniqueness: FileRule = {
  id: 'code-enforced-uniqueness',
  code: 'SCH005',
  severity: 'warning',
  on: 'file',
  docs: {
    what: 'Reports code that looks whether a value is taken before it inserts a row, while no unique index keeps the value unique.',
    why: 'Two requests at the same time both find nothing and both insert: only the database can decide which came first.',
    fix: 'Add a unique constraint or index on the columns, and turn its violation into the answer that the look-up gave.',
    bad: [example('Two registrations at once get in.', '')],
    good: [example('The database keeps the address unique.', '  @Index({ unique: true })\n')],
    references: [
      {
        title: 'Bailis et al., Feral concurrency control (SIGMOD 2015)',
        url: 'https://doi.org/10.1145/2723372.2737784',
      },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    // A look-up that nothing inserts after need not be known.
    const looks = file.queries.some(isInsert) ? [...file.queries, ...queriesCalled(file, context)] : [];
    for (const look of looks) {
      const found = unguarded(look, file, context);
      if (!found) continue;
      const { table, columns, insert } = found;
      report({
        message: `${table.name} is searched by ${columnList(columns)} before a row is inserted, but nothing keeps ${columns.length === 1 ? 'it' : 'them'} unique: two requests at once both insert`,
        at: look.at,
        table: table.name,
        evidence: [
          { message: `${insert.api} inserts the row.`, at: insert.at },
          { message: `No key or unique index lies within ${columnList(columns)}.`, at: table.at },
        ],
        fixes: [],
      });
    }
  },
};

interface Found {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly insert: Query;
}

function unguarded(look: Query, file: FileFacts, context: CodeContext): Found | null {
  if (look.table === null || !isLookUp(look)) return null;
  const table = context.table(look.table, look.namespace);
  const own = namedFunction(file, look.function)?.id;
  if (!table || (table.kind !== 'table' && table.kind !== 'collection') || own === undefined) return null;
  // What else makes the table makes its keys too.
  if (!table.managed && table.indexes.every(({ origin }) => origin === 'engine')) return null;
  const columns = columnsOf(look, table);
  if (columns === null || columns.length === 0 || isUnique(columns, table)) return null;
  // What is found by a foreign key alone is a row's children: any number of them is right.
  if (columns.every((name) => table.foreignKeys.some((key) => key.columns.includes(name)))) return null;
  // What is searched together with its state is one of several in the course of time.
  if (columns.some((name) => isState(columnNamed(table, name)))) return null;
  const within = file.queries.filter((query) => namedFunction(file, query.function)?.id === own);
  const insert = within.find(
    (query) =>
      isInsert(query) &&
      query.table === look.table &&
      query.at.line > look.at.line &&
      !mentions(query, look.result) &&
      !within.some((read) => isRead(read, query)),
  );
  return insert ? { table, columns, insert } : null;
}

/** What is saved is a row that the function has read, by another look-up than the one for the value. */
function isRead({ operation, table, result, at }: Query, save: Query): boolean {
  return (
    save.api === 'save' &&
    operation === 'select' &&
    table === save.table &&
    at.line < save.at.line &&
    result !== null &&
    save.uses.includes(result)
  );
}

function isInsert({ operation, api }: Query): boolean {
  return operation === 'insert' || (operation === 'upsert' && api === 'save');
}

/** One row by values that callers give: no order, no list, no constants that only describe a state. */
function isLookUp({ operation, rows, complete, filters, sorts, limit, groups, lock, sql }: Query): boolean {
  return (
    (operation === 'exists' || operation === 'count' || (operation === 'select' && rows === 'one')) &&
    complete &&
    sql === null &&
    lock === null &&
    sorts.length === 0 &&
    groups.length === 0 &&
    (limit === null || (rows === 'one' && limit.value === 1)) &&
    filters.length > 0 &&
    filters.every(({ comparison, orGroup, constant }) => comparison === 'eq' && orGroup === 0 && !constant)
  );
}

function columnsOf(query: Query, table: Table): readonly string[] | null {
  // Rows that are reached from another one have its key: `project.versions.filter(slug=slug)`.
  const relation = query.through?.split('.').at(-1);
  const backs = relation === undefined ? [] : table.relations.filter(({ inverse }) => inverse === relation);
  if (relation !== undefined && backs.length !== 1) return null;
  const columns = backs.flatMap((back) => back.columns);
  if (relation !== undefined && columns.length === 0) return null;
  for (const filter of query.filters) {
    const meant = columnsMeant(filter, table);
    if (meant === null) return null;
    columns.push(...meant);
  }
  return columns;
}

/** A key within the columns keeps them unique, and so does a partial unique index for the rows it is about. */
function isUnique(columns: readonly string[], table: Table): boolean {
  return (
    accessPaths(table).some(
      ({ kind, columns: key, index }) =>
        key.length > 0 && (kind !== 'index' || index?.unique === true) && key.every((name) => columns.includes(name)),
    ) || table.indexes.some(({ unique, expression }) => unique && expression !== null)
  );
}

/** `save(found)` changes the row that was found. */
function mentions({ uses, api }: Query, name: string | null): boolean {
  if (name !== null && uses.some((used) => used === name || used.startsWith(`${name}.`))) return true;
  // `const updated = Object.assign(found, data)`: what is copied into the row is no call that is known.
  return api === 'save' && uses.length === 1 && changed.test(uses[0] ?? '');
}

const changed = /^(?:updated?|merged?|edited|patched|changed|existing|current)(?:[A-Z]\w*)?$/u;

function isState(column: Column | undefined): boolean {
  const last = column ? wordsOf(column.property ?? column.name).at(-1) : undefined;
  return last !== undefined && ['status', 'state', 'active', 'enabled', 'phase', 'stage'].includes(last);
}
