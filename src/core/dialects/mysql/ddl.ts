/** MySQL's and MariaDB's DDL. Sources: dev.mysql.com/doc/refman/8.4/en/alter-table.html, create-index.html. */
import type { Column, Dialect } from '../../schema/model.ts';
import {
  columnDefinition,
  columnList,
  commonPrinters,
  createIndex,
  nameOr,
  printWith,
  sizedType,
  statement,
} from '../ddl.ts';
import type { DdlContext, DdlPrinter, Printers, Spelling } from '../ddl.ts';
import { quoteIdentifier, quoteTable } from '../quoting.ts';
import { isUnsigned, signless } from '../types.ts';

const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

function spellingOf(dialect: Dialect, context: DdlContext): Spelling {
  const values = (name: string): readonly string[] =>
    (context.to.enums.find((type) => type.name === name) ?? context.from.enums.find((type) => type.name === name))
      ?.values ?? [];
  return {
    dialect,
    columnType(column: Column) {
      const type =
        column.enum === null
          ? `${sizedType({ ...column, rawType: signless(column.rawType) })}${isUnsigned(dialect, column) ? ' unsigned' : ''}`
          : `${column.rawType === 'set' ? 'set' : 'enum'}(${values(column.enum).map(text).join(', ')})`;
      return type + (column.collation === null ? '' : ` COLLATE ${column.collation}`);
    },
    columnSuffix({ generated, comment }) {
      const numbered = generated?.kind === 'increment' || generated?.kind === 'identity' ? 'AUTO_INCREMENT' : '';
      const computed =
        generated?.kind === 'stored' || generated?.kind === 'virtual'
          ? `GENERATED ALWAYS AS (${generated.expression ?? 'NULL'}) ${generated.kind.toUpperCase()}`
          : '';
      return [numbered, computed, comment === null ? '' : `COMMENT ${text(comment)}`].filter(Boolean).join(' ');
    },
    inlinePrimaryKey: () => false,
  };
}

function printers(dialect: Dialect, context: DdlContext): Printers {
  const spelling = spellingOf(dialect, context);
  const common = commonPrinters(spelling);
  const id = (name: string): string => quoteIdentifier(name, dialect);
  const table = (at: { table: string; namespace: string | null }): string =>
    quoteTable(at.table, at.namespace, dialect);
  const modify = (at: { table: string; namespace: string | null }, column: Column): string =>
    `ALTER TABLE ${table(at)} MODIFY COLUMN ${columnDefinition(column, spelling)}`;
  return {
    ...common,
    createTable: (change, ddl) =>
      common
        .createTable(change, ddl)
        .map((sql) => (change.table.comment === null ? sql : `${sql} COMMENT=${text(change.table.comment)}`)),
    renameTable: (change) => [`RENAME TABLE ${table(change)} TO ${quoteTable(change.to, change.toNamespace, dialect)}`],
    // MODIFY states the whole column; what it leaves out would be lost.
    alterColumn: (change) => [modify(change, change.to)],
    setPrimaryKey: (change) => {
      const parts = [
        ...(change.from.length > 0 ? ['DROP PRIMARY KEY'] : []),
        ...(change.to.length > 0 ? [`ADD PRIMARY KEY (${columnList(change.to, dialect)})`] : []),
      ];
      return [`ALTER TABLE ${table(change)} ${parts.join(', ')}`];
    },
    addIndex: (change) => {
      const { method } = change.index;
      const sql = createIndex(change, change.index, dialect, { using: false, include: false });
      const kind = method !== null && /^(fulltext|spatial)$/i.test(method) ? `${method.toUpperCase()} ` : '';
      return [kind === '' ? sql : sql.replace(/^CREATE (UNIQUE )?INDEX/, `CREATE ${kind}INDEX`)];
    },
    dropIndex: (change) => [
      `DROP INDEX ${id(nameOr(change.index.name, change.table, change.index.columns, 'idx'))} ON ${table(change)}`,
    ],
    renameIndex: (change) => [`ALTER TABLE ${table(change)} RENAME INDEX ${id(change.from)} TO ${id(change.to)}`],
    dropUnique: (change) => [
      `ALTER TABLE ${table(change)} DROP INDEX ${id(nameOr(change.unique.name, change.table, change.unique.columns, 'key'))}`,
    ],
    dropForeignKey: (change) => [
      `ALTER TABLE ${table(change)} DROP FOREIGN KEY ${id(nameOr(change.foreignKey.name, change.table, change.foreignKey.columns, 'fkey'))}`,
    ],
    // Enumerations are part of the column's type: each column that has it is stated anew.
    alterEnum: (change, { to }) =>
      to.tables.flatMap((owner) =>
        owner.columns
          .filter((column) => column.enum === change.to.name)
          .map((column) => modify({ table: owner.name, namespace: owner.namespace }, column)),
      ),
  };
}

function printer(dialect: Dialect): DdlPrinter {
  return (changes, context) => {
    const print = printers(dialect, context);
    return changes.flatMap((change) => printWith(print, change, context).map((sql) => statement(sql)));
  };
}

export const printMysql = printer('mysql');
export const printMariadb = printer('mariadb');
