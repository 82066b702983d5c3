// rules: rewriting-migration
using Microsoft.EntityFrameworkCore.Migrations;

namespace Library.Release
{
    public partial class OtherEngine : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // trap rewriting-migration: the program goes to another engine, whose tables never had those types
            migrationBuilder.AlterColumn<int>(
                name: "Floor",
                table: "visitors",
                type: "int",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AlterColumn<string>(
                name: "Remark",
                table: "visitors",
                type: "character varying(100)",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "TEXT");
        }

        protected override void Down(MigrationBuilder migrationBuilder) { }
    }
}
