using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class KeepPayments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Denied",
                table: "BillReadings",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "AccountCoupons",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Code = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Amount = table.Column<decimal>(type: "decimal(19,6)", precision: 19, scale: 6, nullable: true),
                    Balance = table.Column<decimal>(type: "decimal(19,6)", precision: 19, scale: 6, nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    BillItem = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    GoodUntil = table.Column<int>(type: "int", nullable: true),
                    ToldAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountCoupons", x => new { x.TenantId, x.Coverage, x.OperatorId, x.Code });
                    table.ForeignKey(
                        name: "FK_AccountCoupons_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountDiscounts",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ContractId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    From = table.Column<DateOnly>(type: "date", nullable: true),
                    Until = table.Column<DateOnly>(type: "date", nullable: true),
                    Sims = table.Column<int>(type: "int", nullable: true),
                    UnitPrice = table.Column<decimal>(type: "decimal(19,6)", precision: 19, scale: 6, nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    PaymentType = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    DiscountType = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Status = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ToldAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountDiscounts", x => new { x.TenantId, x.Coverage, x.OperatorId, x.ContractId });
                    table.ForeignKey(
                        name: "FK_AccountDiscounts_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AccountStatements",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    StatementId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_100_BIN2"),
                    PaidAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Amount = table.Column<decimal>(type: "decimal(19,6)", precision: 19, scale: 6, nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    Months = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false),
                    OrderId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    Method = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Instrument = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    ToldAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountStatements", x => new { x.TenantId, x.Coverage, x.OperatorId, x.StatementId });
                    table.ForeignKey(
                        name: "FK_AccountStatements_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PaymentReadings",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Coverage = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    OperatorId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    ReadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    CouponsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    DiscountsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    StatementsAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    MethodAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    HasMethod = table.Column<bool>(type: "bit", nullable: false),
                    CardBrand = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    CardDigits = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false),
                    MethodError = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    MethodChangedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Payer = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Denied = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    FailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Failure = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    NotBefore = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Holder = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    HeldUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentReadings", x => new { x.TenantId, x.Coverage });
                    table.ForeignKey(
                        name: "FK_PaymentReadings_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountCoupons");

            migrationBuilder.DropTable(
                name: "AccountDiscounts");

            migrationBuilder.DropTable(
                name: "AccountStatements");

            migrationBuilder.DropTable(
                name: "PaymentReadings");

            migrationBuilder.DropColumn(
                name: "Denied",
                table: "BillReadings");
        }
    }
}
