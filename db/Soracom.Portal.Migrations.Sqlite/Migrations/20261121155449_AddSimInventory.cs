using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddSimInventory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "InventorySims",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Coverage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    SimId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Walk = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangeNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Iccids = table.Column<string>(type: "TEXT", nullable: false),
                    Imsis = table.Column<string>(type: "TEXT", nullable: false),
                    Msisdns = table.Column<string>(type: "TEXT", nullable: false),
                    Subscriptions = table.Column<string>(type: "TEXT", nullable: false),
                    Imei = table.Column<string>(type: "TEXT", nullable: false),
                    SerialNumber = table.Column<string>(type: "TEXT", nullable: false),
                    GroupId = table.Column<string>(type: "TEXT", nullable: false),
                    GroupName = table.Column<string>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", nullable: false),
                    SpeedClass = table.Column<string>(type: "TEXT", nullable: false),
                    ModuleType = table.Column<string>(type: "TEXT", nullable: false),
                    Online = table.Column<bool>(type: "INTEGER", nullable: false),
                    SessionId = table.Column<string>(type: "TEXT", nullable: false),
                    IpAddress = table.Column<string>(type: "TEXT", nullable: false),
                    Cell = table.Column<string>(type: "TEXT", nullable: false),
                    LastHeardAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiryAction = table.Column<string>(type: "TEXT", nullable: false),
                    TerminationEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    ImeiLock = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ModifiedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InventorySims", x => new { x.TenantId, x.Coverage, x.SimId });
                    table.ForeignKey(
                        name: "FK_InventorySims_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SimInventories",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Coverage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OperatorId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ChangeNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Walk = table.Column<int>(type: "INTEGER", nullable: false),
                    WalkStartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NextKey = table.Column<string>(type: "TEXT", nullable: true),
                    Seen = table.Column<int>(type: "INTEGER", nullable: false),
                    CompleteAsOf = table.Column<long>(type: "INTEGER", nullable: true),
                    CompletedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: true),
                    HeldUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SimInventories", x => new { x.TenantId, x.Coverage });
                    table.ForeignKey(
                        name: "FK_SimInventories_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_InventorySims_TenantId_Coverage_ChangeNumber",
                table: "InventorySims",
                columns: new[] { "TenantId", "Coverage", "ChangeNumber" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InventorySims");

            migrationBuilder.DropTable(
                name: "SimInventories");
        }
    }
}
