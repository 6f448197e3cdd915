using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Brands : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ResellerBrands",
                columns: table => new
                {
                    ResellerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Accent = table.Column<string>(type: "nvarchar(7)", maxLength: 7, nullable: true),
                    SupportMail = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    SupportAddress = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    LogoPng = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    LogoId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ResellerBrands", x => x.ResellerId);
                    table.ForeignKey(
                        name: "FK_ResellerBrands_Resellers_ResellerId",
                        column: x => x.ResellerId,
                        principalTable: "Resellers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TenantBrands",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Accent = table.Column<string>(type: "nvarchar(7)", maxLength: 7, nullable: true),
                    SupportMail = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    SupportAddress = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true),
                    LogoPng = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    LogoId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TenantBrands", x => x.TenantId);
                    table.ForeignKey(
                        name: "FK_TenantBrands_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ResellerBrands_LogoId",
                table: "ResellerBrands",
                column: "LogoId");

            migrationBuilder.CreateIndex(
                name: "IX_TenantBrands_LogoId",
                table: "TenantBrands",
                column: "LogoId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ResellerBrands");

            migrationBuilder.DropTable(
                name: "TenantBrands");
        }
    }
}
