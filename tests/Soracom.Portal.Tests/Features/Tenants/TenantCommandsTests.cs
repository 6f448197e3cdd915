using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Commands;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>Whoever runs the installation suspends, resumes and removes those for whom nobody else can, and no others.</summary>
public sealed class TenantCommandsTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private string slug = null!;
    private Guid tenantId;

    private ITenantCommands Commands => scene.Get<ITenantCommands>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        tenantId = await scene.TestDatabase.AddTenantAsync(slug);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task SuspendAndResume_OfATenantWithoutAPartner_ClosesAndOpensIt_AndTheTrailSaysWhy()
    {
        var owner = await scene.MemberAsync(slug, TenantRole.Owner, "Haruto");
        using var open = await scene.OpenAsync(owner, slug);

        Assert.Equal(0, (await Commands.SuspendAsync(slug, " The bill is unpaid. ", Watchdog.Token)).ExitCode);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => open.RequireAsync(Permission.SimsRead, Watchdog.Token).AsTask());
        var told = Assert.Single(await scene.Get<TenantAccess>().SuspendedAsync(owner, slug, Watchdog.Token));
        Assert.Equal((null, "The bill is unpaid.", true), (told.By, told.Reason, told.IsOwner));
        Assert.Equal(0, (await Commands.ResumeAsync(slug, "Paid.", Watchdog.Token)).ExitCode);
        using var again = await scene.OpenAsync(owner, slug);
        Assert.Equal(
            [(AuditActions.TenantSuspended, "The bill is unpaid."), (AuditActions.TenantResumed, "Paid.")],
            (await scene.TrailAsync(slug)).Where(entry => entry is { ActorName: AuditEntry.CommandLine, ActorId: null, Outcome: AuditOutcome.Succeeded }).Select(entry => (entry.Action, entry.Reason!)));
    }

    [Fact]
    public async Task Suspend_IsToldToTheOwnersByMail_AsTheOperatorsAct()
    {
        var owner = await scene.MemberAsync(slug, TenantRole.Owner);
        await scene.TestDatabase.ExecuteAsync("UPDATE People SET Email = $email, Language = 'en' WHERE Id = $id", ("$email", $"{slug}@example.com"), ("$id", owner.PersonId.ToString().ToUpperInvariant()));

        await Commands.SuspendAsync(slug, "The bill is unpaid.", Watchdog.Token);
        await scene.Get<MailWorker>().RunOnceAsync(Watchdog.Token);

        var letter = Assert.Single(await Assert.IsType<FolderMailer>(scene.Get<IMailer>()).ListAsync(Watchdog.Token), kept => kept.Letter.Recipient == $"{slug}@example.com").Letter;
        Assert.Contains("was suspended", letter.Subject, StringComparison.Ordinal);
        Assert.All(["Whoever runs this portal suspended", "The bill is unpaid.", PortalUrls.Suspended(slug)], part => Assert.Contains(part, letter.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("end the access", letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_DestroysTheKeysAndTakesEverythingButTheTrail_OnceNobodyCanObjectAnyMore()
    {
        await scene.MemberAsync(slug, TenantRole.Owner);
        await SealAsync();

        Assert.Contains("not suspended", await RefusedAsync(Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)), StringComparison.Ordinal);
        await Commands.SuspendAsync(slug, "Left.", Watchdog.Token);
        Assert.Contains("can object until", await RefusedAsync(Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)), StringComparison.Ordinal);
        await AgeAsync();
        Assert.Contains("slug twice", await RefusedAsync(Commands.RemoveAsync(slug, slug + "x", "Left.", Watchdog.Token)), StringComparison.Ordinal);
        Assert.Null((await RowAsync())!.RemovingAt);
        Assert.Equal(0, (await Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)).ExitCode);

        Assert.Null(await RowAsync());
        await using var db = scene.Database.ForTenant(tenantId);
        Assert.Equal(0, await db.TenantDataKeys.CountAsync(Watchdog.Token));
        Assert.Empty((await AuditCheck.RunAsync(db, tenantId, Watchdog.Token)).Faults);
        Assert.Equal(
            (AuditOutcome.Begun, AuditEntry.CommandLine, "Left."),
            await db.AuditEntries.Where(entry => entry.Action == AuditActions.TenantRemoved).Select(entry => ValueTuple.Create(entry.Outcome, entry.ActorName, entry.Reason)).SingleAsync(Watchdog.Token));
        Assert.Equal(
            [(AuditOutcome.Begun, AuditEntry.CommandLine), (AuditOutcome.Succeeded, AuditEntry.Itself)],
            (await scene.TrailAsync()).Where(entry => entry.Action == AuditActions.TenantRemoved && entry.ObjectId == slug).Select(entry => (entry.Outcome, entry.ActorName)));
        Assert.Contains("no tenant", await RefusedAsync(Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_OfATenantWithoutOwners_NeedsNoWaiting()
    {
        await scene.MemberAsync(slug, TenantRole.Viewer);
        await Commands.SuspendAsync(slug, "Left.", Watchdog.Token);

        Assert.Equal(0, (await Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)).ExitCode);

        Assert.Null(await RowAsync());
    }

    [Fact]
    public async Task PartnersCustomer_ThatIsSuspendedNarrowedAndWithoutOwners_IsResumedAndRemovedByNobodyElse()
    {
        var partner = await PartnerAsync();
        Assert.Null((await scene.Get<Customers>().SuspendAsync(partner, tenantId, "", Watchdog.Token)).Error);
        await HoldAsync();
        Assert.Equal("CustomerHolds", Assert.IsType<InputError>((await scene.Get<Customers>().ResumeAsync(partner, tenantId, Watchdog.Token)).Error).Key);

        Assert.Equal(0, (await Commands.ResumeAsync(slug, "Asked by mail.", Watchdog.Token)).ExitCode);
        Assert.Equal((null, TenantRole.Viewer), ((await RowAsync())!.SuspendedAt, (await RowAsync())!.ResellerCeiling));

        Assert.Equal(0, (await Commands.SuspendAsync(slug, "Left.", Watchdog.Token)).ExitCode);
        Assert.Equal(0, (await Commands.RemoveAsync(slug, slug, "Left.", Watchdog.Token)).ExitCode);

        Assert.Null(await RowAsync());
        Assert.All((await scene.TrailAsync()).Where(entry => entry.Action == AuditActions.TenantRemoved && entry.ObjectId == slug), entry => Assert.Null(entry.OnBehalfOf));
    }

    [Theory]
    [InlineData("may do everything", "grant-reseller")]
    [InlineData("held, with an owner", "has an owner")]
    public async Task PartnersCustomer_ForWhomSomebodyElseCan_IsLeftToThem(string how, string why)
    {
        var partner = await PartnerAsync();
        await scene.MemberAsync(slug, TenantRole.Owner);
        Assert.Null((await scene.Get<Customers>().SuspendAsync(partner, tenantId, "", Watchdog.Token)).Error);
        await AgeAsync();
        if (how != "may do everything")
        {
            await HoldAsync();
        }

        var row = await RowAsync();

        Assert.Contains(why, await RefusedAsync(Commands.ResumeAsync(slug, "Why not", Watchdog.Token)), StringComparison.Ordinal);
        Assert.Contains(why, await RefusedAsync(Commands.RemoveAsync(slug, slug, "Why not", Watchdog.Token)), StringComparison.Ordinal);
        Assert.Contains(why, await RefusedAsync(Commands.SuspendAsync(slug, "Why not", Watchdog.Token)), StringComparison.Ordinal);
        Assert.Equivalent(row, await RowAsync());
        Assert.DoesNotContain(await scene.TrailAsync(slug), entry => entry.ActorName == AuditEntry.CommandLine);
    }

    [Fact]
    public async Task WhatACommandSuspended_StaysSo_WhateverAnOwnerDoesWithThePartner()
    {
        await PartnerAsync();
        await HoldAsync();
        await Commands.SuspendAsync(slug, "Misused.", Watchdog.Token);
        var owner = await scene.MemberAsync(slug, TenantRole.Owner);

        Assert.IsType<GoneError>((await scene.Get<SuspensionExit>().EndAsync(owner, slug, Watchdog.Token)).Error);

        Assert.NotNull((await RowAsync())!.SuspendedAt);
        Assert.Equal(0, (await Commands.ResumeAsync(slug, "Settled.", Watchdog.Token)).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task WithoutAReason_OrWithTooLongAOne_NothingIsDone(string? reason)
    {
        reason ??= new string('x', Tenant.ReasonLength + 1);

        Assert.Contains("reason", await RefusedAsync(Commands.SuspendAsync(slug, reason, Watchdog.Token)), StringComparison.Ordinal);
        Assert.Contains("not suspended", await RefusedAsync(Commands.ResumeAsync(slug, "Never was.", Watchdog.Token)), StringComparison.Ordinal);
        Assert.Null((await RowAsync())!.SuspendedAt);
    }

    private static async Task<string> RefusedAsync(Task<CommandAnswer> command)
    {
        var answer = await command;
        Assert.Equal(1, answer.ExitCode);
        return answer.Said;
    }

    private async Task<ResellerContext> PartnerAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        tenantId = await scene.TestDatabase.AddTenantAsync(slug, await scene.TestDatabase.AddResellerAsync($"r{slug}"));
        return Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(slug, role: null, "Rin"), Watchdog.Token));
    }

    private Task<int> HoldAsync() => scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerCeiling = 'Viewer' WHERE Slug = $slug", ("$slug", slug));

    /// <summary>Suspended so long ago that it can be removed.</summary>
    private async Task AgeAsync()
    {
        await using var db = scene.Database.ForInstallation();
        await db.Tenants.Where(tenant => tenant.Id == tenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.SuspendedAt, scene.Clock.GetUtcNow() - Tenant.RemovalNotice), Watchdog.Token);
    }

    /// <summary>Has the tenant own a key.</summary>
    private async Task SealAsync()
    {
        await scene.Database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                using var cipher = await scene.Get<TenantArchive>().BeginAsync(db, tenantId, token);
                return await db.SaveChangesAsync(token);
            },
            Watchdog.Token);
        await using var after = scene.Database.ForTenant(tenantId);
        Assert.Equal(1, await after.TenantDataKeys.CountAsync(Watchdog.Token));
    }

    private async Task<Tenant?> RowAsync()
    {
        await using var db = scene.Database.ForInstallation();
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Id == tenantId, Watchdog.Token);
    }
}
