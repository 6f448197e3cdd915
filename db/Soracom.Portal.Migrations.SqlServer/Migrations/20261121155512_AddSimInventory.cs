using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
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
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    SimId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Walk = table.Column<int>(type: "int", nullable: false),
                    ChangeNumber = table.Column<long>(type: "bigint", nullable: false),
                    GoneAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Name = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Tags = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Iccids = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Imsis = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Msisdns = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Subscriptions = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Imei = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SerialNumber = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    GroupId = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    GroupName = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    SpeedClass = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    ModuleType = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Online = table.Column<bool>(type: "bit", nullable: false),
                    SessionId = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    IpAddress = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Cell = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    LastHeardAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ExpiryAction = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    TerminationEnabled = table.Column<bool>(type: "bit", nullable: false),
                    ImeiLock = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ModifiedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ChangeNumber = table.Column<long>(type: "bigint", nullable: false),
                    Walk = table.Column<int>(type: "int", nullable: false),
                    WalkStartedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    NextKey = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Seen = table.Column<int>(type: "int", nullable: false),
                    CompleteAsOf = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    CompletedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Failure = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    NotBefore = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Holder = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    HeldUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
