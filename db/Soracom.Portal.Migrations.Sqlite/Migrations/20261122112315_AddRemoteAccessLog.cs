using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddRemoteAccessLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RemoteAccessEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Identity = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Coverage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Imsi = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ConnectionId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SourceAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SourcePort = table.Column<int>(type: "INTEGER", nullable: true),
                    DeviceAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DevicePort = table.Column<int>(type: "INTEGER", nullable: true),
                    Tls = table.Column<bool>(type: "INTEGER", nullable: true),
                    SimId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SimName = table.Column<string>(type: "TEXT", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DoorId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OpenerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OpenerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemoteAccessEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RemoteAccessEvents_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RemoteAccessReadings",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Coverage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemoteAccessReadings", x => new { x.TenantId, x.Coverage });
                    table.ForeignKey(
                        name: "FK_RemoteAccessReadings_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RemoteAccessEvents_TenantId_At",
                table: "RemoteAccessEvents",
                columns: new[] { "TenantId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_RemoteAccessEvents_TenantId_DoorId",
                table: "RemoteAccessEvents",
                columns: new[] { "TenantId", "DoorId" });

            migrationBuilder.CreateIndex(
                name: "IX_RemoteAccessEvents_TenantId_Identity",
                table: "RemoteAccessEvents",
                columns: new[] { "TenantId", "Identity" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RemoteAccessEvents");

            migrationBuilder.DropTable(
                name: "RemoteAccessReadings");
        }
    }
}
