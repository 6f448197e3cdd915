using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ArchiveKeyNumbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ArchiveKeys_TenantId",
                table: "ArchiveKeys");

            migrationBuilder.CreateIndex(
                name: "IX_ArchiveKeys_TenantId_Version",
                table: "ArchiveKeys",
                columns: new[] { "TenantId", "Version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ArchiveKeys_TenantId_Version",
                table: "ArchiveKeys");

            migrationBuilder.CreateIndex(
                name: "IX_ArchiveKeys_TenantId",
                table: "ArchiveKeys",
                column: "TenantId",
                unique: true);
        }
    }
}
