using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>The commands for whoever runs the installation.</summary>
public sealed class AdministrationTests : IAsyncLifetime
{
    private const string Issuer = "https://id.example.test/";

    private readonly TestCertificate certificate = new();

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        certificate.Dispose();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0")]
    [InlineData]
    public async Task NoCommand_ServesInstead(params string[] args) => Assert.Null((await RunAsync(args)).ExitCode);

    [Theory]
    [InlineData("add-everything")]
    [InlineData("add-tenant")]
    [InlineData("add-tenant", "aoba")]
    [InlineData("grant", "aoba", "Owner", "issuer")]
    [InlineData("migrate", "twice")]
    public async Task UnknownCommand_ListsTheCommands(params string[] args)
    {
        var (code, said) = await RunAsync(args);

        Assert.Equal(1, code);
        Assert.All(["migrate", "add-reseller", "add-tenant", "grant", "grant-reseller", "revoke-reseller"], command => Assert.Contains(command, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_SchemaIsOlder_BringsItUpToDate()
    {
        await database.DisposeAsync();
        database = await TestDatabase.CreateAsync(withSchema: false);

        var early = await RunAsync("add-tenant", "acme", "Acme");
        var migrate = await RunAsync("migrate", "--verbose=true");
        var late = await RunAsync("add-tenant", "acme", "Acme");

        Assert.Equal(1, early.ExitCode);
        Assert.Contains("migrate\"", early.Said, StringComparison.Ordinal);
        Assert.Equal((0, 0), (migrate.ExitCode, late.ExitCode));
        Assert.Empty(await database.Database.PendingMigrationsAsync(Watchdog.Token));
    }

    [Fact]
    public async Task VerifyAudit_SaysWhoseTrailIsNotAsItWasWritten()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await RunAsync("add-tenant", "zenith", "Zenith");
        var whole = await RunAsync("verify-audit");
        await database.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly");
        await database.ExecuteAsync("UPDATE AuditEntries SET ObjectName = 'Acne' WHERE ObjectName = 'Acme'");

        var altered = await RunAsync("verify-audit");

        Assert.Equal((0, 1), (whole.ExitCode, altered.ExitCode));
        Assert.DoesNotContain("NOT WHOLE", whole.Said, StringComparison.Ordinal);
        Assert.Matches("acme: 1 entries, ends with [0-9a-f]{64}: NOT WHOLE\\s+Altered at 1", altered.Said);
        Assert.Matches("zenith: 1 entries, ends with [0-9a-f]{64}: whole", altered.Said);
    }

    [Fact]
    public async Task VerifyAudit_AfterTheOldestWereRemoved_SaysFromWhereOn()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await using (var db = database.Database.ForInstallation())
        {
            var id = db.Tenants.Single().Id;
            await database.ExecuteAsync("DROP TRIGGER AuditAnchors_Forward_Insert");
            await database.ExecuteAsync(
                "INSERT INTO AuditAnchors (Id, Number, Hash, OlderThan, RemovedAt, KeptDays) SELECT TenantId, Number, Hash, At + 1, At, 400 FROM AuditEntries WHERE TenantId = $id", ("$id", id.ToString().ToUpperInvariant()));
        }

        var verified = await RunAsync("verify-audit");

        // The entry is there still, and the trail does not tell of its removal.
        Assert.Equal(1, verified.ExitCode);
        Assert.Matches("verified from entry 2: the 1 before were removed, the last on [0-9-]{10}, according to the retention of 400 days", verified.Said);
        Assert.Contains("BeginningDiffers at 1", verified.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAudit_OfATenantWhoseTrailWasEmptied_FindsThat()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await RunAsync("add-tenant", "zenith", "Zenith");
        await database.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly_Delete");
        await database.ExecuteAsync("DELETE FROM AuditEntries WHERE ObjectName = 'Acme'; DELETE FROM AuditHeads WHERE Id = (SELECT Id FROM Tenants WHERE Slug = 'acme')");

        var verified = await RunAsync("verify-audit");

        Assert.Equal(1, verified.ExitCode);
        Assert.Matches("acme: 0 entries: NOT WHOLE\\s+Missing at 1\\s", verified.Said);
        Assert.Matches("zenith: 1 entries, ends with [0-9a-f]{64}: whole", verified.Said);
    }

    [Fact]
    public async Task VerifyAudit_LooksThroughTheTrailsOfRemovedTenantsToo()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await RunAsync("add-tenant", "zenith", "Zenith");
        await database.ExecuteAsync("DELETE FROM Tenants WHERE Slug = 'acme'");
        var whole = await RunAsync("verify-audit");
        await database.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly");
        await database.ExecuteAsync("UPDATE AuditEntries SET ObjectName = 'Acne' WHERE ObjectName = 'Acme'");

        var altered = await RunAsync("verify-audit");

        Assert.Equal((0, 1), (whole.ExitCode, altered.ExitCode));
        Assert.Matches("\\(removed tenant [0-9a-f-]{36}\\): 1 entries, ends with [0-9a-f]{64}: whole", whole.Said);
        Assert.Matches("\\(removed tenant [0-9a-f-]{36}\\): 1 entries, ends with [0-9a-f]{64}: NOT WHOLE\\s+Altered at 1", altered.Said);
        // Nor where its chain's end is gone.
        await database.ExecuteAsync("DELETE FROM AuditHeads WHERE Id NOT IN (SELECT Id FROM Tenants)");
        Assert.Matches("\\(removed tenant [0-9a-f-]{36}\\): 0 entries: NOT WHOLE\\s+Inserted at 1", (await RunAsync("verify-audit")).Said);
    }

    [Fact]
    public async Task FirstSteps_LetAnOwnerAndAnAdministratorIn()
    {
        Assert.Equal(0, (await RunAsync("add-reseller", "hamanasu", "Hamanasu IoT")).ExitCode);
        Assert.Equal(0, (await RunAsync("add-tenant", "acme", "Acme", "hamanasu")).ExitCode);
        var granted = await RunAsync("grant", "acme", "owner", Issuer, "Subject-1");
        Assert.Equal(0, (await RunAsync("grant-reseller", "hamanasu", Issuer, "Subject-2")).ExitCode);

        Assert.Equal((0, "Subject-1 is Owner of acme."), (granted.ExitCode, granted.Said));
        await using var installation = database.Database.ForInstallation();
        var tenant = await installation.Tenants.Include(candidate => candidate.Reseller).SingleAsync(Watchdog.Token);
        Assert.Equal(("acme", "Acme", "hamanasu"), (tenant.Slug, tenant.Name, tenant.Reseller!.Slug));
        Assert.Equal("Subject-2", (await installation.ResellerAdministrators.Include(known => known.Person).SingleAsync(Watchdog.Token)).Person!.Subject);
        await using var db = database.Database.ForTenant(tenant.Id);
        var member = await db.TenantMembers.Include(known => known.Person).SingleAsync(Watchdog.Token);
        Assert.Equal((TenantRole.Owner, Issuer, "Subject-1"), (member.Role, member.Person!.Issuer, member.Person.Subject));
    }

    [Fact]
    public async Task SuspendResumeAndRemove_AreCommandsToo()
    {
        await RunAsync("add-tenant", "acme", "Acme");

        var suspended = await RunAsync("suspend", "acme", "The bill is unpaid.");
        var twice = await RunAsync("suspend", "acme", "The bill is unpaid.");
        var resumed = await RunAsync("resume", "acme", "Paid.");
        await RunAsync("suspend", "acme", "Left.");
        var other = await RunAsync("remove", "acme", "acne", "Left.");
        var removed = await RunAsync("remove", "acme", "acme", "Left.");

        Assert.Equal((0, 1, 0, 1, 0), (suspended.ExitCode, twice.ExitCode, resumed.ExitCode, other.ExitCode, removed.ExitCode));
        Assert.Equal("acme is removed.", removed.Said);
        await using var db = database.Database.ForInstallation();
        Assert.False(await db.Tenants.AnyAsync(Watchdog.Token));
        Assert.Equal(0, (await RunAsync("verify-audit")).ExitCode);
    }

    [Fact]
    public async Task Grant_Again_ChangesTheRole()
    {
        var tenant = await database.AddTenantAsync("acme");
        await RunAsync("grant", "acme", "Operator", Issuer, "Subject-1");
        await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1");

        await using var db = database.Database.ForTenant(tenant);
        Assert.Equal(TenantRole.Viewer, (await db.TenantMembers.SingleAsync(Watchdog.Token)).Role);
    }

    [Fact]
    public async Task Grant_AnotherRoleToTheLastOwner_IsRefusedUntilThereIsAnother()
    {
        var tenant = await database.AddTenantAsync("acme");
        await RunAsync("grant", "acme", "Owner", Issuer, "Subject-1");
        Assert.Equal(0, (await RunAsync("grant", "acme", "Owner", Issuer, "Subject-1")).ExitCode);

        var refused = await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1");
        await using (var db = database.Database.ForTenant(tenant))
        {
            Assert.Equal(TenantRole.Owner, (await db.TenantMembers.SingleAsync(Watchdog.Token)).Role);
        }

        await RunAsync("grant", "acme", "Owner", Issuer, "Subject-2");
        var granted = await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("last owner of acme", refused.Said, StringComparison.Ordinal);
        Assert.Equal((0, "Subject-1 is Viewer of acme."), (granted.ExitCode, granted.Said));
    }

    [Fact]
    public async Task AddTenantAndGrant_AreInTheTenantsAuditTrail()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await RunAsync("grant", "acme", "Owner", Issuer, "Subject-1");
        await RunAsync("grant", "acme", "Owner", Issuer, "Subject-2");
        await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-2");
        await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-2");
        await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1");

        await using var installation = database.Database.ForInstallation();
        await using var db = database.Database.ForTenant((await installation.Tenants.SingleAsync(Watchdog.Token)).Id);
        var entries = await db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync(Watchdog.Token);
        Assert.Equal(
            [
                (AuditActions.TenantAdded, "Acme", null),
                (AuditActions.MemberAdded, "Subject-1", "Owner"),
                (AuditActions.MemberAdded, "Subject-2", "Owner"),
                (AuditActions.MemberRoleChanged, "Subject-2", "Owner → Viewer"),
            ],
            entries.Select(entry => (entry.Action, entry.ObjectName!, entry.Detail ?? entry.Change())));
        Assert.All(entries, entry => Assert.Equal((null, AuditEntry.CommandLine, AuditOutcome.Succeeded), (entry.ActorId, entry.ActorName, entry.Outcome)));
    }

    [Fact]
    public async Task GrantReseller_Again_ChangesNothing()
    {
        await database.AddResellerAsync("hamanasu");
        await RunAsync("grant-reseller", "hamanasu", Issuer, "Subject-1");

        Assert.Equal(0, (await RunAsync("grant-reseller", "hamanasu", Issuer, "Subject-1")).ExitCode);

        await using var db = database.Database.ForInstallation();
        Assert.Equal(1, await db.ResellerAdministrators.CountAsync(Watchdog.Token));
    }

    [Fact]
    public async Task RevokeReseller_TakesTheRightAway_AndEachCustomerSeesWhoCameAndWent()
    {
        var reseller = await database.AddResellerAsync("hamanasu");
        var (customer, other) = (await database.AddTenantAsync("aoba", reseller), await database.AddTenantAsync("acme"));
        await RunAsync("grant-reseller", "hamanasu", Issuer, "Subject-1");
        await RunAsync("grant-reseller", "hamanasu", Issuer, "Subject-2");

        Assert.Equal(0, (await RunAsync("revoke-reseller", "hamanasu", Issuer, "Subject-1")).ExitCode);

        await using var db = database.Database.ForInstallation();
        Assert.Equal("Subject-2", await db.ResellerAdministrators.Select(administrator => administrator.Person!.Subject).SingleAsync(Watchdog.Token));
        string[] told = ["partner.person-add Subject-1 Reseller hamanasu", "partner.person-add Subject-2 Reseller hamanasu", "partner.person-remove Subject-1 Reseller hamanasu"];
        Assert.Equal(told, await TrailAsync(customer));
        Assert.Equal(told, await TrailAsync(null));
        Assert.Empty(await TrailAsync(other));

        async Task<List<string>> TrailAsync(Guid? tenant) => await db.AuditEntries
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(entry => entry.TenantId == tenant && entry.Action.StartsWith("partner."))
            .OrderBy(entry => entry.Id)
            .Select(entry => entry.Action + " " + entry.ObjectName + " " + entry.Detail)
            .ToListAsync(Watchdog.Token);
    }

    [Theory]
    [InlineData("slug", "add-reseller", "Not A Slug", "Name")]
    [InlineData("slug", "add-reseller", "hamanasu", "taken already")]
    [InlineData("name", "add-reseller", "other", " ")]
    [InlineData("slug", "add-tenant", "-acme", "Acme")]
    [InlineData("slug", "add-tenant", "aoba", "taken already")]
    [InlineData("name", "add-tenant", "acme", "")]
    [InlineData("no reseller nobody", "add-tenant", "acme", "Acme", "nobody")]
    [InlineData("no role Emperor", "grant", "aoba", "Emperor", Issuer, "Subject-1")]
    [InlineData("no role 0", "grant", "aoba", "0", Issuer, "Subject-1")]
    [InlineData("no role Owner,Viewer", "grant", "aoba", "Owner,Viewer", Issuer, "Subject-1")]
    [InlineData("no tenant nowhere", "grant", "nowhere", "Owner", Issuer, "Subject-1")]
    [InlineData("Issuer and subject", "grant", "aoba", "Owner", "", "Subject-1")]
    [InlineData("Issuer and subject", "grant", "aoba", "Owner", Issuer, " ")]
    [InlineData("no reseller nobody", "grant-reseller", "nobody", Issuer, "Subject-1")]
    [InlineData("Issuer and subject", "grant-reseller", "hamanasu", Issuer, "")]
    [InlineData("no reseller nobody", "revoke-reseller", "nobody", Issuer, "Subject-1")]
    [InlineData("no tenant nowhere", "suspend", "nowhere", "Why")]
    [InlineData("A reason", "suspend", "aoba", " ")]
    [InlineData("is not suspended", "resume", "aoba", "Why")]
    [InlineData("is not suspended", "remove", "aoba", "aoba", "Why")]
    [InlineData("does not administer hamanasu", "revoke-reseller", "hamanasu", Issuer, "Subject-1")]
    public async Task Command_WithWhatCannotBe_SaysWhyAndChangesNothing(string why, params string[] args)
    {
        await database.AddResellerAsync("hamanasu");
        await database.AddTenantAsync("aoba");

        var (code, said) = await RunAsync(args);

        Assert.Equal(1, code);
        Assert.Contains(why, said, StringComparison.Ordinal);
        await using var db = database.Database.ForInstallation();
        Assert.Equal((1, 1, 0), (await db.Resellers.CountAsync(Watchdog.Token), await db.Tenants.CountAsync(Watchdog.Token), await db.People.CountAsync(Watchdog.Token)));
    }

    [Fact]
    public async Task Grant_ToAMemberWithTheTenantsOwnRole_GivesThePresetInItsPlace()
    {
        await RunAsync("add-tenant", "acme", "Acme");
        await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1");
        await using (var all = database.Database.ForInstallation())
        {
            var id = await all.Tenants.Where(tenant => tenant.Slug == "acme").Select(tenant => tenant.Id).SingleAsync(Watchdog.Token);
            await using var db = database.Database.ForTenant(id);
            var role = new CustomRole { TenantId = id, Name = "Viewer 2", Permissions = "BillingRead", MadeAt = ManualTime.Start, ChangedAt = ManualTime.Start };
            db.CustomRoles.Add(role);
            var own = await db.TenantMembers.SingleAsync(Watchdog.Token);
            (own.Role, own.CustomRoleId) = (TenantRole.Custom, role.Id);
            await db.SaveChangesAsync(Watchdog.Token);
        }

        Assert.Equal(1, (await RunAsync("grant", "acme", "Custom", Issuer, "Subject-1")).ExitCode);
        Assert.Equal(0, (await RunAsync("grant", "acme", "Viewer", Issuer, "Subject-1")).ExitCode);

        await using var now = database.Database.ForInstallation();
        var member = await now.TenantMembers.IgnoreQueryFilters().SingleAsync(Watchdog.Token);
        Assert.Equal((TenantRole.Viewer, (Guid?)null), (member.Role, member.CustomRoleId));
        Assert.Contains(await now.AuditEntries.IgnoreQueryFilters().ToListAsync(Watchdog.Token), entry => entry.Change() == "\"Viewer 2\" → Viewer");
    }

    [Theory]
    [InlineData("add-tenant", "acme", 201)]
    [InlineData("add-reseller", "acme", 201)]
    public async Task Name_LongerThanTheDatabaseHolds_IsRefused(string command, string slug, int length) =>
        Assert.Equal(1, (await RunAsync(command, slug, new string('n', length))).ExitCode);

    private async Task<(int? ExitCode, string Said)> RunAsync(params string[] args)
    {
        await using var portal = await PortalStart.CreateAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]);
        await using var output = new StringWriter();
        var code = await Administration.TryRunAsync(portal, args, output, Watchdog.Token);
        return (code, output.ToString().Trim());
    }
}
