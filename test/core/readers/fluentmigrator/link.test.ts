import assert from 'node:assert/strict';
import { fluentMigratorReader } from '../../../../src/core/readers/fluentmigrator/reader.ts';
import type { LinkContext, LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadCSharp } from '../efcore/read.ts';

const migration = (version: string, up: string, base = 'Migration') =>
  `using FluentMigrator;
[Migration(${version})]
public class M${version} : ${base}
{
    public override void Up()
    {
        ${up}
    }
    public override void Down() { Delete.Table("never"); }
}
`;

describe('FluentMigrator', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  function linked(files: Readonly<Record<string, string>>, context: Partial<LinkContext> = {}): LinkResult {
    return readTexts(fluentMigratorReader, new Map(Object.entries(files)), syntax).link({
      dialect: 'postgresql',
      ...context,
    });
  }

  function table(result: LinkResult, name: string): Table {
    const found = result.tables.find((each) => each.name === name);
    assert.ok(found, `${name} among ${result.tables.map((each) => each.name).join()}`);
    return found;
  }

  const spelled = ({ columns }: Table): string[] =>
    columns.map(
      ({ name, rawType, length, nullable, default: text }) =>
        `${name} ${rawType}${length === null ? '' : `(${length})`}${nullable ? '' : ' not null'}${text === null ? '' : ` = ${text}`}`,
    );

  const users = `Create.Table("Users")
      .WithColumn("Id").AsInt32().PrimaryKey().Identity()
      .WithColumn("Mail").AsString(200).NotNullable().Unique()
      .WithColumn("Note").AsString().Nullable()
      .WithColumn("Active").AsBoolean().WithDefaultValue(true)
      .WithColumn("Made").AsDateTimeOffset().Indexed("IX_Made").WithDefault(SystemMethods.CurrentDateTime);
    Create.Table("Orders").InSchema("sales")
      .WithColumn("Id").AsGuid().PrimaryKey("PK_O")
      .WithColumn("UserId").AsInt32().Nullable().ForeignKey("Users", "Id").OnDelete(Rule.SetNull)
      .WithColumn("Total").AsDecimal(10, 2);`;

  it('builds tables with the names that its conventions give', () => {
    const result = linked({ '1.cs': migration('1', users) });
    assert.deepEqual(result.problems, []);
    const found = table(result, 'Users');
    assert.deepEqual(spelled(found), [
      'Id integer not null',
      'Mail character varying(200) not null',
      'Note text',
      'Active boolean not null = TRUE',
      'Made timestamp with time zone not null = now()',
    ]);
    assert.deepEqual([found.primaryKey, found.primaryKeyName], [['Id'], 'PK_Users']);
    assert.equal(found.columns[0]?.generated?.kind, 'increment');
    assert.deepEqual(
      found.indexes.map(({ name, columns, unique }) => [name, columns.join(), unique]),
      [
        ['IX_Users_Mail', 'Mail', true],
        ['IX_Made', 'Made', false],
      ],
    );
    const orders = table(result, 'Orders');
    assert.deepEqual([orders.namespace, orders.primaryKeyName], ['sales', 'PK_O']);
    assert.deepEqual(
      orders.foreignKeys.map(({ name, columns, references, onDelete }) => [
        name,
        columns.join(),
        references.table,
        onDelete,
      ]),
      [['FK_Orders_UserId_Users_Id', 'UserId', 'Users', 'SET NULL']],
    );
    assert.deepEqual([orders.at.file, orders.at.line], ['1.cs', 13]);
  });

  it('gives each engine its types', () => {
    const types = (dialect: LinkContext['dialect']) =>
      linked(
        {
          '1.cs': migration(
            '1',
            'Create.Table("T").WithColumn("A").AsString().WithColumn("B").AsBoolean().WithColumn("C").AsGuid().WithColumn("D").AsString(int.MaxValue).WithColumn("E").AsDateTime();',
          ),
        },
        { dialect },
      ).tables[0]?.columns.map(
        ({ rawType, length, type }) => `${rawType}${length === null ? '' : `(${length})`} ${type}`,
      );
    assert.deepEqual(types('mssql'), [
      'nvarchar(255) string',
      'bit boolean',
      'uniqueidentifier uuid',
      'nvarchar(255) string',
      'datetime datetime',
    ]);
    assert.deepEqual(types('sqlite')?.slice(0, 2), ['text string', 'integer boolean']);
    assert.deepEqual(types('mysql')?.slice(0, 3), ['varchar(255) string', 'tinyint boolean', 'char(36) uuid']);
  });

  it('runs them by their versions and follows every change', () => {
    const change = `Rename.Table("Users").To("People");
      Rename.Column("Mail").OnTable("People").To("Email");
      Delete.Column("Note").Column("Active").FromTable("People");
      Alter.Table("People").AddColumn("Age").AsInt32().Nullable().AlterColumn("Email").AsString(320).Nullable();
      Create.Column("Code").OnTable("People").AsString(8).NotNullable().SetExistingRowsTo("x");
      Delete.Index("IX_Made").OnTable("People");
      Create.Index("IX_Age").OnTable("People").OnColumn("Age").Descending().OnColumn("Email").Ascending().WithOptions().Unique();
      Create.UniqueConstraint("UC_Code").OnTable("People").Column("Code");
      Delete.ForeignKey("FK_Orders_UserId_Users_Id").OnTable("Orders").InSchema("sales");
      Create.ForeignKey().FromTable("Orders").InSchema("sales").ForeignColumn("UserId").ToTable("People").PrimaryColumn("Id").OnDelete(Rule.Cascade);
      IfDatabase("sqlite").Create.Table("Lite").WithColumn("Id").AsInt32();
      IfDatabase("postgres").Create.Table("Pg").WithColumn("Id").AsInt32();
      Execute.Sql("ALTER TABLE \\"People\\" ADD CONSTRAINT c CHECK (\\"Age\\" > 0)");
      Delete.FromTable("People").Row(new { Id = 1 });
      Alter.Table("VersionInfo").AlterColumn("AppliedOn").AsDateTimeOffset().Nullable();
      Execute.WithConnection((connection, transaction) => { });
      Execute.Script("seed.sql");`;
    const result = linked({ 'a.cs': migration('20240202', change), 'b.cs': migration('20240101', users) });
    assert.deepEqual(
      result.problems.map(({ message }) => message),
      ['M20240202: the script seed.sql is not followed.'],
    );
    const people = table(result, 'People');
    assert.deepEqual(spelled(people), [
      'Id integer not null',
      'Email character varying(320)',
      'Made timestamp with time zone not null = now()',
      'Age integer',
      'Code character varying(8) not null',
    ]);
    assert.deepEqual(
      people.indexes.map(({ name, columns, orders, unique }) => [name, columns.join(), orders.join(), unique]),
      [
        ['IX_Users_Mail', 'Email', '', true],
        ['IX_Age', 'Age,Email', 'desc,asc', true],
      ],
    );
    assert.deepEqual(
      [people.uniques.map(({ name }) => name), people.checks.map(({ name }) => name)],
      [['UC_Code'], ['c']],
    );
    assert.deepEqual(
      table(result, 'Orders').foreignKeys.map(({ name, references, onDelete }) => [name, references.table, onDelete]),
      [['FK_Orders_UserId_People_Id', 'People', 'CASCADE']],
    );
    assert.deepEqual(result.tables.map(({ name }) => name).sort(), ['Orders', 'People', 'Pg']);
  });

  it('enters base classes and helpers of the project, and gives the steps to the rules', () => {
    const files = {
      'Base.cs': `using FluentMigrator;
public abstract class Base : FluentMigrator.Migration { protected virtual void Main() { } public override void Up() { Main(); } }
public static class Helpers {
  public static ICreateTableWithColumnSyntax Model(this ICreateExpressionRoot root, string name) { return root.Table(name).WithColumn("Id").AsInt32().PrimaryKey().Identity(); }
}`,
      '1.cs': `using FluentMigrator;
[Migration(1)]
public class First : Base { protected override void Main() {
  Create.Model("Tags").WithColumn("Label").AsString();
  Alter.Table("Posts").AddColumn("Tag").AsString().WithDefaultValue("");
  Delete.Table("Old"); } }`,
    };
    assert.deepEqual(
      linked(files)
        .tables.flatMap(({ columns }) => columns)
        .map(({ name }) => name),
      ['Id', 'Label'],
    );
    const { tables, files: facts } = linked(files, { source: 'none' });
    assert.deepEqual(tables, []);
    const steps = facts.find(({ file }) => file === '1.cs')?.migration?.steps ?? [];
    assert.deepEqual(
      steps
        .filter(({ kind }) => kind !== 'add-primary-key')
        .map(({ kind, table: of, required, default: text, at }) => [kind, of, required, text, at.line]),
      [
        ['create-table', 'Tags', false, null, 4],
        ['add-column', 'Posts', true, "''", 5],
        ['drop-table', 'Old', false, null, 6],
      ],
    );
  });
});
