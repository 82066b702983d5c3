// at: Migrations/20250320090000_Release.cs
// rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, validating-constraint, blocking-unique-constraint
using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Library.Migrations
{
    public partial class Release : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // bad destructive-migration: the notes are gone
            migrationBuilder.DropColumn( // expect destructive-migration
                name: "Note",
                table: "visitors");

            // bad destructive-migration: a table with its rows
            migrationBuilder.DropTable( // expect destructive-migration
                name: "legacy_cards");

            // bad renaming-migration: the program that still runs asks for the old name
            migrationBuilder.RenameColumn( // expect renaming-migration
                name: "Card",
                table: "visitors",
                newName: "CardNumber");

            // bad renaming-migration: of a table
            migrationBuilder.RenameTable( // expect renaming-migration
                name: "branches",
                newName: "sites");

            // trap renaming-migration: nobody calls an index by its name
            migrationBuilder.RenameIndex(
                name: "IX_visitors_BranchId",
                table: "visitors",
                newName: "IX_visitors_branch");

            // bad unfilled-required-column: nothing is there for the rows that are
            migrationBuilder.Sql("ALTER TABLE visitors ADD COLUMN \"Language\" text NOT NULL;"); // expect unfilled-required-column

            // bad unfilled-required-column: whoever has none stops it
            migrationBuilder.AlterColumn<long>( // expect unfilled-required-column
                name: "BranchId",
                table: "visitors",
                type: "bigint",
                nullable: false,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true);

            // trap unfilled-required-column, rewriting-migration: with a default for those that are there
            migrationBuilder.AddColumn<bool>(
                name: "Blocked",
                table: "visitors",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // trap unfilled-required-column, destructive-migration: it may be empty
            migrationBuilder.AddColumn<string>(
                name: "Phone",
                table: "visitors",
                type: "text",
                nullable: true);

            // bad rewriting-migration: from one type to another
            migrationBuilder.AlterColumn<decimal>( // expect rewriting-migration
                name: "Points",
                table: "visitors",
                type: "numeric",
                nullable: false,
                oldClrType: typeof(int),
                oldType: "integer");

            // bad rewriting-migration: each row has a value of its own
            migrationBuilder.AddColumn<Guid>( // expect rewriting-migration
                name: "PublicId",
                table: "visitors",
                type: "uuid",
                nullable: false,
                defaultValueSql: "gen_random_uuid()");

            // trap rewriting-migration: a text may be longer from now on
            migrationBuilder.AlterColumn<string>(
                name: "CardNumber",
                table: "visitors",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(20)",
                oldMaxLength: 20);

            // bad blocking-index-build: nobody writes until it is built
            migrationBuilder.CreateIndex( // expect blocking-index-build
                name: "IX_visitors_JoinedAt",
                table: "visitors",
                column: "JoinedAt");

            // bad blocking-index-build: nor while a pair is
            migrationBuilder.CreateIndex( // expect blocking-index-build
                name: "IX_visitors_Points_JoinedAt",
                table: "visitors",
                columns: new[] { "Points", "JoinedAt" });

            // trap blocking-index-build: Npgsql builds it beside the writers
            migrationBuilder.CreateIndex(
                name: "IX_visitors_Email",
                table: "visitors",
                column: "Email")
                .Annotation("Npgsql:CreatedConcurrently", true);

            // bad validating-constraint: every row is compared
            migrationBuilder.AddForeignKey( // expect validating-constraint
                name: "FK_visitors_sites_BranchId",
                table: "visitors",
                column: "BranchId",
                principalTable: "sites",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // bad validating-constraint: and every row is asked
            migrationBuilder.AddCheckConstraint( // expect validating-constraint
                name: "CK_visitors_Points",
                table: "visitors",
                sql: "\"Points\" >= 0");

            // trap validating-constraint: only what comes from now on
            migrationBuilder.Sql("ALTER TABLE visitors ADD CONSTRAINT \"CK_visitors_Email\" CHECK (\"Email\" <> '') NOT VALID;");

            // bad blocking-unique-constraint: two may have one already
            migrationBuilder.AddUniqueConstraint( // expect blocking-unique-constraint
                name: "AK_visitors_CardNumber",
                table: "visitors",
                column: "CardNumber");

            // bad blocking-unique-constraint: an alternate key of two columns
            migrationBuilder.AddUniqueConstraint( // expect blocking-unique-constraint
                name: "AK_visitors_BranchId_Email",
                table: "visitors",
                columns: new[] { "BranchId", "Email" });

            // trap blocking-unique-constraint: the index is there already
            migrationBuilder.Sql("ALTER TABLE visitors ADD CONSTRAINT \"AK_visitors_PublicId\" UNIQUE USING INDEX \"IX_visitors_PublicId\";");

            migrationBuilder.CreateTable(
                name: "reservations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    VisitorId = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reservations", x => x.Id);
                });

            // trap blocking-index-build: its table is new
            migrationBuilder.CreateIndex(
                name: "IX_reservations_VisitorId",
                table: "reservations",
                column: "VisitorId");

            // trap validating-constraint: so is this one's
            migrationBuilder.AddForeignKey(
                name: "FK_reservations_visitors_VisitorId",
                table: "reservations",
                column: "VisitorId",
                principalTable: "visitors",
                principalColumn: "Id");

            // trap blocking-unique-constraint: and this one's
            migrationBuilder.AddUniqueConstraint(
                name: "AK_reservations_Code",
                table: "reservations",
                column: "Code");
        }

        // trap destructive-migration, renaming-migration: the way back may drop what the way forward has made
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "reservations");
            migrationBuilder.DropColumn(name: "Phone", table: "visitors");
            migrationBuilder.DropColumn(name: "Blocked", table: "visitors");
            migrationBuilder.RenameTable(name: "sites", newName: "branches");
        }
    }
}
