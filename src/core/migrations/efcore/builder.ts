/**
 * What a migration of EF Core asks of its `MigrationBuilder`, call by call, by the names of the parameters
 * (learn.microsoft.com/dotnet/api/microsoft.entityframeworkcore.migrations.migrationbuilder).
 */
import type { CallExpr, Expr } from '../../readers/shared/csharp/ast.ts';
import type { TypeRef } from '../../readers/shared/csharp/types.ts';
import { isKind, isList } from '../../readers/shared/csharp/values.ts';
import type { Host, Value } from '../../readers/shared/csharp/values.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';

export interface EfCall {
  readonly method: string;
  /** By the names of the parameters, positional ones too. */
  readonly args: ReadonlyMap<string, Value>;
  /** The same as written. */
  readonly written: ReadonlyMap<string, Expr>;
  readonly types: readonly TypeRef[];
  readonly annotations: ReadonlyMap<string, Value>;
  /** Annotations there were before. */
  readonly before: ReadonlyMap<string, Value>;
  /** Of `CreateTable`: its columns by the names of the members, and its constraints. */
  readonly columns: readonly { readonly name: string; readonly call: EfCall }[];
  readonly constraints: readonly EfCall[];
  readonly at: SourceRange;
}

const column = [
  'type',
  'unicode',
  'maxLength',
  'rowVersion',
  'schema',
  'nullable',
  'defaultValue',
  'defaultValueSql',
  'computedColumnSql',
];

const parameters: Readonly<Record<string, readonly string[]>> = {
  AddColumn: ['name', 'table', ...column, 'fixedLength', 'comment', 'collation', 'precision', 'scale', 'stored'],
  AlterColumn: ['name', 'table', ...column],
  DropColumn: ['name', 'table', 'schema'],
  RenameColumn: ['name', 'table', 'newName', 'schema'],
  CreateTable: ['name', 'columns', 'schema', 'constraints', 'comment'],
  AlterTable: ['name', 'schema', 'comment', 'oldComment'],
  DropTable: ['name', 'schema'],
  RenameTable: ['name', 'schema', 'newName', 'newSchema'],
  CreateIndex: ['name', 'table', 'columns', 'schema', 'unique', 'filter', 'descending'],
  DropIndex: ['name', 'table', 'schema'],
  RenameIndex: ['name', 'newName', 'table', 'schema'],
  AddForeignKey: [
    'name',
    'table',
    'columns',
    'principalTable',
    'schema',
    'principalSchema',
    'principalColumns',
    'onUpdate',
    'onDelete',
  ],
  DropForeignKey: ['name', 'table', 'schema'],
  AddPrimaryKey: ['name', 'table', 'columns', 'schema'],
  DropPrimaryKey: ['name', 'table', 'schema'],
  AddUniqueConstraint: ['name', 'table', 'columns', 'schema'],
  DropUniqueConstraint: ['name', 'table', 'schema'],
  AddCheckConstraint: ['name', 'table', 'sql', 'schema'],
  CreateCheckConstraint: ['name', 'table', 'sql', 'schema'],
  DropCheckConstraint: ['name', 'table', 'schema'],
  AlterDatabase: ['collation', 'oldCollation'],
  EnsureSchema: ['name'],
  DropSchema: ['name'],
  Sql: ['sql', 'suppressTransaction'],
};

/** Rows and sequences: nothing of them is modelled. */
const others: ReadonlySet<string> = new Set([
  'InsertData',
  'UpdateData',
  'DeleteData',
  'CreateSequence',
  'AlterSequence',
  'DropSequence',
  'RenameSequence',
  'RestartSequence',
]);

const columnParameters = [
  'type',
  'unicode',
  'maxLength',
  'rowVersion',
  'name',
  'nullable',
  'defaultValue',
  'defaultValueSql',
  'computedColumnSql',
  'fixedLength',
  'comment',
  'collation',
  'precision',
  'scale',
  'stored',
];

const constraintParameters: Readonly<Record<string, readonly string[]>> = {
  PrimaryKey: ['name', 'columns'],
  UniqueConstraint: ['name', 'columns'],
  CheckConstraint: ['name', 'sql'],
  ForeignKey: ['name', 'columns', 'principalTable', 'principalColumns', 'principalSchema', 'onUpdate', 'onDelete'],
};

/** What a parameter is called where it takes one column or one row instead of several. */
const singular: Readonly<Record<string, string>> = {
  column: 'columns',
  principalColumn: 'principalColumns',
};

const providers: Readonly<Partial<Record<Dialect, string>>> = {
  mssql: 'Microsoft.EntityFrameworkCore.SqlServer',
  postgresql: 'Npgsql.EntityFrameworkCore.PostgreSQL',
  sqlite: 'Microsoft.EntityFrameworkCore.Sqlite',
  mysql: 'Pomelo.EntityFrameworkCore.MySql',
  mariadb: 'Pomelo.EntityFrameworkCore.MySql',
  oracle: 'Oracle.EntityFrameworkCore',
};

const asked: Readonly<Record<string, Dialect>> = {
  IsSqlServer: 'mssql',
  IsNpgsql: 'postgresql',
  IsSqlite: 'sqlite',
  IsMySql: 'mysql',
  IsOracle: 'oracle',
};

/** The builder that `Up` is handed: what is called on it is added to `calls`. */
export function migrationBuilder(
  dialect: Dialect,
  calls: EfCall[],
  unknown: (method: string, at: SourceRange) => void,
): Host {
  return {
    is: 'host',
    get: (name) => (name === 'ActiveProvider' ? providers[dialect] : undefined),
    call(name, args, call, types) {
      const engine = asked[name];
      if (engine !== undefined) return engine === dialect || (engine === 'mysql' && dialect === 'mariadb');
      const names = parameters[name];
      if (!names) {
        if (!others.has(name)) unknown(name, call.at);
        return undefined;
      }
      const [made, host] = calledWith(name, names, args, call, types);
      calls.push(name === 'CreateTable' ? withBody(made) : made);
      return host;
    },
  };
}

/** The call, and what annotations are called on. */
function calledWith(
  method: string,
  names: readonly string[],
  args: readonly Value[],
  call: CallExpr,
  types: readonly TypeRef[],
): readonly [EfCall, Host] {
  const given = new Map<string, Value>();
  const written = new Map<string, Expr>();
  args.forEach((value, place) => {
    const stated = call.names?.[place] ?? names[place];
    if (stated === undefined) return;
    const name = singular[stated] ?? stated;
    given.set(name, value);
    const expr = call.a[place];
    if (expr) written.set(name, expr);
  });
  const annotations = new Map<string, Value>();
  const before = new Map<string, Value>();
  const host: Host = {
    is: 'host',
    call(name, [key, value]) {
      if (typeof key === 'string') {
        if (name === 'Annotation') annotations.set(key, value);
        if (name === 'OldAnnotation') before.set(key, value);
      }
      return host;
    },
  };
  return [
    { method, args: given, written, types, annotations, before, columns: [], constraints: [], at: call.at },
    host,
  ];
}

/** `columns: table => new { Id = table.Column<int>(…) }, constraints: table => { table.PrimaryKey(…); }` */
function withBody(created: EfCall): EfCall {
  const made = new Map<Host, EfCall>();
  const columnsBuilder: Host = {
    is: 'host',
    call(name, args, call, types) {
      if (name !== 'Column') return undefined;
      const [inner, host] = calledWith(name, columnParameters, args, call, types);
      made.set(host, inner);
      return host;
    },
  };
  const listed = created.args.get('columns');
  const members = isKind(listed, 'closure') ? listed.run([columnsBuilder]) : undefined;
  const columns: { name: string; call: EfCall }[] = [];
  /** Names of the columns, by the members that stand for them. */
  const physical = new Map<string, string>();
  if (isKind(members, 'instance'))
    for (const [member, value] of members.fields) {
      const call = isKind(value, 'host') ? made.get(value) : undefined;
      if (!call) continue;
      const stated = call.args.get('name');
      const name = typeof stated === 'string' ? stated : member;
      physical.set(member, name);
      columns.push({ name, call });
    }
  const constraints: EfCall[] = [];
  const row: Host = { is: 'host', get: (name) => physical.get(name) ?? name };
  const tableBuilder: Host = {
    is: 'host',
    call(name, args, call, types) {
      const names = constraintParameters[name];
      if (!names) return undefined;
      const [inner, host] = calledWith(name, names, args, call, types);
      const chosen = inner.args.get('columns');
      const selected = isKind(chosen, 'closure') ? columnsOf(chosen.run([row])) : columnsOf(chosen);
      constraints.push({ ...inner, args: new Map([...inner.args, ['columns', selected]]) });
      return host;
    },
  };
  const body = created.args.get('constraints');
  if (isKind(body, 'closure')) body.run([tableBuilder]);
  return { ...created, columns, constraints };
}

/** `x => x.Id`, `x => new { x.OrderId, x.ProductId }`, and plain names. */
function columnsOf(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isList(value)) return value.filter((each) => typeof each === 'string');
  return isKind(value, 'instance') ? [...value.fields.values()].filter((each) => typeof each === 'string') : [];
}
