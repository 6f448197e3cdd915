using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class BillsOfTheirTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ItemsReadAt",
                table: "BillMonths",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SimsReadAt",
                table: "BillMonths",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "BillAsOf",
                table: "BillFiles",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "BillTotal",
                table: "BillFiles",
                type: "decimal(19,6)",
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
