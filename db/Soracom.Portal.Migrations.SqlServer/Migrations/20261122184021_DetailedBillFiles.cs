using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class DetailedBillFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_BillLines",
                table: "BillLines");

            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "BillLines",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Summary");

            migrationBuilder.AddPrimaryKey(
                name: "PK_BillLines",
                table: "BillLines",
                columns: new[] { "TenantId", "Coverage", "OperatorId", "Month", "Kind", "Source", "Key" });

            migrationBuilder.CreateTable(
                name: "BillFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Month = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Revision = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    AskedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AskedByName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    AskedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    VendorId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: true),
                    MadeAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Made = table.Column<int>(type: "int", nullable: false),
                    Missed = table.Column<int>(type: "int", nullable: false),
                    Tries = table.Column<int>(type: "int", nullable: false),
                    NotBefore = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Trouble = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    FinishedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FileId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    FileKey = table.Column<byte[]>(type: "varbinary(256)", maxLength: 256, nullable: true),
                    Length = table.Column<long>(type: "bigint", nullable: true),
                    Sha256 = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Rows = table.Column<long>(type: "bigint", nullable: true),
                    BadRows = table.Column<long>(type: "bigint", nullable: false),
                    BadLines = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    OtherColumns = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Total = table.Column<decimal>(type: "decimal(19,6)", precision: 19, scale: 6, nullable: true),
                    HasLines = table.Column<bool>(type: "bit", nullable: false),
                    RemovedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Holder = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    HeldUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BillFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BillFiles_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_BillFiles_State_NotBefore",
                table: "BillFiles",
                columns: new[] { "State", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_BillFiles_TenantId_Coverage_OperatorId_Month_Number",
                table: "BillFiles",
                columns: new[] { "TenantId", "Coverage", "OperatorId", "Month", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BillFiles");

            migrationBuilder.DropPrimaryKey(
                name: "PK_BillLines",
                table: "BillLines");

            migrationBuilder.DropColumn(
                name: "Source",
                table: "BillLines");

            migrationBuilder.AddPrimaryKey(
                name: "PK_BillLines",
                table: "BillLines",
                columns: new[] { "TenantId", "Coverage", "OperatorId", "Month", "Kind", "Key" });
        }
    }
}
