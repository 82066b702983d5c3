/** What a chain of calls queries: a set of a context, a repository, the context or its database. */
import type { FileFacts } from '../../schema/code.ts';
import type { Chain } from '../shared/csharp/chain.ts';
import type { CsOutline } from '../shared/csharp/outline.ts';

export interface QuerySource {
  readonly kind: 'set' | 'repository' | 'context' | 'database';
  /** A query that was handed in: it may have conditions already. */
  readonly begun?: true;
  /** Class of the entity where the call names it. */
  readonly entity: string | null;
  /** What linking has to resolve: `set Posts ShopContext`, `entity Post`, `context ShopContext`; a context without a name is one for certain. */
  readonly receiver: string | null;
  /** Calls at the start of the chain that only lead to the source. */
  readonly skip: number;
}

/** Types of fields, parameters and variables of a file, by name. */
export interface Types {
  readonly of: (name: string) => string | undefined;
  readonly isContextClass: (name: string) => boolean;
}

export function typesIn(text: string, facts: FileFacts): Types {
  const known = new Map<string, string>();
  for (const { name, type } of facts.fields) known.set(name, type);
  for (const { parameters, parameterTypes } of facts.functions)
    parameters.forEach((name, at) => {
      const type = parameterTypes[at];
      if (type !== null && type !== undefined && !known.has(name)) known.set(name, type);
    });
  for (const match of text.matchAll(
    /\b(?:var|[A-Z]\w*)\s+(\w+)\s*=\s*(?:await\s+)?(?:new\s+(\w+(?:<[^>;()]*>)?)\s*\(|[\w.]*?(?:GetRequiredService|GetService|CreateDbContext(?:Async)?)\s*<\s*(\w+(?:<[^>;()]*>)?)\s*>)/gu,
  )) {
    const type = match[2] ?? match[3];
    if (type !== undefined && !known.has(match[1] ?? '')) known.set(match[1] ?? '', type);
  }
  for (const match of text.matchAll(/\b(\w+)\s*=\s*(?:await\s+)?[\w.]*?CreateDbContext(?:Async)?\s*\(/gu))
    if (!known.has(match[1] ?? '')) known.set(match[1] ?? '', 'DbContext');
  const contexts = new Set(
    facts.classes.filter(({ extends: base }) => base !== null && /DbContext\b/u.test(base)).map(({ name }) => name),
  );
  return { of: (name) => known.get(name), isContextClass: (name) => contexts.has(name) };
}

const contextName = /^_*(?:db|ctx|\w*[cC]ontext|\w*Db|dbc)$/u;
const contextType = /(?:Context|Db)(?:<[\w, ]+>)?\??$/u;

/** '' = it is a context; a class that linking has to find among the contexts; null = it is none. */
function contextOf(name: string, types: Types): string | null {
  const type = types.of(name)?.replace(/\?$/u, '');
  if (type === undefined) return contextName.test(name) ? '' : null;
  if (contextType.test(type)) {
    if (/Http|Builder|Validation|Synchronization|Activity|Action|Filter|Authorization|Execution/u.test(type))
      return null;
    // Much else is a context of something: a job, an import. What is not named for data has to be one of the project's.
    return /Db|Data/u.test(type) ? '' : type.replace(/<.*$/u, '');
  }
  return /^I?[A-Z]\w*$/u.test(type) &&
    !/(?:Service|Manager|Controller|Model|Dto|Repository|Client|Options|Factory|Provider|Helper|Logger|Mapper|Mediator|Builder)$/u.test(
      type,
    )
    ? type
    : null;
}

const contextMethods =
  /^(?:SaveChanges|SaveChangesAsync|Add|AddAsync|AddRange|AddRangeAsync|Update|UpdateRange|Remove|RemoveRange|Attach|BulkInsert|BulkInsertAsync)$/u;

export function sourceOf(chain: Chain, offset: number, outline: CsOutline, types: Types): QuerySource | null {
  const root = chain.rootNode?.type === 'query_expression' ? clauseSource(chain, outline.text) : chain.root;
  const segments = root.split('.').filter((part) => part !== '' && part !== 'base');
  const [link] = chain.links;
  const last = segments.at(-1) ?? '';
  const before = segments.at(-2);
  const inContext = outline.classes.some(
    ({ name, start, end }) => start <= offset && offset < end && types.isContextClass(name),
  );
  const own = inContext ? '' : null;
  const isThis = root === '' || root === 'this';
  if (link?.name === 'Set' && /^[A-Z]\w*$/u.test(link.types) && (isThis ? own : contextOf(last, types)) !== null)
    return { kind: 'set', entity: link.types, receiver: `entity ${link.types}`, skip: 1 };
  const around = before === undefined ? own : contextOf(before, types);
  if (last === 'Database' && around !== null)
    return { kind: 'database', entity: null, receiver: `context ${around}`, skip: 0 };
  // With a name in capitals: `db.Posts`, in the context itself `Posts`.
  if (
    /^[A-Z]\w*$/u.test(last) &&
    around !== null &&
    (before !== undefined || types.of(last)?.includes('DbSet') === true)
  )
    return { kind: 'set', entity: null, receiver: `set ${last} ${around}`, skip: 0 };
  const repository = repositoryOf(chain, last, before, types);
  if (repository) return repository;
  const context = isThis ? own : segments.length > 0 ? contextOf(last, types) : null;
  if (link && context !== null && contextMethods.test(link.name) && (!isThis || link.name.startsWith('Save')))
    return { kind: 'context', entity: null, receiver: `context ${context}`, skip: 0 };
  return null;
}

/** `IRepository<Post>` with a method that gives the rows: `Query().Where(…)`. */
function repositoryOf({ links }: Chain, last: string, before: string | undefined, types: Types): QuerySource | null {
  const [link] = links;
  const type = types.of(last);
  const of = type === undefined ? undefined : /<\s*(\w+)(?:\s*,\s*\w+)?\s*>\??$/u.exec(type)?.[1];
  if (type !== undefined && of !== undefined) {
    if (type.startsWith('DbSet<')) return { kind: 'set', entity: of, receiver: `entity ${of}`, skip: 0 };
    if (/^(?:IQueryable|IIncludableQueryable|IOrderedQueryable)</u.test(type))
      return { kind: 'set', begun: true, entity: of, receiver: `entity ${of}`, skip: 0 };
    const leads = /^(?:Query|Table|Queryable|GetAll|AsQueryable|GetQueryable|All|Get|Find|FindBy|Where)(?:Async)?$/u;
    if (/(?:Repository|Repo|Store|Dao)\w*</u.test(type) && link && leads.test(link.name) && links.length > 1)
      return {
        kind: 'repository',
        entity: of,
        receiver: `entity ${of}`,
        skip: /^(?:Where|Find)/u.test(link.name) ? 0 : 1,
      };
    return null;
  }
  const owner = before === undefined ? undefined : types.of(before);
  const table = owner === undefined ? undefined : /(?:Repository|Repo)\w*<\s*(\w+)/u.exec(owner)?.[1];
  return table !== undefined && /^(?:Table|TableNoTracking|Query|Entities|Items|All)$/u.test(last)
    ? { kind: 'repository', entity: table, receiver: `entity ${table}`, skip: 0 }
    : null;
}

function clauseSource({ rootNode }: Chain, text: string): string {
  const from = rootNode?.namedChildren.find(({ type }) => type === 'from_clause');
  const source = from?.lastNamedChild;
  return source
    ? text
        .slice(source.startIndex, source.endIndex)
        .replace(/[\s!?]+/gu, '')
        .replace(/^this\./u, '')
    : '';
}
