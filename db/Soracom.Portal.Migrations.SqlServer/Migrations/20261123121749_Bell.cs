using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Bell : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "FailingSince",
                table: "VendorCredentials",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PausedAt",
                table: "SimJobs",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "BellSeenAt",
                table: "People",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SimJobs_OwnerId",
                table: "SimJobs",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_RemoteDoors_OpenerId",
                table: "RemoteDoors",
                column: "OpenerId");

            migrationBuilder.CreateIndex(
                name: "IX_FootageExports_OwnerId",
                table: "FootageExports",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_BillFiles_AskedById",
                table: "BillFiles",
                column: "AskedById");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SimJobs_OwnerId",
                table: "SimJobs");

            migrationBuilder.DropIndex(
                name: "IX_RemoteDoors_OpenerId",
                table: "RemoteDoors");

            migrationBuilder.DropIndex(
                name: "IX_FootageExports_OwnerId",
                table: "FootageExports");

            migrationBuilder.DropIndex(
                name: "IX_BillFiles_AskedById",
                table: "BillFiles");

            migrationBuilder.DropColumn(
                name: "FailingSince",
                table: "VendorCredentials");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "SimJobs");

            migrationBuilder.DropColumn(
                name: "BellSeenAt",
                table: "People");
        }
    }
}
