using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
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
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "IsFoundInList",
                table: "FootagePieces",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsLong",
                table: "FootagePieces",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ListedBefore",
                table: "FootagePieces",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "MissedAt",
                table: "FootagePieces",
                type: "datetimeoffset",
                nullable: true);

            // What was being asked for may have been sent: what the list held before is not known of it.
            migrationBuilder.Sql("EXEC(N'UPDATE FootagePieces SET ListedBefore = '''' WHERE State = ''Asked''')");
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
