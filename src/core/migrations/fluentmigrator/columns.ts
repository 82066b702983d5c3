/** A column as an expression states it, and the keys and indexes that are stated with it. Not said to be nullable means NOT NULL, as FluentMigrator writes it. */
import { defaultLiteral } from '../../readers/shared/csharp/defaultLiteral.ts';
import { familyOf } from '../../readers/shared/csharp/storeTypes.ts';
import { nameValue, textValue } from '../../readers/shared/csharp/values.ts';
import type { Value } from '../../readers/shared/csharp/values.ts';
import type { Dialect, ReferentialAction } from '../../schema/model.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlIndex, SqlName } from '../../syntax/sql/operation.ts';
import type { FluentCall } from './record.ts';
import { typeOfCall } from './types.ts';
import type { FluentType } from './types.ts';

export interface StatedColumn {
  readonly column: SqlColumn;
  readonly primaryKey: { readonly name: string | null } | null;
  readonly constraints: readonly SqlConstraint[];
  /** What is made once the table is there. */
  readonly after: readonly DdlOperation[];
  /** Default for rows that are there, where one is stated. */
  readonly fill: string | null;
}

export const plainIndex: SqlIndex = {
  ...{ name: null, columns: [], orders: [], include: [], unique: false, method: null, where: null, expression: null },
};

/** @param calls what follows the call that names it, up to the next column */
export function statedColumn(
  name: string,
  calls: readonly FluentCall[],
  table: SqlName,
  dialect: Dialect,
): StatedColumn {
  let type: FluentType | null = null;
  let [nullable, comment, text]: [boolean, string | null, string | null] = [false, null, null];
  let [primaryKey, isNumbered, fill]: [StatedColumn['primaryKey'], boolean, string | null] = [null, false, null];
  const constraints: SqlConstraint[] = [];
  const after: DdlOperation[] = [];
  const index = (stated: string | null, unique: boolean): void => {
    const own = { ...plainIndex, name: stated ?? `IX_${table.name}_${name}`, columns: [name], unique };
    after.push({ kind: 'createIndex', table, index: own, ifNotExists: false });
  };
  for (const { name: call, args } of calls) {
    const [first] = args;
    switch (call) {
      case 'Nullable':
      case 'NotNullable':
        nullable = call === 'Nullable';
        break;
      case 'PrimaryKey':
        primaryKey = { name: textValue(first) ?? `PK_${table.name}` };
        break;
      case 'Identity':
        isNumbered = true;
        break;
      case 'Unique':
      case 'Indexed':
        index(textValue(first), call === 'Unique');
        break;
      case 'WithDefaultValue':
      case 'WithDefault':
        text = defaultOf(first, dialect);
        break;
      case 'SetExistingRowsTo':
        fill = defaultOf(first, dialect);
        break;
      case 'WithColumnDescription':
        comment = textValue(first);
        break;
      case 'ForeignKey': {
        const key = foreignKey(name, args.map(textValue), table);
        if (key) constraints.push(key);
        break;
      }
      case 'OnDelete':
      case 'OnUpdate':
      case 'OnDeleteOrUpdate': {
        const last = constraints.pop();
        if (last?.kind === 'foreignKey') constraints.push(withRule(last, call, first));
        break;
      }
      default:
        type = typeOfCall(call, args, dialect) ?? type;
    }
  }
  const family = familyOf(dialect);
  return {
    column: {
      ...{
        name,
        nullable: nullable && primaryKey === null,
        default: isNumbered ? null : text,
        comment,
        collation: null,
      },
      type: type?.type ?? null,
      ...(type?.holds === undefined ? {} : { holds: type.holds }),
      generated: isNumbered
        ? { kind: family === 'mssql' || family === 'oracle' ? 'identity' : 'increment', expression: null }
        : null,
    },
    ...{ primaryKey, constraints, after, fill: fill ?? text },
  };
}

type SqlForeignKey = Extract<SqlConstraint, { kind: 'foreignKey' }>;

/** `(table, column)`, `(name, table, column)`, `(name, schema, table, column)` */
function foreignKey(column: string, args: readonly (string | null)[], own: SqlName): SqlForeignKey | null {
  const [target, referred] = args.slice(-2);
  if (target == null || referred == null) return null;
  const name = args.length > 2 ? (args[0] ?? null) : null;
  return {
    kind: 'foreignKey',
    name: name ?? `FK_${own.name}_${column}_${target}_${referred}`,
    columns: [column],
    references: { name: target, namespace: args.length > 3 ? (args[1] ?? null) : own.namespace, columns: [referred] },
    onDelete: null,
    onUpdate: null,
    deferrable: null,
  };
}

const rules: Readonly<Record<string, ReferentialAction>> = {
  Cascade: 'CASCADE',
  SetNull: 'SET NULL',
  SetDefault: 'SET DEFAULT',
  None: 'NO ACTION',
};

export function withRule(key: SqlForeignKey, call: string, value: Value): SqlForeignKey {
  const rule = rules[nameValue(value) ?? ''] ?? null;
  return {
    ...key,
    ...(call === 'OnUpdate' ? {} : { onDelete: rule }),
    ...(call === 'OnDelete' ? {} : { onUpdate: rule }),
  };
}

/** `SystemMethods.CurrentUTCDateTime`, `RawSql.Insert("…")` aside, values of C#. */
function defaultOf(value: Value, dialect: Dialect): string | null {
  const family = familyOf(dialect);
  switch (nameValue(value)) {
    case 'CurrentDateTime':
      return family === 'mssql' ? 'GETDATE()' : family === 'postgresql' ? 'now()' : 'CURRENT_TIMESTAMP';
    case 'CurrentUTCDateTime':
      return family === 'mssql'
        ? 'GETUTCDATE()'
        : family === 'postgresql'
          ? "(now() at time zone 'UTC')"
          : family === 'mysql'
            ? 'UTC_TIMESTAMP'
            : 'CURRENT_TIMESTAMP';
    case 'NewGuid':
      return family === 'mssql' ? 'NEWID()' : family === 'postgresql' ? 'gen_random_uuid()' : 'uuid()';
    default:
      return defaultLiteral(value, dialect);
  }
}
