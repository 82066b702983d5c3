/** Changes of a change set → DDL operations (docs.liquibase.com, "Change types"; the generators of Liquibase 4.x). */
import type { Dialect, ReferentialAction } from '../../schema/model.ts';
import type { DdlOperation, SqlConstraint, SqlIndex, SqlName } from '../../syntax/sql/operation.ts';
import { typeOfText } from '../shared/sqlText.ts';
import { columnOf, defaultOf, deferrableOf, listAs, nameAs, tableAs } from './columns.ts';
import type { ChangeNode } from './model.ts';
import { databaseTypeOf } from './types.ts';

/** A text = why it is left out. */
export type ChangeResult = readonly DdlOperation[] | string;

/** Changes that touch no structure that is modelled. */
const harmless =
  /^(?:tagDatabase|empty|output|stop|markUnused|enableTrigger|disableTrigger|renameTrigger|createSequence|alterSequence|dropSequence|renameSequence|createProcedure|dropProcedure|createFunction|dropFunction|createTrigger|dropTrigger|createPackage|createPackageBody|dropPackage|dropPackageBody|createSynonym|dropSynonym|enableCheckConstraint|disableCheckConstraint|param|mark|include)$/;
/** Changes of rows. */
export const onRows = /^(?:insert|update|delete|loadData|loadUpdateData|mergeColumns)$/;

const actions = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'] as const;

function actionOf(text: string | undefined): ReferentialAction | null {
  return actions.find((each) => each === text?.trim().toUpperCase()) ?? null;
}

/** Whether a change set can be taken back without saying how. */
export const revertible =
  /^(?:createTable|addColumn|renameColumn|renameTable|renameView|createIndex|createView|createSequence|renameSequence|addForeignKeyConstraint|addUniqueConstraint|addPrimaryKey|addNotNullConstraint|dropNotNullConstraint|addDefaultValue|addLookupTable|setTableRemarks|setColumnRemarks|insert|tagDatabase|addAutoIncrement|addCheckConstraint)$/;

export function operationsOf(change: ChangeNode, dialect: Dialect): ChangeResult {
  const { name: kind, attributes, children } = change;
  if (harmless.test(kind) || onRows.test(kind)) return [];
  const table = tableAs(
    attributes.tableName ?? attributes.baseTableName ?? attributes.existingTableName ?? '',
    attributes.schemaName ?? attributes.baseTableSchemaName ?? attributes.existingTableSchemaName,
    dialect,
  );
  const text = (key: string): string | null => {
    const value = attributes[key];
    return value === undefined || value === '' ? null : nameAs(value, dialect);
  };
  const columns = listAs(attributes.columnNames ?? attributes.baseColumnNames, dialect);
  const column = text('columnName') ?? '';
  const alter = (change: Extract<DdlOperation, { kind: 'alterColumn' }>['change']): DdlOperation[] => [
    { kind: 'alterColumn', table, column, change },
  ];
  const drop = (of: 'any' | 'primaryKey' | 'foreignKey' | 'check' | 'index', name: string | null): DdlOperation[] => [
    { kind: 'dropConstraint', table, of, name, ifExists: false },
  ];
  switch (kind) {
    case 'createTable':
      return createTable(table, change, dialect);
    case 'addColumn':
      return addColumns(table, change, dialect);
    case 'dropColumn': {
      const named = children.flatMap((child) => (child.name === 'column' ? (child.attributes.name ?? []) : []));
      const all = column === '' ? named.map((each) => nameAs(each, dialect)) : [column];
      return all.map((each) => ({ kind: 'dropColumn', table, column: each, ifExists: false }));
    }
    case 'renameColumn':
      return [{ kind: 'renameColumn', table, from: text('oldColumnName') ?? '', to: text('newColumnName') ?? '' }];
    case 'modifyDataType': {
      const type = typeOfText(databaseTypeOf(attributes.newDataType ?? '', dialect), dialect);
      return type ? alter({ type }) : 'its type cannot be told';
    }
    case 'addNotNullConstraint':
      return alter({ nullable: false });
    case 'dropNotNullConstraint':
      return alter({ nullable: true });
    case 'addDefaultValue':
      return alter({ default: defaultOf(attributes, dialect) });
    case 'dropDefaultValue':
      return alter({ default: null });
    case 'addAutoIncrement':
      return alter({ generated: { kind: dialect === 'postgresql' ? 'identity' : 'increment', expression: null } });
    case 'addPrimaryKey':
      return [
        { kind: 'addConstraint', table, constraint: { kind: 'primaryKey', name: text('constraintName'), columns } },
      ];
    case 'addUniqueConstraint': {
      const name = text('constraintName');
      const deferrable = deferrableOf(attributes);
      return [
        {
          kind: 'addConstraint',
          table,
          constraint: { kind: 'unique', name, columns, nullsNotDistinct: false, deferrable },
        },
      ];
    }
    case 'addForeignKeyConstraint':
      return [{ kind: 'addConstraint', table, constraint: foreignKeyOf(table, change, dialect) }];
    case 'addCheckConstraint': {
      const expression = attributes.constraintBody ?? attributes.checkCondition ?? change.text.trim();
      return [
        {
          kind: 'addConstraint',
          table,
          constraint: { kind: 'check', name: text('constraintName'), expression, column: null },
        },
      ];
    }
    case 'createIndex':
      return [{ kind: 'createIndex', table, index: indexOf(change, dialect), ifNotExists: false }];
    case 'dropIndex':
      return [
        {
          kind: 'dropIndex',
          index: { name: text('indexName') ?? '', namespace: table.namespace },
          table: table.name === '' ? null : table,
          ifExists: false,
        },
      ];
    case 'dropTable':
      return [{ kind: 'dropTable', tables: [table], ifExists: false }];
    case 'dropPrimaryKey':
      return drop('primaryKey', null);
    case 'dropForeignKeyConstraint':
      return drop('foreignKey', text('constraintName'));
    case 'dropUniqueConstraint':
      return drop('index', text('constraintName'));
    case 'dropCheckConstraint':
      return drop('check', text('constraintName'));
    case 'renameTable': {
      const from = tableAs(attributes.oldTableName ?? '', attributes.schemaName, dialect);
      return [{ kind: 'renameTable', table: from, to: { ...from, name: text('newTableName') ?? '' } }];
    }
    case 'setTableRemarks':
      return [{ kind: 'setComment', table, column: null, comment: attributes.remarks ?? null }];
    case 'setColumnRemarks':
      return [{ kind: 'setComment', table, column, comment: attributes.remarks ?? null }];
    case 'createView': {
      const view = tableAs(attributes.viewName ?? '', attributes.schemaName, dialect);
      return [{ kind: 'createView', table: view, materialized: false, columns: [], query: change.text.trim() }];
    }
    case 'dropView':
      return [{ kind: 'dropView', views: [tableAs(attributes.viewName ?? '', attributes.schemaName, dialect)] }];
    case 'renameView':
      return [];
    case 'addLookupTable':
      return lookupTable(table, change, dialect);
    case 'dropAllForeignKeyConstraints':
      return 'which keys it drops depends on the database';
    case 'customChange':
      return `what the class ${attributes.class ?? ''} does is not followed`;
    case 'executeCommand':
      return 'what the program does is not followed';
    default:
      return 'it is no change that is known here';
  }
}

function createTable(table: SqlName, change: ChangeNode, dialect: Dialect): ChangeResult {
  const read = change.children.flatMap((child) =>
    child.name === 'column' ? (columnOf(child, table, dialect) ?? []) : [],
  );
  const keys = read.filter(({ isKey }) => isKey);
  const constraints: SqlConstraint[] = read.flatMap((each) => each.constraints);
  if (keys.length > 0) {
    const stated = keys.find(({ keyName }) => keyName !== null)?.keyName ?? null;
    // Liquibase names the key of every engine but PostgreSQL, which does it by itself, and SQLite, which keeps no name.
    const name = stated ?? (/^(?:mssql|oracle)$/.test(dialect) ? `PK_${table.name.toUpperCase()}` : null);
    constraints.push({ kind: 'primaryKey', name, columns: keys.map(({ column }) => column.name) });
  }
  return [
    {
      kind: 'createTable',
      table,
      ifNotExists: change.attributes.ifNotExists === 'true',
      columns: read.map(({ column }) => column),
      constraints,
      comment: change.attributes.remarks ?? null,
      open: false,
    },
  ];
}

function addColumns(table: SqlName, change: ChangeNode, dialect: Dialect): ChangeResult {
  return change.children.flatMap((child): DdlOperation[] => {
    const read = child.name === 'column' ? columnOf(child, table, dialect) : null;
    if (!read) return [];
    const key: SqlConstraint[] = read.isKey
      ? [{ kind: 'primaryKey', name: read.keyName, columns: [read.column.name] }]
      : [];
    return [
      { kind: 'addColumn', table, column: read.column, constraints: [...key, ...read.constraints], ifNotExists: false },
    ];
  });
}

function foreignKeyOf(table: SqlName, { attributes }: ChangeNode, dialect: Dialect): SqlConstraint {
  const target = tableAs(
    attributes.referencedTableName ?? '',
    attributes.referencedTableSchemaName ?? table.namespace ?? undefined,
    dialect,
  );
  return {
    kind: 'foreignKey',
    name: attributes.constraintName === undefined ? null : nameAs(attributes.constraintName, dialect),
    columns: listAs(attributes.baseColumnNames, dialect),
    references: { ...target, columns: listAs(attributes.referencedColumnNames, dialect) },
    onDelete: attributes.deleteCascade === 'true' ? 'CASCADE' : actionOf(attributes.onDelete),
    onUpdate: actionOf(attributes.onUpdate),
    deferrable: deferrableOf(attributes),
  };
}

/** `computed="true"` marks an expression; a column's name may carry its order (`created_at DESC`). */
function indexOf({ attributes, children }: ChangeNode, dialect: Dialect): SqlIndex {
  const parts = children.filter((child) => child.name === 'column').map((child) => child.attributes);
  const read = parts.map((part) => {
    const written = part.name ?? '';
    const ordered = /^([\w$"]+)\s+(asc|desc)$/i.exec(written);
    const isPlain = part.computed !== 'true' && (ordered !== null || /^["\w$]+$/.test(written));
    const descending = part.descending === 'true' || ordered?.[2]?.toLowerCase() === 'desc';
    return { name: nameAs(ordered?.[1] ?? written, dialect), isPlain, descending, written };
  });
  return {
    name: attributes.indexName === undefined ? null : nameAs(attributes.indexName, dialect),
    columns: read.filter(({ isPlain }) => isPlain).map(({ name }) => name),
    orders: read.some(({ descending }) => descending)
      ? read.map(({ descending }) => (descending ? 'desc' : 'asc'))
      : [],
    include: [],
    unique: attributes.unique === 'true',
    method: null,
    where: null,
    expression: read.every(({ isPlain }) => isPlain) ? null : read.map(({ written }) => written).join(', '),
  };
}

/** A table for the values of a column, which then refers to it. */
function lookupTable(table: SqlName, { attributes }: ChangeNode, dialect: Dialect): ChangeResult {
  const created = tableAs(attributes.newTableName ?? '', attributes.newTableSchemaName, dialect);
  const key = nameAs(attributes.newColumnName ?? '', dialect);
  const type = typeOfText(databaseTypeOf(attributes.newColumnDataType ?? 'varchar(255)', dialect), dialect);
  return [
    {
      kind: 'createTable',
      table: created,
      ifNotExists: false,
      columns: [{ name: key, type, nullable: false, default: null, generated: null, collation: null, comment: null }],
      constraints: [{ kind: 'primaryKey', name: null, columns: [key] }],
      comment: null,
      open: false,
    },
    {
      kind: 'addConstraint',
      table,
      constraint: {
        kind: 'foreignKey',
        name: attributes.constraintName ?? `FK_${table.name.toUpperCase()}_${created.name.toUpperCase()}`,
        columns: listAs(attributes.existingColumnName, dialect),
        references: { ...created, columns: [key] },
        onDelete: null,
        onUpdate: null,
        deferrable: null,
      },
    },
  ];
}
