using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FootageTold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Recorded",
                table: "FootagePieces",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedBy",
                table: "FootageExports",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RequestedById",
                table: "FootageExports",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ResumedAt",
                table: "FootageExports",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Recorded",
                table: "FootagePieces");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "FootageExports");

            migrationBuilder.DropColumn(
                name: "RequestedById",
                table: "FootageExports");

            migrationBuilder.DropColumn(
                name: "ResumedAt",
                table: "FootageExports");
        }
    }
}
