using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.Retention;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Tests.Features.Audit;

/// <summary>How long a trail is kept is its owners' to say, and never less than a year.</summary>
public sealed class AuditRetentionTests : IAsyncLifetime
{
    private const string Slug = "minato";

    private PortalScene scene = null!;
    private TenantContext owner = null!;

    private AuditRetention Retention => scene.Get<AuditRetention>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        var tenantId = await scene.TestDatabase.AddTenantAsync(Slug, await scene.TestDatabase.AddResellerAsync("umi"));
        // Before whatever the scene adds.
        await AddOldAsync(tenantId);
        owner = await scene.OpenAsync(await scene.MemberAsync(Slug, TenantRole.Owner, "Yui"), Slug);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Sweep_KeepsEverything_UntilAnOwnerSaysOtherwise_ThenTellsWhatItRemoved()
    {
        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        Assert.Equal(3650, (await Retention.ChangeAsync(owner, null, 3650, Watchdog.Token)).Value);
        Assert.Equal(3, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));
        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        var trail = await scene.TrailAsync(Slug);
        var changed = Assert.Single(trail, entry => entry.Action == AuditActions.AuditKeepChanged);
        Assert.Equal(("Yui", "for ever → 3650 d"), (changed.ActorName, changed.Change()));
        var told = Assert.Single(trail, entry => entry.Action == AuditActions.AuditTrimmed);
        Assert.Equal((AuditEntry.Itself, "3", AuditOutcome.Succeeded), (told.ActorName, told.ObjectId, told.Outcome));
        Assert.StartsWith("3, < 2016-", told.Detail, StringComparison.Ordinal);
        Assert.Equal("3650 d", told.Reason);
        Assert.DoesNotContain(trail, entry => entry.Action == AuditActions.SimNamed);
        var check = await scene.Get<AuditLog>().VerifyAsync(owner, Watchdog.Token);
        Assert.Equal((3L, 3650, 0), (check.Anchor!.Number, check.Anchor.KeptDays, check.Faults.Count));
    }

    [Fact]
    public async Task Sweep_OfATenantThatIsSuspended_OrKeepsLonger_RemovesNothing()
    {
        await Retention.ChangeAsync(owner, null, 3650, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1 WHERE Slug = 'minato'");
        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = NULL WHERE Slug = 'minato'");
        await Retention.ChangeAsync(owner, 3650, 36_500, Watchdog.Token);
        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        await Retention.ChangeAsync(owner, 36_500, 3650, Watchdog.Token);
        Assert.Equal(3, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(36_500)]
    public async Task Sweep_ByASettingThatNoOwnerMade_RemovesNothing_AndItIsFound(int? byOwner)
    {
        await Retention.ChangeAsync(owner, null, byOwner, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET AuditKeepDays = 3650 WHERE Slug = 'minato'");

        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        Assert.Equal(3, (await scene.TrailAsync(Slug)).Count(entry => entry.Action == AuditActions.SimNamed));
        AssertLogged(owner.TenantId, "not as it was written");
        Assert.Equal(AuditFaultKind.KeepDiffers, Assert.Single((await scene.Get<AuditLog>().VerifyAsync(owner, Watchdog.Token)).Faults).Kind);
        // What an owner says then is what holds.
        await Retention.ChangeAsync(owner, 3650, 3651, Watchdog.Token);
        Assert.Equal(3, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Sweep_AfterTheEntryOfTheSettingWentItself_GoesOnByWhatTheRemovalSays()
    {
        var tenantId = await scene.TestDatabase.AddTenantAsync("zenith");
        await KeepAsync(tenantId, 3650, At(2010));
        // Removed by the first one: the setting's entry. By the second: the first one's own.
        Assert.Equal(1, await Sweep(new FakeTime(At(2021))).RunAsync(Watchdog.Token));
        Assert.DoesNotContain(await scene.TrailAsync("zenith"), entry => entry.Action == AuditActions.AuditKeepChanged);

        Assert.Equal(1, await Sweep(new FakeTime(At(2032))).RunAsync(Watchdog.Token));

        Assert.Equal("3650 d", Assert.Single(await scene.TrailAsync("zenith")).Reason);
        await using var db = scene.Database.ForTenant(tenantId);
        var check = await AuditCheck.RunAsync(db, tenantId, Watchdog.Token);
        Assert.Equal((2L, 3650, 0), (check.Anchor!.Number, check.KeptDays, check.Faults.Count));

        AuditSweep Sweep(TimeProvider clock) => new(scene.Database, new AuditTrail(scene.Database, clock), clock, NullLogger<AuditSweep>.Instance);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(int.MaxValue)]
    public async Task Sweep_OfATrailThatFails_GoesOnWithTheOthers(int days)
    {
        // Written past the portal, with an entry that tells of it.
        await KeepAsync(owner.TenantId, days, At(2026));
        var other = await AddOtherAsync();

        Assert.Equal(3, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        Assert.Equal(3, (await scene.TrailAsync(Slug)).Count(entry => entry.Action == AuditActions.SimNamed));
        AssertLogged(owner.TenantId, "could not be swept");
        Assert.DoesNotContain(scene.Logs.Lines, line => line.Level == LogLevel.Error && line.Message.Contains(other.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_SweepsSoonAfterTheStart_ThenNowAndThen()
    {
        await Retention.ChangeAsync(owner, null, 3650, Watchdog.Token);
        var clock = new FakeTime();
        using var worker = new AuditSweepWorker(scene.Get<AuditSweep>(), Options.Create(new RecurringOptions()), clock, NullLogger<AuditSweepWorker>.Instance);
        await worker.StartAsync(Watchdog.Token);

        clock.Advance(await clock.TimerWithinAsync(TimeSpan.FromMinutes(30), Watchdog.Token));
        await clock.TimerBetweenAsync(TimeSpan.FromHours(1), TimeSpan.FromHours(12), Watchdog.Token);

        Assert.Contains(await scene.TrailAsync(Slug), entry => entry.Action == AuditActions.AuditTrimmed);
        await worker.StopAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Sweep_OfATrailThatWasForged_LeavesItToBeFound_AndGoesOnWithTheOthers()
    {
        await Retention.ChangeAsync(owner, null, 3650, Watchdog.Token);
        await AddOtherAsync();
        await scene.TestDatabase.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly");
        await scene.TestDatabase.ExecuteAsync("UPDATE AuditEntries SET ActorName = 'Somebody' WHERE ActorName = 'Haruto' AND Number = 2 AND TenantId = $tenant", ("$tenant", Text(owner.TenantId)));

        Assert.Equal(3, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        Assert.Equal(3, (await scene.TrailAsync(Slug)).Count(entry => entry.Action == AuditActions.SimNamed));
        Assert.DoesNotContain(await scene.TrailAsync("zenith"), entry => entry.Action == AuditActions.SimNamed);
        AssertLogged(owner.TenantId, "not as it was written");
        Assert.Equal(AuditFaultKind.Altered, Assert.Single((await scene.Get<AuditLog>().VerifyAsync(owner, Watchdog.Token)).Faults).Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(364)]
    [InlineData(36_501)]
    public async Task Change_ToLessThanAYear_IsRefused(int days)
    {
        Assert.Equal("AuditKeepDays", Assert.IsType<InputError>((await Retention.ChangeAsync(owner, null, days, Watchdog.Token)).Error).Key);
        Assert.Null(await Retention.LookAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Change_OfWhatAnotherOwnerChangedMeanwhile_IsRefused_AndWhatIsSoAlreadyIsNotRecorded()
    {
        Assert.Null((await Retention.ChangeAsync(owner, null, 400, Watchdog.Token)).Error);

        Assert.IsType<ConflictError>((await Retention.ChangeAsync(owner, null, 500, Watchdog.Token)).Error);
        Assert.Equal(400, (await Retention.ChangeAsync(owner, 400, 400, Watchdog.Token)).Value);
        Assert.Single(await scene.TrailAsync(Slug), entry => entry.Action == AuditActions.AuditKeepChanged);
    }

    [Fact]
    public async Task Change_ByThePartnersPeople_IsRefused()
    {
        using var partner = await scene.OpenAsync(Slug, role: null);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => Retention.ChangeAsync(partner, null, 400, Watchdog.Token));
        Assert.Null(await Retention.LookAsync(partner, Watchdog.Token));
    }

    [Fact]
    public async Task Card_AsksBeforeItKeepsLess_AndSaysWhatIsKept()
    {
        await using var circuit = new ComponentScene(scene);
        var asked = new List<string>();
        var dialogs = circuit.Services.GetRequiredService<Radzen.DialogService>();
        dialogs.OnOpen += (_, _, parameters, _) => asked.Add((string)parameters[nameof(Soracom.Portal.Shared.Layout.ConfirmDialog.Question)]!);
        var card = circuit.Render<AuditKeeping>(parameters => parameters.AddCascadingValue(owner));
        card.WaitForAssertion(() => Assert.Contains("kept for ever", card.Find("p").TextContent, StringComparison.Ordinal));

        card.Act(it => it.Find("#audit-keep").Change("364"));
        var saving = card.InvokeAsync(() => card.Find("form").SubmitAsync());
        card.WaitForAssertion(() => Assert.Single(asked));
        await card.InvokeAsync(() => dialogs.Close(true));
        await saving;
        card.WaitForAssertion(() => Assert.Contains("365 to 36500 days", card.Find("[role=alert]").TextContent, StringComparison.Ordinal));

        card.Act(it => it.Find("#audit-keep").Change("400"));
        saving = card.InvokeAsync(() => card.Find("form").SubmitAsync());
        card.WaitForAssertion(() => Assert.Equal(2, asked.Count));
        await card.InvokeAsync(() => dialogs.Close(true));
        await saving;
        card.WaitForAssertion(() => Assert.Contains("kept for 400 days", card.Find("p").TextContent, StringComparison.Ordinal));

        // More than before loses nothing.
        card.Act(it => it.Find("#audit-keep").Change(""));
        await card.InvokeAsync(() => card.Find("form").SubmitAsync());
        card.WaitForAssertion(() => Assert.Contains("kept for ever", card.Find("p").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Card_OfThosePeopleWhoMayNot_SaysWhoMay()
    {
        using var partner = await scene.OpenAsync(Slug, role: null);
        await using var circuit = new ComponentScene(scene);

        var card = circuit.Render<AuditKeeping>(parameters => parameters.AddCascadingValue(partner));

        Assert.Empty(card.FindAll("form"));
        Assert.Contains("owners", card.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Sign-ins, and entries from before there were chains, stay.", "Nothing is removed while the check of the trail finds faults.")]
    [InlineData("ja", "サインインの記録とチェーン開始前の記録は削除されません。", "監査証跡の検証で異常が見つかっている間は、何も削除されません。")]
    public async Task Card_SaysWhatStays(string language, string stays, string whole)
    {
        await Retention.ChangeAsync(owner, null, 400, Watchdog.Token);
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene);

        var card = circuit.Render<AuditKeeping>(parameters => parameters.AddCascadingValue(owner));

        card.WaitForAssertion(() => Assert.Contains("400", card.Find("p").TextContent, StringComparison.Ordinal));
        Assert.Contains(stays, card.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Contains(whole, card.Find("p").TextContent, StringComparison.Ordinal);
    }

    private static DateTimeOffset At(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Text(Guid id) => id.ToString().ToUpperInvariant();

    /// <summary>Three entries from so long ago that they are old by any clock.</summary>
    private async Task AddOldAsync(Guid tenantId)
    {
        foreach (var day in Enumerable.Range(1, 3))
        {
            await using var db = scene.Database.ForTenant(tenantId);
            db.AuditEntries.Add(new AuditEntry { At = At(2010).AddDays(day), TenantId = tenantId, ActorName = "Haruto", Action = AuditActions.SimNamed, Outcome = AuditOutcome.Succeeded });
            await db.SaveChangesAsync(Watchdog.Token);
        }
    }

    /// <summary>Another tenant with old entries, whose turn comes after the first one's.</summary>
    private async Task<Guid> AddOtherAsync()
    {
        var tenantId = await scene.TestDatabase.AddTenantAsync("zenith");
        await AddOldAsync(tenantId);
        await KeepAsync(tenantId, 3650, At(2026));
        return tenantId;
    }

    /// <summary>A setting with the entry that tells of it.</summary>
    private async Task KeepAsync(Guid tenantId, int days, DateTimeOffset at)
    {
        await using var db = scene.Database.ForTenant(tenantId);
        db.AuditEntries.Add(new AuditEntry { At = at, TenantId = tenantId, ActorName = "Yui", Action = AuditActions.AuditKeepChanged, Outcome = AuditOutcome.Succeeded, Before = AuditKept.Told(null), After = AuditKept.Told(days) });
        await db.SaveChangesAsync(Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync($"UPDATE Tenants SET AuditKeepDays = {days} WHERE Id = $tenant", ("$tenant", Text(tenantId)));
    }

    private void AssertLogged(Guid tenantId, string said) => Assert.Contains(
        scene.Logs.Lines,
        line => line.Level == LogLevel.Error && line.Message.Contains(tenantId.ToString(), StringComparison.Ordinal) && line.Message.Contains(said, StringComparison.Ordinal));
}
