/** CREATE TABLE and ALTER TABLE. */
import { readColumn, readDefault, readType } from './columns.ts';
import type { Skipped } from './columns.ts';
import { readTableConstraint } from './constraints.ts';
import type { SqlCursor } from './cursor.ts';
import { indexesOfOptions } from './hypertables.ts';
import { readIndexBody } from './indexes.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlCopy, SqlName } from './operation.ts';

export function readCreateTable(cursor: SqlCursor, skipped: Skipped): DdlOperation[] {
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS');
  const at = cursor.range();
  const table = cursor.name();
  // SQL Server: a temporary table.
  if (table === null || (cursor.dialect === 'mssql' && table.name.startsWith('#'))) return [];
  const columns: SqlColumn[] = [];
  const constraints: SqlConstraint[] = [];
  const copies: SqlCopy[] = [];
  const copy = (how: SqlCopy['how'], before: number, item: SqlCursor): void => {
    const from = item.name();
    if (from) copies.push({ from, how, including: including(item), before });
  };
  let open = false;
  if (cursor.takes('PARTITION', 'OF')) copy('partition', 0, cursor);
  const isPartition = copies.length > 0;
  const hasBody = cursor.sees('(') && cursor.peek(1).key !== 'SELECT' && cursor.peek(1).key !== 'WITH';
  for (const item of hasBody ? cursor.items() : []) {
    if (item.takes('LIKE')) {
      copy('like', columns.length, item);
      continue;
    }
    const constraint = readTableConstraint(item);
    if (constraint) {
      constraints.push(constraint);
      continue;
    }
    // What is not structure: SQL Server's period of validity, CockroachDB's families.
    if (
      item.sees('PERIOD', 'FOR') ||
      (item.sees('FAMILY') && /^(?:\(|)$/.test(item.peek(1).key) && item.peek(1).text !== '')
    )
      continue;
    const place = item.range();
    const name = item.identifier();
    if (name === null) {
      skipped(item.peek().text, item.range());
      continue;
    }
    // `PARTITION OF a (b DEFAULT 1)`: the column is the parent's.
    if (isPartition) continue;
    const read = readColumn(name, item, skipped, place);
    columns.push(read.column);
    constraints.push(...read.constraints);
  }
  let comment: string | null = null;
  const added: DdlOperation[] = [];
  while (!cursor.isDone) {
    if (cursor.takes('COMMENT')) {
      cursor.takes('=');
      comment = cursor.next().text;
    } else if (cursor.takes('INHERITS')) {
      for (const item of cursor.items()) copy('inherits', 0, item);
    } else if (!hasBody && cursor.takes('LIKE')) copy('like', 0, cursor);
    else if (cursor.sees('PARTITION', 'BY')) break;
    else if (cursor.takes('WITH')) added.push(...indexesOfOptions(table, cursor.group()?.all() ?? ''));
    else {
      open ||= cursor.sees('SELECT') && !hasBody;
      cursor.next();
    }
  }
  const base = { kind: 'createTable' as const, table, ifNotExists, columns, constraints, comment, open, at };
  return [copies.length > 0 ? { ...base, copies } : base, ...added];
}

/** `INCLUDING DEFAULTS EXCLUDING …`; MySQL's LIKE takes over everything it can. */
function including(item: SqlCursor): string[] {
  const found: string[] = [];
  for (
    let word = item.takesAny('INCLUDING', 'EXCLUDING');
    word !== null;
    word = item.takesAny('INCLUDING', 'EXCLUDING')
  ) {
    const what = item.next().key;
    if (word === 'INCLUDING') found.push(what);
  }
  return item.dialect === 'mysql' || item.dialect === 'mariadb' ? ['ALL'] : found;
}

export function readAlterTable(cursor: SqlCursor, skipped: Skipped): DdlOperation[] {
  cursor.takes('IF', 'EXISTS');
  const isAlone = cursor.takes('ONLY');
  const table = cursor.name();
  if (table === null) return [];
  cursor.takes('*');
  const operations: DdlOperation[] = [];
  let previous: SqlCursor | null = null;
  for (const item of cursor.split()) {
    const read = readAction(table, item, skipped, previous);
    if (read.length > 0) previous = item;
    operations.push(...(isAlone ? read.map((each) => ({ ...each, only: true })) : read));
  }
  return operations;
}

/** T-SQL lists further columns after one ADD: `ADD a int, b int`. */
function readAction(table: SqlName, item: SqlCursor, skipped: Skipped, previous: SqlCursor | null): DdlOperation[] {
  const at = item.range();
  if (item.takes('WITH', 'CHECK') || item.takes('WITH', 'NOCHECK')) return readAction(table, item, skipped, previous);
  if (item.takes('ADD')) return readAdd(table, item, skipped);
  if (item.takes('DROP')) return readDrop(table, item);
  if (item.takes('ALTER')) {
    if (item.takes('CONSTRAINT') || item.takes('INDEX') || item.takes('CHECK')) return [];
    item.takes('COLUMN');
    return readAlterColumn(table, item, skipped);
  }
  if (item.takes('RENAME')) return readRename(table, item);
  const replace = item.takesAny('MODIFY', 'CHANGE');
  if (replace !== null) {
    item.takes('COLUMN');
    item.takes('IF', 'EXISTS');
    if (item.dialect === 'oracle')
      return (item.sees('(') ? item.items() : [item]).flatMap((each) => readModify(table, each, skipped));
    const place = item.range();
    const name = item.identifier() ?? '';
    const next = replace === 'CHANGE' ? (item.identifier() ?? name) : name;
    return [{ kind: 'replaceColumn', table, name, ...readColumn(next, item, skipped, place) }];
  }
  if (item.takes('SET', 'SCHEMA')) {
    const namespace = item.identifier();
    return [
      { kind: 'renameTable', table, to: { name: table.name, namespace: namespace === 'public' ? null : namespace } },
    ];
  }
  if (item.takes('COMMENT')) {
    item.takes('=');
    return [{ kind: 'setComment', table, column: null, comment: item.next().text }];
  }
  if (previous !== null && item.dialect === 'mssql') return readAdd(table, item, skipped);
  const { key } = item.peek();
  // Who owns it, how it is stored and what fires on it is not structure.
  if (!ignored.has(key)) skipped(item.rest().split(/\s+/).slice(0, 3).join(' '), at);
  return [];
}

/** Oracle states only what changes: `MODIFY (a NOT NULL, b DEFAULT 1)`. */
function readModify(table: SqlName, item: SqlCursor, skipped: Skipped): DdlOperation[] {
  const column = item.identifier();
  if (column === null) return [];
  const hasDefault = item.sees('DEFAULT') || item.peek(1).key === 'DEFAULT';
  const { column: read, constraints } = readColumn(column, item, skipped);
  return [
    {
      kind: 'alterColumn',
      table,
      column,
      change: {
        ...(read.type === null ? {} : { type: read.type }),
        ...(read.nullable === null ? {} : { nullable: read.nullable }),
        ...(hasDefault || read.default !== null ? { default: read.default } : {}),
      },
    },
    ...constraints.map((constraint) => addition(table, constraint)),
  ];
}

const ignored: ReadonlySet<string> = new Set(
  'OWNER SET RESET ENABLE DISABLE CLUSTER REPLICA VALIDATE INHERIT NO NOT ENGINE DEFAULT CHARSET CHARACTER COLLATE CONVERT AUTO_INCREMENT ALGORITHM LOCK ROW_FORMAT FORCE ORDER CHECK NOCHECK ATTACH DETACH PARTITION EXCHANGE TRUNCATE ANALYZE REORGANIZE COALESCE REBUILD SWITCH SPLIT MOVE TABLESPACE STORAGE PARALLEL LOGGING NOLOGGING CACHE NOCACHE INITIALLY KEY_BLOCK_SIZE STATS_PERSISTENT CHECKSUM UNION CONFIGURE WITH'.split(
    ' ',
  ),
);

function readAdd(table: SqlName, item: SqlCursor, skipped: Skipped): DdlOperation[] {
  if (item.sees('PARTITION') && (item.peek(1).key === '(' || item.peek(2).key === 'VALUES')) return [];
  const unnamed = readTableConstraint(item);
  if (unnamed) return [addition(table, unnamed)];
  const isColumn = item.takes('COLUMN');
  const ifNotExists = item.takes('IF', 'NOT', 'EXISTS');
  // ADD CONSTRAINT name DEFAULT x FOR column
  if (!isColumn && item.sees('CONSTRAINT')) {
    item.next();
    item.identifier();
  }
  if (item.takes('DEFAULT')) {
    const value = item.expression(new Set(['FOR']));
    if (!item.takes('FOR')) return [];
    return [{ kind: 'alterColumn', table, column: item.identifier() ?? '', change: { default: value } }];
  }
  // MySQL: ADD COLUMN (a int, b int)
  const definitions = item.sees('(') ? item.items() : [item];
  return definitions.flatMap((definition): DdlOperation[] => {
    // Oracle: ADD (CONSTRAINT …, column …)
    const constraint = definition === item ? null : readTableConstraint(definition);
    if (constraint) return [addition(table, constraint)];
    const at = definition.range();
    const name = definition.identifier();
    if (name === null) return [];
    return [{ kind: 'addColumn', table, ifNotExists, ...readColumn(name, definition, skipped, at) }];
  });
}

function addition(table: SqlName, constraint: SqlConstraint): DdlOperation {
  return constraint.kind === 'index'
    ? { kind: 'createIndex', table, index: constraint.index, ifNotExists: false }
    : { kind: 'addConstraint', table, constraint };
}

function readDrop(table: SqlName, item: SqlCursor): DdlOperation[] {
  const ofPart = (of: 'any' | 'foreignKey' | 'check' | 'index'): DdlOperation[] => {
    const ifExists = item.takes('IF', 'EXISTS');
    return [{ kind: 'dropConstraint', table, of, name: item.identifier(), ifExists }];
  };
  if (item.sees('PARTITION') && item.peek(1).text !== '') return [];
  // Oracle: DROP (a, b)
  if (item.sees('(')) return item.list((each) => readDrop(table, each));
  if (item.takes('PRIMARY', 'KEY'))
    return [{ kind: 'dropConstraint', table, of: 'primaryKey', name: null, ifExists: false }];
  if (item.takes('FOREIGN', 'KEY')) return ofPart('foreignKey');
  if (item.takes('CONSTRAINT')) return ofPart('any');
  if (item.sees('CHECK') && item.peek(1).kind !== 'symbol') {
    item.next();
    return ofPart('check');
  }
  if ((item.sees('INDEX') || item.sees('KEY')) && item.peek(1).key !== '') {
    item.next();
    return ofPart('index');
  }
  if (item.sees('INDEX') || item.sees('KEY')) {
    item.next();
    if (!item.isDone) return ofPart('index');
    return [{ kind: 'dropColumn', table, column: 'index', ifExists: false }];
  }
  item.takes('COLUMN');
  const ifExists = item.takes('IF', 'EXISTS');
  const column = item.identifier();
  return column === null ? [] : [{ kind: 'dropColumn', table, column, ifExists }];
}

function readRename(table: SqlName, item: SqlCursor): DdlOperation[] {
  if (item.takes('CONSTRAINT')) {
    const from = item.identifier() ?? '';
    item.takes('TO');
    return [{ kind: 'renameConstraint', table, from, to: item.identifier() ?? from }];
  }
  if (item.takesAny('INDEX', 'KEY') !== null) {
    const from = item.identifier() ?? '';
    item.takes('TO');
    return [{ kind: 'renameIndex', table, index: { name: from, namespace: null }, to: item.identifier() ?? from }];
  }
  if (item.takesAny('TO', 'AS') !== null) {
    const to = item.name();
    return to === null
      ? []
      : [{ kind: 'renameTable', table, to: { name: to.name, namespace: to.namespace ?? table.namespace } }];
  }
  item.takes('COLUMN');
  const from = item.identifier();
  if (from === null) return [];
  if (!item.takes('TO')) {
    // MySQL: RENAME name
    return [{ kind: 'renameTable', table, to: { name: from, namespace: table.namespace } }];
  }
  return [{ kind: 'renameColumn', table, from, to: item.identifier() ?? from }];
}

function readAlterColumn(table: SqlName, item: SqlCursor, skipped: Skipped): DdlOperation[] {
  const at = item.range();
  const column = item.identifier();
  if (column === null) return [];
  const change = (set: Extract<DdlOperation, { kind: 'alterColumn' }>['change']): DdlOperation[] => [
    { kind: 'alterColumn', table, column, change: set },
  ];
  if (item.takes('SET', 'NOT', 'NULL')) return change({ nullable: false });
  if (item.takes('DROP', 'NOT', 'NULL')) return change({ nullable: true });
  if (item.takes('SET', 'DEFAULT')) return change({ default: readDefault(item) });
  if (item.takes('DROP', 'DEFAULT')) return change({ default: null });
  if (item.takes('DROP', 'IDENTITY') || item.takes('DROP', 'EXPRESSION')) return change({ generated: null });
  if (item.takes('ADD', 'GENERATED')) return change({ generated: { kind: 'identity', expression: null } });
  if (item.takes('TYPE') || item.takes('SET', 'DATA', 'TYPE')) {
    const type = readType(item);
    const collation = item.takes('COLLATE') ? (item.name()?.name ?? null) : undefined;
    return type === null ? [] : change({ type, ...(collation === undefined ? {} : { collation }) });
  }
  if (item.sees('SET') || item.sees('RESET')) return [];
  // libSQL: ALTER COLUMN a TO a text NOT NULL
  if (item.dialect === 'sqlite' && item.takes('TO')) {
    const place = item.range();
    const next = item.identifier() ?? column;
    return [{ kind: 'replaceColumn', table, name: column, ...readColumn(next, item, skipped, place) }];
  }
  // SQL Server states type and nullability anew.
  if (item.dialect === 'mssql') {
    const read = readColumn(column, item, skipped).column;
    return read.type === null
      ? []
      : change({
          type: read.type,
          nullable: read.nullable ?? true,
          ...(read.collation === null ? {} : { collation: read.collation }),
        });
  }
  skipped(`ALTER COLUMN ${column} ${item.rest()}`.slice(0, 60), at);
  return [];
}

export function readCreateIndex(cursor: SqlCursor, unique: boolean): DdlOperation[] {
  cursor.takes('CONCURRENTLY');
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS');
  const name = cursor.sees('ON') ? null : (cursor.name()?.name ?? null);
  // MySQL: the method may stand before the table.
  const method = cursor.takes('USING') ? (cursor.identifier()?.toLowerCase() ?? null) : null;
  if (!cursor.takes('ON')) return [];
  const isAlone = cursor.takes('ONLY');
  const table = cursor.name();
  if (table === null) return [];
  const index = readIndexBody(cursor, name, unique);
  return [
    {
      kind: 'createIndex',
      table,
      index: method === null || method === 'btree' ? index : { ...index, method },
      ifNotExists,
      ...(isAlone ? { only: true } : {}),
    },
  ];
}
