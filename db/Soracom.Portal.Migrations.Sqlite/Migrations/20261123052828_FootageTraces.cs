using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FootageTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Doubtful",
                table: "FootagePieces",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "IsFoundInList",
                table: "FootagePieces",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsLong",
                table: "FootagePieces",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ListedBefore",
                table: "FootagePieces",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MissedAt",
                table: "FootagePieces",
                type: "INTEGER",
                nullable: true);

            // What was being asked for may have been sent: what the list held before is not known of it.
            migrationBuilder.Sql("UPDATE FootagePieces SET ListedBefore = '' WHERE State = 'Asked'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Doubtful",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "IsFoundInList",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "IsLong",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "ListedBefore",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "MissedAt",
                table: "FootagePieces");
        }
    }
}
