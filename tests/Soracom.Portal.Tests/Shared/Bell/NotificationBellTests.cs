using System.Globalization;
using Bunit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Tests.Shared.Bell;

/// <summary>The bell on a page: it counts what is new, rings while the page is open, and counts no more what was looked at.</summary>
public sealed class NotificationBellTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private SignedIn person = null!;
    private Guid aoba;

    private BellWatch Watch => scene.Get<BellWatch>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        aoba = await scene.TenantIdAsync(PortalScene.Aoba);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Page_ThatIsOpen_RingsForWhatEnds_AndSaysIt()
    {
        var bell = Open();
        await Watch.CheckAsync(Watchdog.Token);
        Assert.Empty(bell.FindAll(".count"));

        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, scene.Clock.GetUtcNow()));
        await Watch.CheckAsync(Watchdog.Token);

        Assert.Equal("1", bell.Find(".count").TextContent);
        Assert.Equal("Notifications, 1 new", bell.Find("summary").GetAttribute("aria-label"));
        Assert.Equal("New notification: Job 7 is done.", bell.Find("[role=status]").TextContent);
        Assert.StartsWith("/t/aoba/jobs/", bell.Find(".list a.new").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfolding_MarksWhatWasNew_AndCountsItNoMore_OnNoPage()
    {
        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, scene.Clock.GetUtcNow(), failed: 3));
        var (here, elsewhere) = (Open(), Open());
        await Watch.CheckAsync(Watchdog.Token);
        Assert.Equal("1", elsewhere.Find(".count").TextContent);

        await ToggleAsync(here);
        await Watch.CheckAsync(Watchdog.Token);

        Assert.Empty(here.FindAll(".count"));
        Assert.Contains("Job 7 is done; 3 of its changes were not made, or nobody knows.", here.Find(".list a.new").TextContent, StringComparison.Ordinal);
        Assert.Empty(elsewhere.FindAll(".count"));

        await ToggleAsync(here);
        Assert.Empty(here.FindAll(".list a.new"));
    }

    [Fact]
    public async Task Page_OfSomebodyElse_DoesNotRing_AndOneThatIsGoneIsForgotten()
    {
        var other = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        var bell = Open(other);
        await Watch.CheckAsync(Watchdog.Token);

        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, scene.Clock.GetUtcNow()));
        await Watch.CheckAsync(Watchdog.Token);

        Assert.Contains("Nothing to tell.", bell.Find(".list").TextContent, StringComparison.Ordinal);
        bell.Instance.Dispose();
        Assert.Equal(0, Watch.Count);
    }

    [Fact]
    public async Task Page_InJapanese_IsRungInJapanese_WhateverTheLanguageOfTheProgram()
    {
        var (formats, texts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var japanese = new CultureInfo("ja");
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (japanese, japanese);
        var bell = Open();
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (formats, texts);
        await Watch.CheckAsync(Watchdog.Token);

        await BellWork.AddAsync(scene, aoba, BellWork.Job(aoba, person.PersonId, scene.Clock.GetUtcNow()));
        await Watch.CheckAsync(Watchdog.Token);

        Assert.Equal("新しいお知らせ: ジョブ 7 が完了しました。", bell.Find("[role=status]").TextContent);
        Assert.Equal("お知らせ、新着 1 件", bell.Find("summary").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Page_ThatCouldNotBeReadOnce_IsRungAtTheNextLook()
    {
        var calls = 0;
        using var listening = Watch.Listen(person.PersonId, () => ++calls == 2 ? throw new SqliteException("Busy.", 5) : Task.FromResult<IReadOnlyCollection<Guid>>([]));

        await Watch.CheckAsync(Watchdog.Token);
        await Watch.CheckAsync(Watchdog.Token);
        await Watch.CheckAsync(Watchdog.Token);

        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task CredentialOfAnotherTenant_ThatFails_DisturbsNobody()
    {
        var bell = Open();
        await Watch.CheckAsync(Watchdog.Token);
        var calls = 0;
        using var listening = Watch.Listen(person.PersonId, () =>
        {
            calls++;
            return Task.FromResult<IReadOnlyCollection<Guid>>([aoba]);
        });
        await Watch.CheckAsync(Watchdog.Token);

        await FailAsync(PortalScene.Nagisa);
        await Watch.CheckAsync(Watchdog.Token);
        Assert.Equal(2, calls);

        await FailAsync(PortalScene.Aoba);
        await Watch.CheckAsync(Watchdog.Token);
        Assert.Equal(3, calls);
        Assert.Equal("1", bell.Find(".count").TextContent);
    }

    private async Task FailAsync(string slug) => await scene.TestDatabase.ExecuteAsync(
        $"UPDATE VendorCredentials SET FailingSince = {scene.Clock.GetUtcNow().UtcTicks} WHERE Coverage = 'jp' AND TenantId = (SELECT Id FROM Tenants WHERE Slug = '{slug}')");

    private static Task ToggleAsync(IRenderedComponent<NotificationBell> bell) => bell.InvokeAsync(() => bell.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty));

    private IRenderedComponent<NotificationBell> Open(SignedIn? somebody = null) => circuit.Render<NotificationBell>(parameters => parameters.Add(bell => bell.Person, somebody ?? person));
}
