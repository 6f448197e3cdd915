using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Soracom.Portal.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class GroupGrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "GroupGrantId",
                table: "TenantMembers",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "GroupExclusions",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupExclusions", x => new { x.TenantId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_GroupExclusions_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_GroupExclusions_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "GroupGrants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Issuer = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2"),
                    GroupId = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Label = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    CustomRoleId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Position = table.Column<int>(type: "int", nullable: false),
                    MadeAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupGrants", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_GroupGrants_CustomRoles_TenantId_CustomRoleId",
                        columns: x => new { x.TenantId, x.CustomRoleId },
                        principalTable: "CustomRoles",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_GroupGrants_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PersonGroups",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Names = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Unknown = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    ReadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PersonGroups", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_PersonGroups_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TenantMembers_TenantId_GroupGrantId",
                table: "TenantMembers",
                columns: new[] { "TenantId", "GroupGrantId" });

            migrationBuilder.CreateIndex(
                name: "IX_GroupExclusions_PersonId",
                table: "GroupExclusions",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_GroupGrants_Issuer_GroupId",
                table: "GroupGrants",
                columns: new[] { "Issuer", "GroupId" });

            migrationBuilder.CreateIndex(
                name: "IX_GroupGrants_TenantId_CustomRoleId",
                table: "GroupGrants",
                columns: new[] { "TenantId", "CustomRoleId" });

            migrationBuilder.CreateIndex(
                name: "IX_GroupGrants_TenantId_Issuer_GroupId",
                table: "GroupGrants",
                columns: new[] { "TenantId", "Issuer", "GroupId" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_TenantMembers_GroupGrants_TenantId_GroupGrantId",
                table: "TenantMembers",
                columns: new[] { "TenantId", "GroupGrantId" },
                principalTable: "GroupGrants",
                principalColumns: new[] { "TenantId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_TenantMembers_GroupGrants_TenantId_GroupGrantId",
                table: "TenantMembers");

            migrationBuilder.DropTable(
                name: "GroupExclusions");

            migrationBuilder.DropTable(
                name: "GroupGrants");

            migrationBuilder.DropTable(
                name: "PersonGroups");

            migrationBuilder.DropIndex(
                name: "IX_TenantMembers_TenantId_GroupGrantId",
                table: "TenantMembers");

            migrationBuilder.DropColumn(
                name: "GroupGrantId",
                table: "TenantMembers");
        }
    }
}
