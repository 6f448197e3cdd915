using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddRemoteAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RemoteAccessPolicies",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DevicePorts = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    LongestMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    TlsRequired = table.Column<bool>(type: "INTEGER", nullable: false),
                    SourceRule = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    SourceRanges = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ReasonRequired = table.Column<bool>(type: "INTEGER", nullable: false),
                    TicketRequired = table.Column<bool>(type: "INTEGER", nullable: false),
                    TicketPattern = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Openers = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemoteAccessPolicies", x => x.TenantId);
                    table.ForeignKey(
                        name: "FK_RemoteAccessPolicies_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RemoteDoors",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Coverage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    SimId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Imsi = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SimName = table.Column<string>(type: "TEXT", nullable: false),
                    DevicePort = table.Column<int>(type: "INTEGER", nullable: false),
                    Service = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Tls = table.Column<bool>(type: "INTEGER", nullable: false),
                    SourceRanges = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    DurationSeconds = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OpenerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenerName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    IpAddress = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Port = table.Column<int>(type: "INTEGER", nullable: true),
                    Hostname = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    End = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    EndedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedByName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Overstayed = table.Column<bool>(type: "INTEGER", nullable: false),
                    VerifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RemoteDoors", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RemoteDoors_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RemoteDoors_State",
                table: "RemoteDoors",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_RemoteDoors_TenantId_AskedAt",
                table: "RemoteDoors",
                columns: new[] { "TenantId", "AskedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RemoteAccessPolicies");

            migrationBuilder.DropTable(
                name: "RemoteDoors");
        }
    }
}
