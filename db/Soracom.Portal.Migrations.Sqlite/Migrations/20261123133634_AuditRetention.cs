using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "After",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OnBehalfOf",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "VendorRequestId",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditAnchors",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    OlderThan = table.Column<long>(type: "INTEGER", nullable: false),
                    RemovedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    KeptDays = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditAnchors", x => x.Id);
                });

            // Entries go by the anchor alone: no further than its place, and none that is younger than its limit; and only of a tenant that is there and does not keep them for ever.
            migrationBuilder.Sql("DROP TRIGGER AuditEntries_AppendOnly_Delete;");
            migrationBuilder.Sql("CREATE TRIGGER AuditEntries_AppendOnly_Delete BEFORE DELETE ON AuditEntries WHEN NOT EXISTS (SELECT 1 FROM AuditAnchors WHERE Id = OLD.TenantId AND Number >= OLD.Number AND OlderThan > OLD.At) OR NOT EXISTS (SELECT 1 FROM Tenants WHERE Id = OLD.TenantId AND AuditKeepDays IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'Audit entries are never removed.'); END;");
            // The anchor is an entry that is there, older than a limit that lies a year back, within the chain's end, and only moves forward. Ticks of 100 ns since the year 1.
            migrationBuilder.Sql("CREATE TRIGGER AuditAnchors_Forward_Insert BEFORE INSERT ON AuditAnchors WHEN EXISTS (SELECT 1 FROM AuditAnchors WHERE Id = NEW.Id) OR NEW.OlderThan > CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER) - 365 * 864000000000 OR NOT EXISTS (SELECT 1 FROM Tenants WHERE Id = NEW.Id AND AuditKeepDays IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM AuditHeads WHERE Id = NEW.Id AND Number >= NEW.Number) OR NOT EXISTS (SELECT 1 FROM AuditEntries WHERE TenantId = NEW.Id AND Number = NEW.Number AND Hash = NEW.Hash AND At < NEW.OlderThan) BEGIN SELECT RAISE(ABORT, 'Audit trails are kept for a year.'); END;");
            migrationBuilder.Sql("CREATE TRIGGER AuditAnchors_Forward BEFORE UPDATE ON AuditAnchors WHEN NEW.Id <> OLD.Id OR NEW.Number <= OLD.Number OR NEW.OlderThan < OLD.OlderThan OR NEW.OlderThan > CAST((julianday('now') - 1721425.5) * 864000000000 AS INTEGER) - 365 * 864000000000 OR NOT EXISTS (SELECT 1 FROM Tenants WHERE Id = NEW.Id AND AuditKeepDays IS NOT NULL) OR NOT EXISTS (SELECT 1 FROM AuditHeads WHERE Id = NEW.Id AND Number >= NEW.Number) OR NOT EXISTS (SELECT 1 FROM AuditEntries WHERE TenantId = NEW.Id AND Number = NEW.Number AND Hash = NEW.Hash AND At < NEW.OlderThan) BEGIN SELECT RAISE(ABORT, 'Audit trails are kept for a year.'); END;");
            migrationBuilder.Sql("CREATE TRIGGER AuditAnchors_Forward_Delete BEFORE DELETE ON AuditAnchors BEGIN SELECT RAISE(ABORT, 'The beginning of an audit trail is never forgotten.'); END;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER AuditEntries_AppendOnly_Delete;");
            migrationBuilder.Sql("CREATE TRIGGER AuditEntries_AppendOnly_Delete BEFORE DELETE ON AuditEntries BEGIN SELECT RAISE(ABORT, 'Audit entries are never removed.'); END;");
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
