/** What a rule is. One file per rule in `rules/`, named by its id; `registry.ts` lists them. */
import type { Change } from '../schema/change.ts';
import type { CodeChange } from '../schema/codeChange.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { FileFacts, Query } from '../schema/code.ts';
import type { SourceRange, TextEdit } from '../schema/source.ts';
import type { Lookup } from './lookups.ts';
import type { Profile } from '../profile/profile.ts';

export type Severity = 'error' | 'warning' | 'info';
export type RuleSetting = Severity | 'off';

export interface RuleExample {
  /** Path → source of a small project; the tests analyse it. */
  readonly files: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  /** What the example shows, in a sentence. */
  readonly note?: string;
}

export interface RuleDocs {
  /** One sentence each, Markdown. */
  readonly what: string;
  readonly why: string;
  /** What to do about it, by hand or by the quick fix. */
  readonly fix: string;
  /** The tests expect the rule to report on every `bad` and to be silent on every `good`. */
  readonly bad: readonly RuleExample[];
  readonly good: readonly RuleExample[];
  readonly references: readonly { readonly title: string; readonly url: string }[];
}

/** What a fix does, stated as a change of the schema or of code for the writers, or as edits where it is neither. */
export interface Fix {
  readonly title: string;
  readonly preferred: boolean;
  readonly change: Change | null;
  /** Offered only where the writer takes the source as it is: rules know facts, not how they are written. */
  readonly code?: CodeChange;
  readonly edits: readonly TextEdit[];
}

export interface Report {
  readonly message: string;
  readonly at: SourceRange;
  readonly table: string | null;
  /** Facts the judgement rests on, each a short sentence, with where it stands if it stands somewhere. */
  readonly evidence: readonly { readonly message: string; readonly at: SourceRange | null }[];
  readonly fixes: readonly Fix[];
  /** Severity other than the rule's own, where the semantics say so. */
  readonly severity?: Severity;
}

export interface RuleContext {
  readonly schema: Schema;
  readonly profile: Profile;
  /** Null = unknown engine: rules that depend on it downgrade to information. */
  readonly dialect: Dialect | null;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
}

/** What a rule on tables may ask, beside the table it looks at. */
export interface TableContext {
  readonly dialect: () => Dialect | null;
  readonly table: RuleContext['table'];
  /** What the application's queries look the table up by. */
  readonly lookups: () => readonly Lookup[];
  /** Whether the project declares a regime: `hipaa`. */
  readonly complies: (regime: string) => boolean;
  /** Most points in time of the schema are stored with a zone, some without. */
  readonly mixesZones: () => boolean;
  /** Three quarters of the relations that the ORM knows of, and fifteen at least, are not enforced by the database: the project does so on purpose. */
  readonly leavesRelations: () => boolean;
}

/** What a rule on code may ask, beside the file it looks at. */
export interface CodeContext {
  readonly dialect: Dialect | null;
  readonly table: RuleContext['table'];
  /** File of the project that declares the class; undefined where none does, or several do, unless `path` says which of them is meant. */
  readonly classFile: (name: string, path?: string) => FileFacts | undefined;
  /** File of the project's own code with the `at`-th class that implements or extends the type; undefined where there are no more. */
  readonly implementation: (type: string, at: number) => FileFacts | undefined;
  /** File of the project that declares the function outside of a class; undefined where none does, or several do. */
  readonly functionFile: (name: string) => FileFacts | undefined;
  /** Some query of the project loads a path of relations that this is a part of: `lines.product` of `customer.lines.product`. */
  readonly isLoadedSomewhere: (path: string) => boolean;
  /** The migration is among the newest of its folder, so that it may not have run everywhere yet. */
  readonly isRecent: (file: string) => boolean;
  /** A migration of the same folder and the same moment, by the time in their names, makes the table (its name in lower case). */
  readonly isMadeBeside: (file: string, table: string) => boolean;
  /** A migration that runs before the file changes rows of the table, and names the column, or what it was called then. */
  readonly isFilledBefore: (file: string, table: string, column: string) => boolean;
  /** The project has its transactions rolled back on every exception. */
  readonly rollsBackOnAll: () => boolean;
}

interface RuleBase<On extends string, Subject, Context = RuleContext> {
  /** Stable kebab-case id; equals the file's name. */
  readonly id: string;
  /** Unique code of the catalogue: `IDX001`. */
  readonly code: string;
  readonly severity: Severity;
  /** Off unless settings give it a severity. */
  readonly optIn?: true;
  /** It is about migrations: its severity holds in their files as well. */
  readonly aboutMigrations?: true;
  readonly on: On;
  readonly docs: RuleDocs;
  check(subject: Subject, context: Context, report: (report: Report) => void): void;
}

/** Looks at a table in the light of the whole schema. */
export type SchemaRule = RuleBase<'schema', Table>;
/** Looks at a table and at what the context gives, so that its reports are kept until one of these changes. */
export type TableRule = RuleBase<'table', Table, TableContext>;
export type QueryRule = RuleBase<'query', { readonly query: Query; readonly file: FileFacts }, CodeContext>;
/** Looks at a whole source file: loops, calls, transactions, data sources. */
export type FileRule = RuleBase<'file', FileFacts, CodeContext>;
export type ChangeRule = RuleBase<'change', Change>;
export type ProfileRule = RuleBase<'profile', Profile>;

export type Rule = SchemaRule | TableRule | QueryRule | FileRule | ChangeRule | ProfileRule;

/** What holds where no settings speak of the rule. */
export function defaultSetting({ severity, optIn }: Rule): RuleSetting {
  return optIn ? 'off' : severity;
}

/** A report and the rule that made it. */
export interface Reported {
  readonly rule: Rule;
  readonly report: Report;
}

/** A report with its rule and project; what every front end shows. */
export interface Finding {
  readonly rule: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: SourceRange;
  /** Project root. */
  readonly project: string;
  readonly table: string | null;
  readonly evidence: Report['evidence'];
  readonly fixes: readonly Fix[];
}
