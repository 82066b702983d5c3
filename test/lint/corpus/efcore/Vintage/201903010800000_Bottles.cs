// rules: unindexed-filter
using System.Data.Entity.Migrations;

namespace Cellar.Migrations;

public partial class Bottles : DbMigration
{
    public override void Up()
    {
        CreateTable("dbo.Bottles", c => new { Id = c.Int(nullable: false, identity: true), Barcode = c.String(maxLength: 64) })
            .PrimaryKey(t => t.Id)
            .Index(t => t.Barcode, unique: true);
        Sql("CREATE NONCLUSTERED INDEX IX_Bottles_Shelf ON [dbo].[Bottles] ([Shelf] ASC)");
    }

    public override void Down()
    {
        DropTable("dbo.Bottles");
    }
}
