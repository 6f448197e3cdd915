using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class CountsOfInventories : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CountedAt",
                table: "SimInventories",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Counts",
                table: "SimInventories",
                type: "nvarchar(max)",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CountedAt",
                table: "SimInventories");

            migrationBuilder.DropColumn(
                name: "Counts",
                table: "SimInventories");
        }
    }
}
