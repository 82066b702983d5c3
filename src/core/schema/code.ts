/**
 * What the source does with the data: queries, the functions and loops they stand in, calls between functions,
 * transactions, endpoints and data-source settings. Filled once per file by a reader; a rule never re-parses.
 * Ids are indices into the arrays of the same file and mean nothing outside it: `FileFacts` is what a reader yields,
 * `CodeFacts` is the link of all files of a project.
 */
import type { ClassFact, FieldFact } from './classFacts.ts';
import type { Dialect } from './model.ts';
import type { SourceRange } from './source.ts';
import type { StoreCall } from './storeCall.ts';
import type { Suppression } from './suppression.ts';

export type Operation =
  'select' | 'count' | 'exists' | 'aggregate' | 'insert' | 'update' | 'upsert' | 'delete' | 'load' | 'raw' | 'unknown';

export type Comparison = 'eq' | 'ne' | 'in' | 'range' | 'prefix' | 'contains' | 'is-null' | 'other';

/** A column or relation path as the query names it (`customer.email`), before it is linked to physical columns. */
export interface PathUse {
  readonly path: string;
  readonly at: SourceRange;
  /** Physical table and columns it means, filled by linking: `customer.email` another table's column, `customer` the relation's keys. Absent = not resolved. */
  readonly target?: { readonly table: string; readonly namespace: string | null; readonly columns: readonly string[] };
}

export interface Filter extends PathUse {
  readonly comparison: Comparison;
  /** Disjunction it stands in: filters of one query with different non-zero groups are joined by OR. 0 = AND. */
  readonly orGroup: number;
  /** A function is applied to the column (`LOWER(email)`), so a plain index does not serve it. */
  readonly wrapped: boolean;
  /** The compared value is a literal constant in the source. */
  readonly constant: boolean;
}

export interface Sort extends PathUse {
  readonly direction: 'asc' | 'desc' | 'unknown';
}

export interface Join extends PathUse {
  readonly alias: string | null;
  readonly kind: 'inner' | 'left' | 'other';
  /** The joined rows are selected too, so the relation is loaded. */
  readonly selected: boolean;
}

/** A relation loaded with the rows. */
export interface Load extends PathUse {
  /** By a statement of its own, whatever holds for the others of the query. */
  readonly separate?: true;
}

export interface RawSql {
  readonly text: string;
  /** Values are put into the text itself, not bound as parameters. */
  readonly interpolations: readonly Interpolation[];
  readonly at: SourceRange;
}

export interface Interpolation {
  /** Source text of the expression, at most 120 characters. */
  readonly text: string;
  /** Where in the SQL it stands: as a value, as (part of) a name (`${alias}.id`, `FROM ${table}`), or as a larger piece. */
  readonly position: 'value' | 'identifier' | 'fragment';
  readonly at: SourceRange;
}

export interface Query {
  readonly operation: Operation;
  /** The API called: `find`, `createQueryBuilder`, `findByPk`, `select_related`. */
  readonly api: string;
  /** Entity as the source names it; null = not known. */
  readonly entity: string | null;
  /** Type of the receiver as written (`OrderRepository`), where only linking can tell what it queries. */
  readonly receiver: string | null;
  /** Relation it goes through, from the row that has it (`order.lines`), whose rows may be there already. Absent = none, or not known. */
  readonly through?: string;
  /** Physical table, filled by linking. */
  readonly table: string | null;
  readonly namespace: string | null;
  /** How many rows the result can hold. */
  readonly rows: 'one' | 'many' | 'none' | 'unknown';
  /** False where the filters could not all be read (a variable holds them), so an absent filter proves nothing. */
  readonly complete: boolean;
  readonly filters: readonly Filter[];
  readonly sorts: readonly Sort[];
  readonly joins: readonly Join[];
  /** Relation paths loaded with the query. */
  readonly loads: readonly Load[];
  /** Columns selected; null = all. */
  readonly selects: readonly string[] | null;
  /** Columns set by an insert or update, where they are stated. */
  readonly writes: readonly PathUse[];
  readonly limit: {
    readonly value: number | null;
    readonly at: SourceRange;
    /**
     * What becomes of it where a collection is joined and loaded: `joined-rows`, it counts rows of the join, so collections are cut;
     * `in-memory`, all rows are read and cut by the ORM. Absent = it counts entities, or nothing is known.
     */
    readonly counts?: 'joined-rows' | 'in-memory';
  } | null;
  readonly offset: { readonly value: number | null; readonly at: SourceRange } | null;
  readonly groups: readonly PathUse[];
  readonly sql: RawSql | null;
  /** Its rows become entities, which takes all columns. Absent = nothing is known. */
  readonly asEntities?: true;
  /** Equal calls that are made at the same time (`Promise.all`) reach the database as one statement. Absent = each is one of its own. */
  readonly batched?: boolean;
  /** Where it asks for no order itself, the ORM sorts by the primary key. Absent = it does not. */
  readonly sortedByKey?: true;
  /** It writes all rows that its conditions leave, with none every row of the table. Absent = it may be about rows that it is given. */
  readonly bySet?: true;
  /** It asks nothing until its rows are wanted, so that whoever makes it may hand it on. Absent = it is asked where it stands. */
  readonly deferred?: true;
  /** Variable with a described set of rows that it goes on from (`orders` of `orders.exists()`). Absent = none, or not known. */
  readonly continues?: string;
  /** Row lock asked for, as written (`pessimistic_write`, `optimistic`); null = none. */
  readonly lock: string | null;
  /** Soft-deleted rows are read too. */
  readonly withDeleted: boolean;
  /** How relations are loaded with it, where the query says so: in one joined statement, or one more statement per relation. */
  readonly loading: 'join' | 'query' | null;
  /** That all comes by one statement was asked for by name, as `AsSingleQuery` of EF Core does. */
  readonly inOneStatement?: true;
  /** Names and member paths its arguments mention (`order.customerId`, `ids`): a query that uses no loop variable is loop-invariant. */
  readonly uses: readonly string[];
  /** Literals as its arguments write them, in order, with what says how they are compared. Absent = not known. */
  readonly literals?: readonly string[];
  /** Variable the (awaited) result is assigned to; a destructured pair takes the first name. */
  readonly result: string | null;
  readonly awaited: boolean;
  /** Function it stands in; null = top level. */
  readonly function: number | null;
  /** Innermost loop it is executed in. */
  readonly loop: number | null;
  readonly transaction: number | null;
  /** The receiver is a transaction's own client/manager. */
  readonly inTransactionClient: boolean;
  readonly at: SourceRange;
}

/** A function, method or callback with a body. */
export interface FunctionFact {
  readonly name: string | null;
  /** Class it is a method of. */
  readonly owner: string | null;
  /** Names, in order; those of a destructured parameter are joined by `,`. */
  readonly parameters: readonly string[];
  /** Their types as written, in the same order. */
  readonly parameterTypes: readonly (string | null)[];
  readonly async: boolean;
  /** Enclosing function. */
  readonly parent: number | null;
  readonly exported: boolean;
  /** Decorator or annotation names: `Get`, `Transactional`, `ResolveField`. */
  readonly decorators: readonly string[];
  /** Identifier returned, if it is a plain one: lets an N+1 be traced through a function that returns rows. */
  readonly returns: string | null;
  /** Simple names of the exceptions it is declared to throw. Absent = none, or the language has no such thing. */
  readonly throws?: readonly string[];
  readonly at: SourceRange;
}

export interface Loop {
  /** `for`, `for-of`, `for-in`, `while`, `map`, `forEach`, `flatMap`, `comprehension`, `stream`… */
  readonly kind: string;
  /** Names bound to the element. */
  readonly variables: readonly string[];
  /** Source text of what is iterated, at most 120 characters: `orders`, `await this.orders.find()`. */
  readonly iterable: string | null;
  /** Bounds are literal constants, or it retries/polls/pages rather than iterating rows. */
  readonly bounded: boolean;
  /** Callbacks run at the same time (`Promise.all(rows.map(async …))`). */
  readonly concurrent: boolean;
  readonly parent: number | null;
  readonly function: number | null;
  readonly at: SourceRange;
}

export interface Call {
  /** Dotted callee as written: `this.orders.loadOrder`, `loadOrder`. */
  readonly callee: string;
  /** Plain identifier or member paths passed, one per argument; null for anything else. */
  readonly arguments: readonly (string | null)[];
  /** Members that an argument states, one list per argument, where it is an object written out or made of one (`Command.create({ user })`), else null. Absent = no argument is. */
  readonly members?: readonly (readonly string[] | null)[];
  /** Names of the arguments (null = by place, `*` = any number of them), and values written as `True`, `False` or `None` (false). Absent = none. */
  readonly named?: readonly { readonly name: string | null; readonly value: boolean | null }[];
  readonly awaited: boolean;
  readonly result: string | null;
  readonly function: number | null;
  readonly loop: number | null;
  readonly at: SourceRange;
}

/** Code that runs only where a value is there, or only where it is missing: `command.user ?? (await load())`. */
export interface Branch {
  /** Function that the value is a parameter of, or that has it from elsewhere. */
  readonly function: number;
  /** Null = no parameter: something that the function has found itself and replaces where it is missing, or mends where it has failed. */
  readonly parameter: number | null;
  /** Member of the parameter that is looked at: `user` of `command.user`; '' = the parameter itself. */
  readonly member: string;
  /** It runs where the value is there; false = where it is missing. */
  readonly present: boolean;
  /** What the value is decides, and not only whether it is there: `if notify`. */
  readonly truth?: true;
  /** It runs seldom: where something has failed, or where a dictionary does not know the key yet that it is then given. */
  readonly seldom?: true;
  /** It runs where the value is of one of these classes (`present` false = of none); whether it is there is not asked. */
  readonly types?: readonly string[];
  /** Of languages with defaults: whoever hands over nothing hands over something that is there. */
  readonly byDefault?: true;
  readonly at: SourceRange;
}

/** Reading a member, where a lazy relation may be loaded: in a loop (`order.customer`), of a parameter, of the row itself (`this.customer`). */
export interface Access {
  readonly path: string;
  readonly awaited: boolean;
  readonly function: number | null;
  readonly loop: number | null;
  readonly at: SourceRange;
}

export interface Transaction {
  readonly api: string;
  readonly isolation: string | null;
  /** Name of the transactional client handed to the callback. */
  readonly client: string | null;
  readonly function: number | null;
  /** Function id of the callback. */
  readonly body: number | null;
  /** What runs in it, where that is a block (`with`) and no function of its own. */
  readonly block?: SourceRange;
  /** It begins only where the method is called from outside of its object, through what the framework has put around it. */
  readonly byProxy?: boolean;
  /** It is declared to change nothing. Absent = it may. */
  readonly readOnly?: true;
  /** Exceptions that the method is declared to throw, of which nothing says that they roll it back. Absent = none, or not known. */
  readonly mayCommitOn?: readonly string[];
  readonly at: SourceRange;
}

export interface Endpoint {
  /** Upper case; `*` for any. GraphQL: `QUERY`, `MUTATION`, `SUBSCRIPTION`, `FIELD`. */
  readonly method: string;
  readonly path: string;
  readonly framework: string;
  readonly handler: string | null;
  readonly function: number | null;
  /** Guards, roles, middleware named on it. */
  readonly guards: readonly string[];
  readonly at: SourceRange;
}

/** Settings of a connection as code or configuration state them; a value not stated literally is null. */
export interface DataSource {
  readonly dialect: Dialect | null;
  readonly synchronize: boolean | null;
  /** What `synchronize` does is to make tables that are missing; those that are there stay as they are. Absent = it alters them. */
  readonly onlyCreates?: true;
  /** It adds missing columns too, and neither changes nor drops what is there. Absent = it may. */
  readonly onlyAdds?: true;
  readonly migrationsRun: boolean | null;
  readonly dropSchema: boolean | null;
  readonly tls: boolean | null;
  readonly poolSize: number | null;
  readonly timeoutMs: number | null;
  /** A literal password or a URL with one stands in the file. The value itself is never kept. */
  readonly passwordInFile: boolean;
  /** The server stated is the developer's own machine (`localhost`). Absent = another, or not known. */
  readonly local?: true;
  /** Class or factory name of the naming strategy: `SnakeNamingStrategy`. */
  readonly namingStrategy: string | null;
  readonly entityPrefix: string | null;
  readonly namespace: string | null;
  /** Where entities and migrations are found, as written (globs or class names). */
  readonly entities: readonly string[];
  readonly migrations: readonly string[];
  readonly at: SourceRange;
}

/** An import, so that linking can follow a name to the file that declares it. */
export interface ImportFact {
  readonly local: string;
  /** `default`, `*`, or the exported name. */
  readonly imported: string;
  readonly module: string;
}

export type MigrationStepKind =
  | 'create-table'
  | 'drop-table'
  | 'rename-table'
  | 'add-column'
  | 'drop-column'
  | 'rename-column'
  /** It becomes NOT NULL. */
  | 'require-column'
  | 'change-type'
  | 'create-index'
  | 'drop-index'
  | 'add-foreign-key'
  | 'add-check'
  | 'add-unique'
  | 'add-primary-key'
  | 'drop-schema'
  | 'create-view'
  | 'truncate'
  /** `REFERENCES` written with its column, which MySQL reads and forgets. */
  | 'inline-reference'
  /** Rows are changed: a backfill. */
  | 'write'
  /** A limit for locks or statements is set. */
  | 'set-timeout';

/** One thing that a migration does to the schema on its way forward. */
export interface MigrationStep {
  readonly kind: MigrationStepKind;
  /** As written, without its schema; null = not known. */
  readonly table: string | null;
  readonly columns: readonly string[];
  /** New name, new type as SQL text, or the name of an index; null = there is none. */
  readonly to: string | null;
  /** Of a new column: NOT NULL. */
  readonly required: boolean;
  /** Of a new column: its default as SQL text; null = none. */
  readonly default: string | null;
  /** Done without blocking or checking what is there: CONCURRENTLY, NOT VALID, USING INDEX, ALGORITHM=INPLACE. */
  readonly online: boolean;
  readonly cascade: boolean;
  /** Of a column whose type changes: what it was, as SQL text. Absent = not known. */
  readonly from?: string;
  /** Of a new index: condition of the rows it holds, as SQL text. Absent = it holds all of them, or nothing is known. */
  readonly where?: string;
  /** Of a new unique index: rows without a value are equal as well (`NULLS NOT DISTINCT`). Absent = they are not, or nothing is known. */
  readonly nullsNotDistinct?: true;
  /** Of rows that SQL changes: every name in the statement, in lower case. Absent = not known. */
  readonly names?: readonly string[];
  /** Done outside of the migration's transaction (`autocommit_block`). Absent = as the whole file is. */
  readonly committed?: true;
  readonly at: SourceRange;
}

/** What a migration file does, and how it is run. Null = not known. */
export interface MigrationFacts {
  /** In order; only the way forward. */
  readonly steps: readonly MigrationStep[];
  readonly inTransaction: boolean | null;
  /** It says how to go back. */
  readonly reversible: boolean | null;
  /** The first operation that says nothing of a way back, where each says its own. Absent = not known. */
  readonly oneWay?: SourceRange;
  /** Its place among those that are run, where the names of the files do not tell it. Absent = they do. */
  readonly order?: number;
}

export interface FileFacts {
  readonly file: string;
  /** Test, seed, fixture or migration code: findings there are downgraded. */
  readonly purpose: 'application' | 'test' | 'seed' | 'migration';
  readonly queries: readonly Query[];
  readonly functions: readonly FunctionFact[];
  readonly loops: readonly Loop[];
  readonly calls: readonly Call[];
  readonly accesses: readonly Access[];
  readonly transactions: readonly Transaction[];
  readonly endpoints: readonly Endpoint[];
  readonly dataSources: readonly DataSource[];
  readonly imports: readonly ImportFact[];
  readonly fields: readonly FieldFact[];
  readonly classes: readonly ClassFact[];
  /** Absent = no migration. */
  readonly migration?: MigrationFacts;
  /** Day on which a tool wrote the file, as its first lines say (`2024-01-20`). Absent = they do not. */
  readonly madeOn?: string;
  /** Indexes and unique keys that a script states beside the entities of its project; the script is no migration. Absent = none. */
  readonly indexed?: readonly MigrationStep[];
  /** Filled by the workspace (`scanSuppressions`) for every file it reads. */
  readonly suppressions?: readonly Suppression[];
  /** Paths of relations that calls load with the rows of any set: `lines.product`. Absent = none, or the ORM's reader does not tell. */
  readonly loadPaths?: readonly string[];
  /** Where code waits for a value to be there or to be missing. Absent = nowhere, or the language's reader does not tell. */
  readonly branches?: readonly Branch[];
  /** Code that at most one round of a loop runs (`if (index === 0)`). Absent = none, or the language's reader does not tell. */
  readonly oneRound?: readonly SourceRange[];
  /** Code of which at most one piece runs, where several hold a query or one call. Filled by the workspace (`alternativesIn`); absent = nowhere. */
  readonly alternatives?: readonly (readonly SourceRange[])[];
  /** What is said to stores that no ORM stands for. Filled by the workspace (`scanStoreCalls`); absent = nothing. */
  readonly stores?: readonly StoreCall[];
}

/** All files of a project, sorted by file; queries carry their physical table. */
export interface CodeFacts {
  readonly files: readonly FileFacts[];
}
