using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class FootageLengthsAndRoom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "MostBytes",
                table: "FootageRules",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsShort",
                table: "FootagePieces",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "VideoMilliseconds",
                table: "FootagePieces",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MostBytes",
                table: "FootageRules");

            migrationBuilder.DropColumn(
                name: "IsShort",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "VideoMilliseconds",
                table: "FootagePieces");
        }
    }
}
