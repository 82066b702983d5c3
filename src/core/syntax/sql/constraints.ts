/** Constraints of CREATE TABLE and ALTER TABLE. */
import type { ReferentialAction } from '../../schema/model.ts';
import type { SqlCursor } from './cursor.ts';
import { readIndexBody } from './indexes.ts';
import type { SqlConstraint } from './operation.ts';

export function isMysql(cursor: SqlCursor): boolean {
  return cursor.dialect === 'mysql' || cursor.dialect === 'mariadb';
}

export function readNulls(cursor: SqlCursor): boolean {
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
  const at = cursor.extent();
  const read = readBody(cursor);
  return read === null ? null : { ...read, at };
}

function readBody(cursor: SqlCursor): SqlConstraint | null {
  const from = cursor.position;
  // MySQL: the name may be left out.
  const name =
    cursor.takes('CONSTRAINT') && !/^(?:PRIMARY|UNIQUE|FOREIGN|CHECK)$/.test(cursor.peek().key)
      ? (cursor.takes('IF', 'NOT', 'EXISTS'), cursor.name()?.name ?? null)
      : null;
  if (cursor.takes('PRIMARY', 'KEY')) {
    cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
    const index = usedIndex(cursor);
    if (index !== null) return { kind: 'primaryKey', name, columns: [], index };
    if (cursor.sees('USING') && !cursor.sees('USING', 'INDEX')) cursor.position += 2;
    const partition = partitionLength(cursor);
    return { kind: 'primaryKey', name, columns: keyColumns(cursor), ...(partition === null ? {} : { partition }) };
  }
  if (cursor.sees('UNIQUE')) {
    cursor.next();
    const isIndex = cursor.takesAny('KEY', 'INDEX') !== null || isMysql(cursor);
    cursor.takesAny('CLUSTERED', 'NONCLUSTERED');
    const index = usedIndex(cursor);
    if (index !== null) return { kind: 'unique', name, columns: [], index, nullsNotDistinct: false, deferrable: null };
    const nullsNotDistinct = readNulls(cursor);
    const own = cursor.sees('(') || cursor.sees('USING') ? null : cursor.identifier();
    if (isIndex && isMysql(cursor)) {
      const index = readIndexBody(cursor, own ?? name, true);
      return { kind: 'index', index };
    }
    const columns = keyColumns(cursor);
    if (cursor.takes('INCLUDE')) cursor.group();
    while (readStorage(cursor));
    return { kind: 'unique', name: own ?? name, columns, nullsNotDistinct, deferrable: readDeferrable(cursor) };
  }
  if (cursor.takes('FOREIGN', 'KEY')) {
    // MySQL: a name of the index may stand here.
    const own = cursor.sees('(') ? null : cursor.identifier();
    const columns = cursor.names() ?? [];
    return readReferences(cursor, name ?? own, columns);
  }
  if (cursor.sees('CHECK', '(') || cursor.sees('CHECK', 'NOT')) {
    cursor.next();
    cursor.takes('NOT', 'FOR', 'REPLICATION');
    const expression = cursor.bracketed() ?? '';
    return { kind: 'check', name, expression, column: null };
  }
  if (cursor.sees('EXCLUDE', 'USING') || cursor.sees('EXCLUDE', '(')) {
    cursor.next();
    return { kind: 'exclusion', name, expression: cursor.rest() };
  }
  const isSpecial = isMysql(cursor) && (/^(?:INDEX|KEY|\()$/.test(cursor.peek(1).key) || cursor.peek(2).key === '(');
  const method = isSpecial ? cursor.takesAny('FULLTEXT', 'SPATIAL') : null;
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
  if (!isMysql(cursor) && cursor.dialect !== 'mssql' && cursor.dialect !== 'cockroachdb') return false;
  const { key } = cursor.peek();
  if (key !== 'INDEX' && key !== 'KEY') return false;
  const isList =
    cursor.peek(1).key === '(' ||
    cursor.peek(2).key === '(' ||
    /^(?:USING|CLUSTERED|NONCLUSTERED|UNIQUE)$/.test(cursor.peek(2).key);
  if (isList) cursor.next();
  return isList;
}

/** Cassandra brackets the columns that choose the partition: `((a, b), c)`. */
function keyColumns(cursor: SqlCursor): string[] {
  if (cursor.dialect !== 'cassandra') return cursor.names() ?? [];
  return cursor.list((item) => (item.sees('(') ? (item.names() ?? []) : [item.identifier() ?? '']));
}

/** `((a, b), c)` is partitioned by two columns. Null where nothing is bracketed, so that the first column alone does it, or other engines. */
function partitionLength(cursor: SqlCursor): number | null {
  if (cursor.dialect !== 'cassandra' || !cursor.sees('(', '(')) return null;
  const from = cursor.position;
  const length = cursor.items()[0]?.names()?.length ?? 0;
  cursor.position = from;
  return length === 0 ? null : length;
}

/** How an engine keeps what stands before it: `WITH (…) ON [PRIMARY]`, `USING INDEX TABLESPACE x ENABLE VALIDATE`. Nothing of it is structure. */
export function readStorage(cursor: SqlCursor): boolean {
  if (cursor.takes('USING', 'INDEX')) {
    if (cursor.group() === null && !cursor.sees('TABLESPACE') && cursor.peek().kind !== 'symbol') cursor.name();
    return true;
  }
  if (cursor.sees('WITH') && (cursor.peek(1).key === '(' || cursor.peek(1).key === 'FILLFACTOR')) {
    cursor.next();
    if (cursor.group() === null) {
      cursor.next();
      cursor.takes('=');
      cursor.next();
    }
    return true;
  }
  if (cursor.takes('NOT', 'FOR', 'REPLICATION') || cursor.takes('NOT', 'ENFORCED') || cursor.takes('NO', 'INHERIT'))
    return true;
  if (cursor.dialect === 'mssql' && cursor.sees('ON') && cursor.peek(1).kind !== 'word') {
    cursor.next();
    cursor.name();
    cursor.group();
    return true;
  }
  if (cursor.sees('TABLESPACE') || (cursor.sees('ON') && cursor.peek(1).key === 'PRIMARY')) {
    cursor.next();
    cursor.name();
    return true;
  }
  return cursor.takesAny('ENABLE', 'DISABLE', 'VALIDATE', 'NOVALIDATE', 'RELY', 'NORELY', 'ENFORCED') !== null;
}

/** `PRIMARY KEY USING INDEX name`: what is indexed already becomes the constraint. Oracle's names where it is kept, behind the columns. */
function usedIndex(cursor: SqlCursor): string | null {
  if (!cursor.sees('USING', 'INDEX') || cursor.dialect === 'oracle') return null;
  cursor.position += 2;
  return cursor.identifier();
}
