using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BillsOfEachAge : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "LinesAsOf",
                table: "BillMonths",
                newName: "SimsAsOf");

            migrationBuilder.AddColumn<long>(
                name: "ItemsAsOf",
                table: "BillMonths",
                type: "INTEGER",
                nullable: true);

            // Both had one age until here; neither can be counted up to a time after it was read.
            migrationBuilder.Sql("UPDATE BillMonths SET ItemsAsOf = CASE WHEN ItemsReadAt < SimsAsOf THEN ItemsReadAt ELSE SimsAsOf END WHERE ItemsTotal IS NOT NULL;");
            migrationBuilder.Sql("UPDATE BillMonths SET SimsAsOf = SimsReadAt WHERE SimsReadAt < SimsAsOf;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ItemsAsOf",
                table: "BillMonths");

            migrationBuilder.RenameColumn(
                name: "SimsAsOf",
                table: "BillMonths",
                newName: "LinesAsOf");
        }
    }
}
