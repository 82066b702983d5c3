/** What every reader is. `registry.ts` lists them; a new ORM is one more folder and one more line there. */
import type { DataSource, FileFacts } from '../schema/code.ts';
import type { Dialect, EnumType, Table } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import type { LanguageId, ParsedText } from '../syntax/syntax.ts';
import type { LineIndex } from '../syntax/lineIndex.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One file on its way through the readers: parsed at most once, however many readers look at it. */
export interface SourceFile {
  /** Relative to the analysed directory, `/`-separated. */
  readonly path: string;
  readonly text: string;
  readonly language: LanguageId | null;
  readonly lines: LineIndex;
  /** Parses on first use; belongs to the caller, who disposes of it. */
  parsed(): ParsedText;
}

/** All that is kept of a file. JSON-safe, so that it can be cached on disk and compared. */
export interface Fragment<Mappings = Json> {
  readonly reader: string;
  readonly file: string;
  /** Entities, mappings and type declarations as this reader needs them for linking; opaque to everyone else. */
  readonly mappings: Mappings;
  readonly facts: FileFacts;
}

export interface ReadResult<Mappings = Json> {
  readonly fragment: Fragment<Mappings>;
  readonly problems: readonly Problem[];
}

export interface LinkContext {
  /** Root of the project relative to the analysed directory; '' = that directory. */
  readonly root: string;
  /** Engine from the profile; a data source in the fragments may be more precise. Null = unknown. */
  readonly dialect: Dialect | null;
  /** Version ranges by package, from the project's manifest: what an ORM does differs between its versions. Absent = not known. */
  readonly versions?: Readonly<Record<string, string>>;
  /**
   * Of scripts, and of readers that replay: only those that state a schema, or only those that migrate one; `none`: their tables are not wanted, their facts are. Null or absent = what
   * stands for the schema as it is.
   */
  readonly source?: 'ddl' | 'migrations' | 'none' | null;
  /** Data sources of all files of the project. */
  readonly dataSources: readonly DataSource[];
  /** Resolves an import from a file to the files it may mean, by path aliases, workspace packages and extensions; [] = outside. */
  readonly resolve: (fromFile: string, module: string) => readonly string[];
}

export interface LinkResult {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  /** Facts of the given fragments with physical tables and columns filled in. */
  readonly files: readonly FileFacts[];
  readonly problems: readonly Problem[];
  /** Engine that the tables are written for, where they say so themselves; absent = that of the context. */
  readonly dialect?: Dialect | null;
}

/**
 * Where a schema comes from. `entities`: classes and models of an ORM. `scripts`: DDL and migrations, which count where no entities are. `inferred`: tables
 * known only by the queries and result maps that name them; what scripts or entities say of the same table is better. `stores`: what is declared of another
 * store than the project's database (a search index, a graph); it stands beside all of them.
 */
export type Yields = 'entities' | 'scripts' | 'inferred' | 'stores';

/**
 * What a file is to a reader. `asks`: it is read, and so is what its imports lead to. `joins`: the same, but only in a workspace where
 * some other file asks: code that looks like the library's without naming it. `stands`: it is read for itself. `waits`: it holds nothing
 * but names that others may use, so it is read once a file that asks or joins leads to it, directly or through others.
 */
export type Part = 'asks' | 'joins' | 'stands' | 'waits';

export interface Reader<Mappings = Json> {
  readonly id: string;
  /** Absent = `entities`. */
  readonly yields?: Yields;
  /**
   * Its fragments hold migration code as well: asked for `migrations` (`LinkContext.source`), `link` yields the tables which that code builds, in place of those
   * of the entities.
   */
  readonly replays?: boolean;
  /** Bump when `read` yields something else for the same text: cached fragments of older versions are dropped. */
  readonly version: number;
  /** Cheap look at path and text, without parsing: can this file hold an entity, a query or a setting for this reader? */
  detect(path: string, text: string): boolean;
  /** Of a file that `detect` took, by the same cheap look. Linking must come out the same without those that join or wait in vain. Absent = all ask. */
  part?(path: string, text: string): Part;
  /** Never throws; a half-typed file yields what can be read, and problems. */
  read(file: SourceFile): ReadResult<Mappings>;
  link(fragments: readonly Fragment<Mappings>[], context: LinkContext): LinkResult;
  /**
   * Modules that a fragment names, re-exports included, as written: where they lead to another project, linking is given the
   * files there as well. Absent = those of `facts.imports`.
   */
  modules?(fragment: Fragment<Mappings>): readonly string[];
}
