/** What a prompt of each command rests on, most important first. The prompt takes as much of it as its budget allows. */
import type { Finding } from '../lint/rule.ts';
import type { Profile } from '../profile/profile.ts';
import type { Query } from '../schema/code.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { ChatCommand } from './command.ts';
import { findingPiece, finish, overviewPiece, piece, place, queryPiece, tableName, tablePiece } from './piece.ts';
import type { Draft, Piece } from './piece.ts';

export interface GroundSource {
  readonly title: string;
  readonly dialect: Dialect | null;
  readonly profile: Profile;
  readonly schema: Schema;
  readonly findings: readonly Finding[];
  /** Best first. */
  readonly slice: readonly Table[];
  /** Instructions of the house, files of the slice, attached files: path → text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly instructionFiles: readonly string[];
  readonly attached: readonly string[];
  /** What the engine has worked out by itself: the planned migration, the code it generates. */
  readonly facts: readonly { readonly title: string; readonly text: string }[];
  /** Takes secrets out of a text. */
  readonly clean: (text: string) => string;
}

/** Of a long file the head is what tells most. In UTF-16 code units: about 900 tokens. */
const longestSource = 3200;

export function ground(command: ChatCommand | null, source: GroundSource): readonly Piece[] {
  return drafts(command, source).map((draft) => finish(draft, source.clean));
}

function drafts(command: ChatCommand | null, source: GroundSource): readonly Draft[] {
  const { schema, slice, findings } = source;
  const names = new Set(slice.flatMap((table) => [table.name, tableName(table)]));
  const tables = slice.map((table) => tablePiece(table, schema.enums, referencedBy(schema, table)));
  const head = tables.slice(0, 5);
  const others = tables.slice(5);
  const own = [profilePiece(source), ...source.attached.flatMap((file) => sourcePiece(source, file))];
  const facts = source.facts.map(({ title, text }) => piece('facts', { title, text }));
  const house = source.instructionFiles.flatMap((file) => instructionsPiece(source, file));
  const about = findings.filter(({ table }) => table !== null && names.has(table));
  const reported = [...about, ...findings.filter((finding) => !about.includes(finding))].map(findingPiece);
  const queries = queriesOf(schema, slice).map(({ query, file }) => queryPiece(query, file));
  const rest = [overviewPiece(schema.tables)];
  switch (command) {
    case 'review':
      return [...own, ...head, ...reported.slice(0, 40), ...others, ...house, ...rest];
    case 'index':
      return [...own, ...head, ...queries.slice(0, 25), ...reported.slice(0, 15), ...others, ...rest];
    case 'optimize':
      return [
        ...own,
        ...head.slice(0, 3),
        ...queries.slice(0, 40),
        ...reported.slice(0, 25),
        ...head.slice(3),
        ...others,
      ];
    case 'secure':
      return [
        ...own,
        ...head,
        classifiedPiece(schema),
        ...endpointPieces(schema),
        ...reported.slice(0, 20),
        ...house,
        ...others,
      ];
    case 'migrate':
      return [...own, ...head.slice(0, 2), ...facts, ...head.slice(2), ...house, ...others];
    case 'design':
      return [...own, ...head, ...sources(source, 2), ...house, ...reported.slice(0, 10), ...others, ...rest];
    case 'repository':
    case 'dto':
    case 'endpoint':
    case 'test':
      return [...own, ...head.slice(0, 3), ...facts, ...sources(source, 1), ...house, ...head.slice(3), ...others];
    case 'schema':
      return [...own, ...head, ...rest, ...others, ...reported.slice(0, 5)];
    case null:
      return [...own, ...head, ...house, ...reported.slice(0, 12), ...queries.slice(0, 8), ...others, ...rest];
  }
}

function profilePiece({ title, dialect, profile, schema }: GroundSource): Draft {
  const { language, framework, orms, domains, compliance, testFrameworks } = profile;
  return piece('profile', {
    project: title,
    database: dialect,
    language,
    framework,
    orms,
    domains,
    compliance,
    testFrameworks,
    tables: schema.tables.length,
    requirements: profile.facts.requirements.map(({ value }) => value).slice(0, 12),
  });
}

function referencedBy(schema: Schema, table: Table): readonly string[] {
  const names = schema.tables.flatMap((other) =>
    other.foreignKeys
      .filter(({ references }) => references.table === table.name && references.namespace === table.namespace)
      .map(({ columns }) => `${tableName(other)}.${columns.join('+')}`),
  );
  return names.length <= 12 ? names : [...names.slice(0, 12), `and ${names.length - 12} more`];
}

function sources(source: GroundSource, most: number): readonly Draft[] {
  const files = [...new Set(source.slice.filter(({ entity }) => entity !== null).map(({ at }) => at.file))];
  return files
    .filter((file) => !source.attached.includes(file))
    .slice(0, most)
    .flatMap((file) => sourcePiece(source, file));
}

function sourcePiece({ texts }: GroundSource, file: string): readonly Draft[] {
  const text = texts.get(file);
  return text === undefined ? [] : [piece('source', { file, ...cut(text) })];
}

function instructionsPiece({ texts }: GroundSource, file: string): readonly Draft[] {
  const text = texts.get(file);
  return text === undefined ? [] : [piece('instructions', { file, ...cut(text) })];
}

function cut(text: string): { readonly text: string; readonly cut?: true } {
  return text.length <= longestSource ? { text } : { text: text.slice(0, longestSource), cut: true };
}

/** Those on the tables of the slice, what looks costly first. */
function queriesOf(
  schema: Schema,
  slice: readonly Table[],
): readonly { readonly query: Query; readonly file: string }[] {
  const order = new Map(slice.map((table, at) => [table.name, at]));
  const cost = ({ loop, sql, rows, limit }: Query): number =>
    (loop === null ? 0 : 4) +
    (sql !== null && sql.interpolations.length > 0 ? 4 : 0) +
    (rows === 'many' && limit === null ? 2 : 0);
  return schema.code.files
    .filter(({ purpose }) => purpose === 'application')
    .flatMap(({ file, queries }) => queries.map((query) => ({ query, file })))
    .filter(
      ({ query }) =>
        query.table !== null &&
        order.has(query.table) &&
        query.filters.length + query.sorts.length + query.loads.length + query.joins.length > 0,
    )
    .toSorted(
      (a, b) =>
        cost(b.query) - cost(a.query) || (order.get(a.query.table ?? '') ?? 0) - (order.get(b.query.table ?? '') ?? 0),
    );
}

function classifiedPiece(schema: Schema): Draft {
  return piece('facts', {
    title: 'Classified columns',
    columns: schema.tables
      .flatMap((table) =>
        table.columns
          .filter(({ classification }) => classification !== null)
          .map(
            ({ name, classification, selected, transformer }) =>
              `${tableName(table)}.${name} ${classification?.kind ?? ''}${selected ? '' : ', left out of plain selects'}${transformer === null ? '' : ', transformed when written'}`,
          ),
      )
      .slice(0, 60),
  });
}

function endpointPieces(schema: Schema): readonly Draft[] {
  return schema.code.files
    .filter(({ purpose }) => purpose === 'application')
    .flatMap(({ endpoints }) => endpoints)
    .slice(0, 30)
    .map(({ method, path, guards, at }) => piece('endpoint', { does: `${method} ${path}`, guards, at: place(at) }));
}
