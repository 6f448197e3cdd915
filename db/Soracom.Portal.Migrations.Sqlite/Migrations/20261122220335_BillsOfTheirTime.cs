using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BillsOfTheirTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ItemsReadAt",
                table: "BillMonths",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SimsReadAt",
                table: "BillMonths",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BillAsOf",
                table: "BillFiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BillTotal",
                table: "BillFiles",
                type: "INTEGER",
                precision: 19,
                scale: 6,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ItemsReadAt",
                table: "BillMonths");

            migrationBuilder.DropColumn(
                name: "SimsReadAt",
                table: "BillMonths");

            migrationBuilder.DropColumn(
                name: "BillAsOf",
                table: "BillFiles");

            migrationBuilder.DropColumn(
                name: "BillTotal",
                table: "BillFiles");
        }
    }
}
