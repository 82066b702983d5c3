/** Column definitions and constraints, in all the forms that CREATE TABLE and ALTER TABLE share. */
import type { ReferentialAction } from '../../schema/model.ts';
import type { SqlCursor } from './cursor.ts';
import { readIndexBody } from './indexes.ts';
import type { SqlColumn, SqlConstraint, SqlGeneration, SqlType } from './operation.ts';

/** Told of what is skipped: the words, where they stand. */
export type Skipped = (what: string, at: { readonly start: number; readonly end: number }) => void;

/** Words that end a type or an expression in a column definition. */
const clauseStarts: ReadonlySet<string> = new Set(
  'CONSTRAINT NOT NULL DEFAULT PRIMARY UNIQUE KEY CHECK REFERENCES COLLATE GENERATED AS IDENTITY AUTO_INCREMENT AUTOINCREMENT COMMENT ON DEFERRABLE INITIALLY STORAGE COMPRESSION FIRST AFTER INVISIBLE VISIBLE STORED VIRTUAL PERSISTED ROWGUIDCOL SPARSE USING ENABLE DISABLE CHARSET SRID WITH'.split(
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
    else if (kind === 'word' && typeTails.has(key) && cursor.peek(1).key !== 'SET')
      words.push(cursor.next().text.toLowerCase());
    else if (cursor.sees('CHARACTER', 'SET') || cursor.sees('CHARSET')) {
      cursor.takes('CHARACTER');
      cursor.next();
      cursor.next();
    } else break;
    if (found.arguments.length === 0) found = sizes(cursor);
  }
  const isEnumeration = words[0] === 'enum' || words[0] === 'set';
  return {
    name: words.join(' '),
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

function arrays(cursor: SqlCursor): boolean {
  let found = cursor.takes('ARRAY');
  while (cursor.sees('[')) {
    found = true;
    while (!cursor.isDone && cursor.next().key !== ']');
  }
  // SQLite's and SQL Server's brackets quote names: `[]` is an empty one.
  return found;
}

export interface ColumnDefinition {
  readonly column: SqlColumn;
  readonly constraints: readonly SqlConstraint[];
}

/** Type and clauses that follow a column's name. */
export function readColumn(name: string, cursor: SqlCursor, skipped: Skipped): ColumnDefinition {
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
      const expression = cursor.bracketed() ?? '';
      cursor.takes('NO', 'INHERIT');
      constraints.push({ kind: 'check', name: given, expression, column: name });
    } else if (cursor.sees('REFERENCES')) constraints.push(readReferences(cursor, given, [name]));
    else if (cursor.takes('COLLATE')) column = { ...column, collation: cursor.name()?.name ?? null };
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
      null
    )
      continue;
    else if (cursor.takesAny('AFTER', 'STORAGE', 'COMPRESSION', 'SRID') !== null) cursor.next();
    else if (cursor.takes('ON', 'CONFLICT')) cursor.next();
    else if (cursor.sees('DEFERRABLE') || cursor.sees('NOT', 'DEFERRABLE') || cursor.sees('INITIALLY'))
      readDeferrable(cursor);
    else {
      const at = cursor.range();
      skipped(cursor.next().text, at);
    }
  }
  return { column, constraints };
}

function isMysql(cursor: SqlCursor): boolean {
  return cursor.dialect === 'mysql' || cursor.dialect === 'mariadb';
}

/** One operand, with casts and calls: `'x'::text`, `now()`, `-1`, `(a + b)`, `CURRENT_TIMESTAMP(6)`. */
export function readDefault(cursor: SqlCursor): string {
  const from = cursor.position;
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
  const expression = cursor.bracketed();
  const kind = cursor.takesAny('STORED', 'VIRTUAL', 'PERSISTED');
  return { kind: kind === 'STORED' || kind === 'PERSISTED' ? 'stored' : 'virtual', expression };
}

function readNulls(cursor: SqlCursor): boolean {
  if (cursor.takes('NULLS', 'NOT', 'DISTINCT')) return true;
  cursor.takes('NULLS', 'DISTINCT');
  return false;
}

/** As the schema model keeps it: what follows the word, `INITIALLY DEFERRED`. */
export function readDeferrable(cursor: SqlCursor): string | null {
  if (cursor.takes('NOT', 'DEFERRABLE')) {
    if (cursor.takes('INITIALLY')) cursor.next();
    return null;
  }
  const isDeferrable = cursor.takes('DEFERRABLE');
  if (cursor.takes('INITIALLY')) return `INITIALLY ${cursor.next().key}`;
  return isDeferrable ? 'INITIALLY IMMEDIATE' : null;
}

const actions: readonly ReferentialAction[] = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'];

export function readReferences(cursor: SqlCursor, name: string | null, columns: readonly string[]): SqlConstraint {
  cursor.takes('REFERENCES');
  const target = cursor.name() ?? { name: '', namespace: null };
  const referenced = cursor.names() ?? [];
  let onDelete: ReferentialAction | null = null;
  let onUpdate: ReferentialAction | null = null;
  for (;;) {
    if (cursor.takes('ON', 'DELETE')) onDelete = readAction(cursor);
    else if (cursor.sees('ON', 'UPDATE')) {
      cursor.takes('ON', 'UPDATE');
      onUpdate = readAction(cursor);
    } else if (cursor.takes('MATCH')) cursor.next();
    else break;
  }
  const deferrable = readDeferrable(cursor);
  cursor.takes('NOT', 'VALID');
  return {
    kind: 'foreignKey',
    name,
    columns,
    references: { ...target, columns: referenced },
    onDelete,
    onUpdate,
    deferrable,
  };
}

function readAction(cursor: SqlCursor): ReferentialAction | null {
  const first = cursor.next().key;
  const word = first === 'SET' || first === 'NO' ? `${first} ${cursor.next().key}` : first;
  // ON DELETE SET NULL (column)
  cursor.names();
  return actions.find((action) => action === word) ?? null;
}

/** A constraint or an index that stands in a table's body; null = a column stands here. */
export function readTableConstraint(cursor: SqlCursor): SqlConstraint | null {
  const from = cursor.position;
  // MySQL: the name may be left out.
  const name =
    cursor.takes('CONSTRAINT') && !/^(?:PRIMARY|UNIQUE|FOREIGN|CHECK)$/.test(cursor.peek().key)
      ? cursor.identifier()
      : null;
  if (cursor.takes('PRIMARY', 'KEY')) {
    cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
    if (cursor.takes('USING')) cursor.next();
    return { kind: 'primaryKey', name, columns: keyColumns(cursor) };
  }
  if (cursor.sees('UNIQUE')) {
    cursor.next();
    const isIndex = cursor.takesAny('KEY', 'INDEX') !== null || isMysql(cursor);
    cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
    const nullsNotDistinct = readNulls(cursor);
    const own = cursor.sees('(') || cursor.sees('USING') ? null : cursor.identifier();
    if (isIndex && isMysql(cursor)) {
      const index = readIndexBody(cursor, own ?? name, true);
      return { kind: 'index', index };
    }
    return {
      kind: 'unique',
      name: own ?? name,
      columns: keyColumns(cursor),
      nullsNotDistinct,
      deferrable: readDeferrable(cursor),
    };
  }
  if (cursor.takes('FOREIGN', 'KEY')) {
    // MySQL: a name of the index may stand here.
    const own = cursor.sees('(') ? null : cursor.identifier();
    const columns = cursor.names() ?? [];
    return readReferences(cursor, name ?? own, columns);
  }
  if (cursor.takes('CHECK')) {
    const expression = cursor.bracketed() ?? '';
    return { kind: 'check', name, expression, column: null };
  }
  if (cursor.takes('EXCLUDE')) return { kind: 'exclusion', name, expression: cursor.rest() };
  const method = cursor.takesAny('FULLTEXT', 'SPATIAL');
  const wasIndex = isIndexWord(cursor, method !== null);
  if (wasIndex) {
    const own = cursor.sees('(') || cursor.sees('USING') ? null : cursor.identifier();
    const index = readIndexBody(cursor, own, false);
    return { kind: 'index', index: method === null ? index : { ...index, method: method.toLowerCase() } };
  }
  cursor.position = from;
  return null;
}

/** `KEY name (…)` and `INDEX (…)`; a column may be called `key` or `index` in other engines. */
function isIndexWord(cursor: SqlCursor, sure: boolean): boolean {
  if (sure) {
    cursor.takesAny('INDEX', 'KEY');
    return true;
  }
  if (!isMysql(cursor) && cursor.dialect !== 'mssql') return false;
  const { key } = cursor.peek();
  if (key !== 'INDEX' && key !== 'KEY') return false;
  const isList =
    cursor.peek(1).key === '(' ||
    cursor.peek(2).key === '(' ||
    /^(?:USING|CLUSTERED|NONCLUSTERED|UNIQUE)$/.test(cursor.peek(2).key);
  if (isList) cursor.next();
  return isList;
}

function keyColumns(cursor: SqlCursor): string[] {
  return cursor.names() ?? [];
}
