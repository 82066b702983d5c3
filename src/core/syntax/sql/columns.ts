/** Column definitions, in all the forms that CREATE TABLE and ALTER TABLE share. */
import { isMysql, readDeferrable, readNulls, readReferences, readStorage } from './constraints.ts';
import type { SqlCursor } from './cursor.ts';
import type { SqlColumn, SqlConstraint, SqlGeneration, SqlSpan, SqlType } from './operation.ts';

/** Told of what is skipped: the words, where they stand. */
export type Skipped = (what: string, at: SqlSpan) => void;

/** Words that end a type or an expression in a column definition. */
const clauseStarts: ReadonlySet<string> = new Set(
  'CONSTRAINT NOT NULL DEFAULT PRIMARY UNIQUE KEY CHECK REFERENCES COLLATE GENERATED AS IDENTITY AUTO_INCREMENT AUTOINCREMENT COMMENT ON DEFERRABLE INITIALLY STORAGE COMPRESSION FIRST AFTER INVISIBLE VISIBLE STORED VIRTUAL PERSISTED ROWGUIDCOL SPARSE USING ENABLE DISABLE CHARSET SRID WITH MASKED HIDDEN STATIC'.split(
    ' ',
  ),
);
const typeTails: ReadonlySet<string> = new Set(
  'VARYING PRECISION UNSIGNED SIGNED ZEROFILL LARGE BIG RAW YEAR MONTH DAY HOUR MINUTE SECOND CHAR VARCHAR CHARACTER INT OBJECT'.split(
    ' ',
  ),
);

export function readType(cursor: SqlCursor): SqlType | null {
  const first = cursor.peek();
  if ((first.kind !== 'word' && first.kind !== 'name') || clauseStarts.has(first.key)) return null;
  // A quoted or qualified name is a type of the user's own; the standard ones are bare words.
  if (first.kind === 'name' || cursor.peek(1).key === '.') {
    const own = cursor.name();
    const name = own?.name ?? '';
    // SQL Server's scripts quote every type: `[nvarchar](255)`.
    const isBuiltIn = first.kind === 'name' && (cursor.dialect === 'mssql' || cursor.dialect === 'sqlite');
    return { name: isBuiltIn ? name.toLowerCase() : name, ...sizes(cursor), array: arrays(cursor), values: null };
  }
  cursor.next();
  const words = [first.text.toLowerCase()];
  let found = sizes(cursor);
  for (;;) {
    const { key, kind } = cursor.peek();
    if (
      (key === 'WITH' || key === 'WITHOUT') &&
      (cursor.peek(1).key === 'TIME' || (cursor.peek(1).key === 'LOCAL' && cursor.peek(2).key === 'TIME'))
    ) {
      const count = cursor.peek(1).key === 'LOCAL' ? 4 : 3;
      for (let place = 0; place < count; place++) words.push(cursor.next().text.toLowerCase());
    } else if (key === 'TO' && words[0] === 'interval') words.push(cursor.next().text.toLowerCase());
    else if (
      kind === 'word' &&
      ((typeTails.has(key) && cursor.peek(1).key !== 'SET') ||
        // SQLite takes any words for a type.
        (cursor.dialect === 'sqlite' && !clauseStarts.has(key)))
    )
      words.push(cursor.next().text.toLowerCase());
    else if (cursor.sees('CHARACTER', 'SET') || cursor.sees('CHARSET')) {
      cursor.takes('CHARACTER');
      cursor.next();
      cursor.next();
    } else if (key === '<' && cursor.dialect === 'cassandra') words.push(elements(cursor));
    else break;
    if (found.arguments.length === 0) found = sizes(cursor);
  }
  const isEnumeration = words[0] === 'enum' || words[0] === 'set';
  return {
    name: words.join(' ').replaceAll(' <', '<'),
    arguments: isEnumeration ? [] : found.arguments,
    array: arrays(cursor),
    values: isEnumeration ? found.values : null,
  };
}

function sizes(cursor: SqlCursor): { arguments: string[]; values: string[] } {
  const values: string[] = [];
  const written = cursor.items().map((item) => {
    if (item.peek().kind === 'string') values.push(item.peek().text);
    return item.rest();
  });
  return { arguments: written, values };
}

/** Cassandra: `<text, frozen<list<int>>>`. */
function elements(cursor: SqlCursor): string {
  let written = '';
  let depth = 0;
  do {
    const { key, text } = cursor.next();
    if (key === '<') depth++;
    else if (key === '>') depth--;
    written += key === ',' ? ', ' : text.toLowerCase();
  } while (depth > 0 && !cursor.isDone);
  return written;
}

function arrays(cursor: SqlCursor): boolean {
  let found = cursor.takes('ARRAY');
  while (cursor.sees('[')) {
    found = true;
    while (!cursor.isDone && cursor.next().key !== ']');
  }
  // SQLite's and SQL Server's brackets quote names: `[]` is an empty one.
  return found;
}

/** `pg_catalog."default"` is that of the database: none is stated. */
function collationOf(name: string | undefined): string | null {
  return name === undefined || name === 'default' ? null : name;
}

export interface ColumnDefinition {
  readonly column: SqlColumn;
  readonly constraints: readonly SqlConstraint[];
}

/** Type and clauses that follow a column's name. */
export function readColumn(name: string, cursor: SqlCursor, skipped: Skipped, at?: SqlSpan): ColumnDefinition {
  const constraints: SqlConstraint[] = [];
  const type = readType(cursor);
  let column: SqlColumn = {
    name,
    type,
    nullable: null,
    default: null,
    generated: null,
    collation: null,
    comment: null,
    ...(at ? { at } : {}),
  };
  let constraintName: string | null = null;
  while (!cursor.isDone) {
    const given = constraintName;
    constraintName = null;
    if (cursor.takes('CONSTRAINT')) constraintName = cursor.identifier();
    else if (cursor.takes('NOT', 'NULL')) column = { ...column, nullable: false };
    else if (cursor.takes('NULL')) column = { ...column, nullable: true };
    else if (cursor.takes('DEFAULT')) column = { ...column, default: readDefault(cursor) };
    else if (cursor.takes('PRIMARY', 'KEY') || (isMysql(cursor) && cursor.takes('KEY'))) {
      cursor.takesAny('ASC', 'DESC', 'CLUSTERED', 'NONCLUSTERED');
      constraints.push({ kind: 'primaryKey', name: given, columns: [name] });
    } else if (cursor.takes('UNIQUE')) {
      cursor.takes('KEY');
      cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
      const nullsNotDistinct = readNulls(cursor);
      constraints.push({
        kind: 'unique',
        name: given,
        columns: [name],
        nullsNotDistinct,
        deferrable: readDeferrable(cursor),
      });
    } else if (cursor.takes('CHECK')) {
      cursor.takes('NOT', 'FOR', 'REPLICATION');
      const expression = cursor.bracketed() ?? '';
      constraints.push({ kind: 'check', name: given, expression, column: name });
    } else if (cursor.sees('REFERENCES')) constraints.push(readReferences(cursor, given, [name]));
    else if (cursor.takes('COLLATE')) column = { ...column, collation: collationOf(cursor.name()?.name) };
    else if (cursor.takesAny('AUTO_INCREMENT', 'AUTOINCREMENT') !== null)
      column = { ...column, generated: { kind: 'increment', expression: null } };
    else if (cursor.takes('IDENTITY')) {
      cursor.group();
      column = { ...column, generated: { kind: 'identity', expression: null } };
    } else if (cursor.sees('GENERATED') || cursor.sees('AS')) {
      const generated = readGenerated(cursor);
      if (generated) column = { ...column, generated };
    } else if (cursor.takes('ON', 'UPDATE')) {
      // MySQL: part of what the column is filled with.
      const update = readDefault(cursor);
      column = { ...column, default: `${column.default ?? 'NULL'} ON UPDATE ${update}` };
    } else if (cursor.takes('COMMENT')) column = { ...column, comment: cursor.next().text };
    else if (
      cursor.takesAny('STORED', 'VIRTUAL', 'PERSISTED', 'INVISIBLE', 'VISIBLE', 'ROWGUIDCOL', 'SPARSE', 'FIRST') !==
        null ||
      cursor.takesAny('HIDDEN', 'STATIC', 'LOCAL', 'BINARY', 'ASCII', 'UNICODE') !== null ||
      readStorage(cursor)
    )
      continue;
    else if (cursor.takesAny('AFTER', 'STORAGE', 'COMPRESSION', 'SRID', 'COLUMN_FORMAT') !== null) cursor.next();
    else if (cursor.takesAny('MASKED', 'ENCRYPTED') !== null) {
      cursor.takes('WITH');
      cursor.group();
    } else if (cursor.takes('OPTIONS')) cursor.group();
    else if (cursor.takes('WITH', 'VALUES') || cursor.takes('WITHOUT', 'SYSTEM', 'VERSIONING')) continue;
    else if (cursor.takes('CHARACTER', 'SET') || cursor.takes('CHARSET')) cursor.next();
    else if (cursor.takes('ON', 'CONFLICT')) cursor.next();
    else if (cursor.sees('DEFERRABLE') || cursor.sees('NOT', 'DEFERRABLE') || cursor.sees('INITIALLY'))
      readDeferrable(cursor);
    else {
      const at = cursor.range();
      skipped(cursor.next().text, at);
    }
  }
  return { column, constraints: at ? constraints.map((constraint) => ({ ...constraint, at })) : constraints };
}

/** One operand, with casts and calls: `'x'::text`, `now()`, `-1`, `(a + b)`, `CURRENT_TIMESTAMP(6)`. */
export function readDefault(cursor: SqlCursor): string {
  const from = cursor.position;
  cursor.takes('ON', 'NULL');
  // The first token belongs to the default even where it could start a clause: DEFAULT NULL.
  if (cursor.sees('(')) cursor.group();
  else cursor.next();
  cursor.expression(clauseStarts);
  return cursor.since(from).trim();
}

function readGenerated(cursor: SqlCursor): SqlGeneration | null {
  if (cursor.takes('GENERATED')) {
    const isAlways = cursor.takes('ALWAYS');
    if (!isAlways) cursor.takes('BY', 'DEFAULT');
    cursor.takes('ON', 'NULL');
  }
  if (!cursor.takes('AS')) return null;
  if (cursor.takes('IDENTITY')) {
    cursor.group();
    return { kind: 'identity', expression: null };
  }
  // SQL Server: the period of a temporal table.
  if (cursor.takes('ROW') || cursor.takes('TRANSACTION_ID') || cursor.takes('SEQUENCE_NUMBER')) {
    cursor.takesAny('START', 'END');
    return null;
  }
  const expression = cursor.bracketed();
  const kind = cursor.takesAny('STORED', 'VIRTUAL', 'PERSISTED');
  return { kind: kind === 'STORED' || kind === 'PERSISTED' ? 'stored' : 'virtual', expression };
}
