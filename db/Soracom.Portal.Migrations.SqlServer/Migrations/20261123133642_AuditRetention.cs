using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AuditRetention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AuditKeepDays",
                table: "Tenants",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "After",
                table: "AuditEntries",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "AuditEntries",
                type: "nvarchar(2000)",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OnBehalfOf",
                table: "AuditEntries",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "AuditEntries",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VendorRequestId",
                table: "AuditEntries",
                type: "nvarchar(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    OlderThan = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RemovedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    KeptDays = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Id);
                });

            // Entries go by the anchor alone, and only of a tenant that is there and does not keep them for ever. As at first: within EXEC, since CREATE TRIGGER stands alone in its batch. THROW in a trigger takes the whole transaction back.
            migrationBuilder.Sql("EXEC(N'CREATE TRIGGER AuditEntries_AppendOnly_Delete ON AuditEntries AFTER DELETE AS IF EXISTS (SELECT 1 FROM deleted AS gone WHERE NOT EXISTS (SELECT 1 FROM AuditAnchors AS anchor INNER JOIN Tenants AS tenant ON tenant.Id = anchor.Id WHERE anchor.Id = gone.TenantId AND tenant.AuditKeepDays IS NOT NULL AND anchor.Number >= gone.Number AND anchor.OlderThan > gone.At)) THROW 50001, ''Audit entries are never changed or removed.'', 1;');");
            migrationBuilder.Sql("EXEC(N'ALTER TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE AS THROW 50001, ''Audit entries are never changed or removed.'', 1;');");
            migrationBuilder.Sql("EXEC(N'CREATE TRIGGER AuditAnchors_Forward ON AuditAnchors AFTER INSERT, UPDATE, DELETE AS IF EXISTS (SELECT 1 FROM deleted AS former WHERE NOT EXISTS (SELECT 1 FROM inserted AS anchor WHERE anchor.Id = former.Id AND anchor.Number > former.Number AND anchor.OlderThan >= former.OlderThan)) OR EXISTS (SELECT 1 FROM inserted AS anchor WHERE anchor.OlderThan > DATEADD(day, -365, SYSDATETIMEOFFSET()) OR NOT EXISTS (SELECT 1 FROM Tenants AS tenant WHERE tenant.Id = anchor.Id AND tenant.AuditKeepDays IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM AuditHeads AS head WHERE head.Id = anchor.Id AND head.Number >= anchor.Number) OR NOT EXISTS (SELECT 1 FROM AuditEntries AS entry WHERE entry.TenantId = anchor.Id AND entry.Number = anchor.Number AND entry.Hash = anchor.Hash AND entry.At < anchor.OlderThan)) THROW 50002, ''Audit trails are kept for a year, and their beginning only moves forward.'', 1;');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("EXEC(N'ALTER TRIGGER AuditEntries_AppendOnly ON AuditEntries INSTEAD OF UPDATE, DELETE AS THROW 50001, ''Audit entries are never changed or removed.'', 1;');");
            migrationBuilder.Sql("DROP TRIGGER AuditEntries_AppendOnly_Delete;");
            migrationBuilder.DropTable(
                name: "AuditAnchors");

            migrationBuilder.DropColumn(
                name: "AuditKeepDays",
                table: "Tenants");

            migrationBuilder.DropColumn(
                name: "After",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "OnBehalfOf",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "VendorRequestId",
                table: "AuditEntries");
        }
    }
}
