using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DaysOfTheirTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DaysAsOf",
                table: "BillMonths",
                type: "datetimeoffset",
                nullable: true);

            // They are counted as far as the total was, or as far as they were read.
            migrationBuilder.Sql("EXEC(N'UPDATE BillMonths SET DaysAsOf = CASE WHEN DaysReadAt < AsOf THEN DaysReadAt ELSE AsOf END WHERE DaysTotal IS NOT NULL;');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DaysAsOf",
                table: "BillMonths");
        }
    }
}
