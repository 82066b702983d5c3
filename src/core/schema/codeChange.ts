/**
 * What a fix does to code that works with the data: the counterpart of `Change`, which is about tables. Places are those of the
 * facts (`code.ts`); the writer of the ORM looks at the source there and refuses what is not of a shape that it knows.
 */
import type { Dialect } from './model.ts';
import type { SourceRange } from './source.ts';

interface OnQuery {
  /** Id of the reader whose table the query is about. */
  readonly orm: string;
  /** The query, its whole chain of calls included. */
  readonly at: SourceRange;
  /** The call that is the query: `find`, `getMany`, `filter`. */
  readonly api: string;
  /** Entity whose rows it reads, as the model names it. */
  readonly entity: string;
}

export type CodeChange =
  /** The rows are sorted by their primary key, after what they are sorted by already. */
  | (OnQuery & {
      readonly kind: 'orderQuery';
      /** Properties of the primary key, in its order. */
      readonly properties: readonly string[];
      /** It is sorted already, so that the key only decides ties. */
      readonly sorted: boolean;
      /** What it is sorted by last runs downwards: the key goes the same way, so that one index serves both. */
      readonly descending: boolean;
    })
  /** A relation is loaded with the rows. */
  | (OnQuery & {
      readonly kind: 'loadRelation';
      readonly relation: string;
      readonly toMany: boolean;
      /** A query of each round that reads what the relation holds of the element: it is read from there instead. */
      readonly instead?: { readonly at: SourceRange; readonly element: string; readonly lazy: boolean };
    })
  /** Values that are put into the text of a statement are bound as its parameters. */
  | {
      readonly kind: 'bindValues';
      readonly orm: string | null;
      readonly dialect: Dialect | null;
      /** The text of the statement. */
      readonly at: SourceRange;
      /** The expressions put into it that are values, the first 120 characters of each. */
      readonly expressions: readonly string[];
    }
  /** Rows that are written one by one are written at once after the loop. */
  | (OnQuery & {
      readonly kind: 'writeAtOnce';
      readonly loop: SourceRange;
      /** What is gone through is known to be a list of rows. */
      readonly isList: boolean;
    })
  /** Rows that are read by their key one by one are read at once before the loop. */
  | (OnQuery & {
      readonly kind: 'readAtOnce';
      readonly loop: SourceRange;
      /** Property by whose values the rows are found; one row has each. */
      readonly property: string;
    })
  /** A connection is set up in another way. */
  | {
      readonly kind: 'setConnection';
      readonly at: SourceRange;
      readonly dialect: Dialect | null;
      /** The schema is left alone at the start, TLS is used, waiting for a connection ends. */
      readonly option: 'synchronize' | 'dropSchema' | 'tls' | 'timeout';
    };

export type CodeChangeKind = CodeChange['kind'];
