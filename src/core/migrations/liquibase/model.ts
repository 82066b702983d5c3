/** Change logs as data, whatever they are written in (XML, YAML, JSON, formatted SQL). JSON-safe. */
import type { Spot } from '../../readers/shared/typescript/program.ts';

/** An element of XML, a key of YAML: `createTable`, `column`, `constraints`. */
export interface ChangeNode {
  /** Without prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly ChangeNode[];
  readonly text: string;
  readonly at: Spot;
}

export interface ChangeSet {
  readonly is: 'changeSet';
  readonly id: string;
  readonly author: string;
  /** `postgresql,!h2`; null = every engine. */
  readonly dbms: string | null;
  /** Contexts and labels it is run in; null = all. */
  readonly context: string | null;
  readonly transactional: boolean;
  readonly preconditions: ChangeNode | null;
  readonly changes: readonly ChangeNode[];
  readonly hasRollback: boolean;
  readonly at: Spot;
}

export interface PropertyItem {
  readonly is: 'property';
  readonly name: string;
  readonly value: string;
  readonly dbms: string | null;
}

export interface IncludeItem {
  readonly is: 'include';
  /** `all`: a folder. */
  readonly all: boolean;
  readonly path: string;
  readonly relative: boolean;
  readonly endsWith: string | null;
  readonly at: Spot;
}

export type ChangeLogItem = ChangeSet | PropertyItem | IncludeItem;

export interface ChangeLog {
  /** `script`: SQL that change logs may name, and that is none itself. */
  readonly kind: 'log' | 'script';
  readonly items: readonly ChangeLogItem[];
  /** Of a script. */
  readonly sql: string;
  /** Conditions on the whole log. */
  readonly preconditions: ChangeNode | null;
}
