using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.Retention;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

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
        // From long ago, so that they are old by any clock; before whatever the scene adds.
        foreach (var number in Enumerable.Range(1, 3))
        {
            await using var db = scene.Database.ForTenant(tenantId);
            db.AuditEntries.Add(new AuditEntry { At = new DateTimeOffset(2010, 1, number, 0, 0, 0, TimeSpan.Zero), TenantId = tenantId, ActorName = "Haruto", Action = AuditActions.SimNamed, Outcome = AuditOutcome.Succeeded });
            await db.SaveChangesAsync(Watchdog.Token);
        }

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

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = NULL, AuditKeepDays = 36500 WHERE Slug = 'minato'");
        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Sweep_OfATrailThatWasForged_LeavesItToBeFound_AndGoesOnWithTheOthers()
    {
        await Retention.ChangeAsync(owner, null, 3650, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync("DROP TRIGGER AuditEntries_AppendOnly");
        await scene.TestDatabase.ExecuteAsync("UPDATE AuditEntries SET ActorName = 'Somebody' WHERE ActorName = 'Haruto' AND Number = 2");

        Assert.Equal(0, await scene.Get<AuditSweep>().RunAsync(Watchdog.Token));

        Assert.Equal(3, (await scene.TrailAsync(Slug)).Count(entry => entry.Action == AuditActions.SimNamed));
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
}
