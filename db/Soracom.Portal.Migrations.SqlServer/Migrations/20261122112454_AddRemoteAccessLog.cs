using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Identity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Type = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Imsi = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ConnectionId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SourceAddress = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SourcePort = table.Column<int>(type: "int", nullable: true),
                    DeviceAddress = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    DevicePort = table.Column<int>(type: "int", nullable: true),
                    Tls = table.Column<bool>(type: "bit", nullable: true),
                    SimId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    SimName = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Origin = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    DoorId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OpenerId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    OpenerName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false)
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
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Failure = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    NotBefore = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
