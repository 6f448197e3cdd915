using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DaysOfTheirTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "DaysAsOf",
                table: "BillMonths",
                type: "INTEGER",
                nullable: true);

            // They are counted as far as the total was, or as far as they were read.
            migrationBuilder.Sql("UPDATE BillMonths SET DaysAsOf = CASE WHEN DaysReadAt < AsOf THEN DaysReadAt ELSE AsOf END WHERE DaysTotal IS NOT NULL;");
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
