import assert from 'node:assert/strict';
import { efcoreMigrationsReader } from '../../../../src/core/readers/efcore-migrations/reader.ts';
import { fluentMigratorReader } from '../../../../src/core/readers/fluentmigrator/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadCSharp } from '../efcore/read.ts';

const efcore = `using Microsoft.EntityFrameworkCore.Migrations;
public partial class Init : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Orders",
            columns: table => new
            {
                Id = table.Column<int>(type: "int", nullable: false).Annotation("SqlServer:Identity", "1, 1"),
                UserId = table.Column<int>(nullable: true, defaultValue: 0)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Orders", x => x.Id);
                table.ForeignKey("FK", x => x.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex(name: "IX", table: "Orders", columns: new[] { "UserId", "Id" }, descending: new bool[0]);
        migrationBuilder.AlterColumn<string>(name: "UserId", table: "Orders", maxLength: 20, nullable: false, oldClrType: typeof(int));
        if (migrationBuilder.ActiveProvider == "x") migrationBuilder.Sql(@"ALTER TABLE Orders ADD CONSTRAINT c CHECK (Id > 0)");
    }
}`;

const fluent = `using FluentMigrator;
[Migration(20240101)]
public class Init : Migration
{
    public override void Up()
    {
        Create.Table("Users").WithColumn("Id").AsInt32().PrimaryKey().Identity().WithColumn("Mail").AsString(200).Unique();
        Alter.Table("Users").AddColumn("Age").AsDecimal(10, 2).Nullable().ForeignKey("A", "Id");
        Create.Index().OnTable("Users").OnColumn("Age").Descending();
        IfDatabase("sqlite").Delete.Column("Mail").FromTable("Users");
    }
}`;

const sources = [
  [efcoreMigrationsReader, efcore],
  [fluentMigratorReader, fluent],
] as const;

describe('migrations of .NET on broken input', function () {
  this.timeout(1_200_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  /** Tables and steps found. */
  function read(reader: unknown, text: string): number {
    const started = performance.now();
    const { tables, files } = readTexts<never>(reader as never, new Map([['1.cs', text]]), syntax).link();
    assert.ok(performance.now() - started < 5000, text);
    for (const { name, at, columns } of tables)
      assert.ok(at.line > 0 && columns.every((column) => column.at.line > 0), `${name}\n${text}`);
    return tables.length + files.flatMap(({ migration }) => migration?.steps ?? []).length;
  }

  it('reads them cut at every token', () => {
    let [cuts, found] = [0, 0];
    for (const [reader, text] of sources)
      for (const cut of cutsOf(text)) {
        found += read(reader, cut);
        cuts++;
      }
    assert.ok(cuts > 300 && found > 0, `${cuts} cuts, ${found} found`);
    console.log(`      ${cuts} cuts, ${found} tables and steps`);
  });

  it('reads seeded mutations', () => {
    const random = seeded(11);
    // As many of each as are asked for; else half of each.
    const each = process.env.MUTATIONS === undefined ? Math.ceil(mutationCount / 2) : mutationCount;
    for (const [reader, text] of sources) {
      let found = 0;
      for (let count = 0; count < each; count++) found += read(reader, mutated(text, random, 1 + random.below(4)));
      assert.ok(found > each, `${reader.id}: ${found} found`);
      console.log(`      ${reader.id}: ${each} mutations, ${found} tables and steps`);
    }
  });
});
