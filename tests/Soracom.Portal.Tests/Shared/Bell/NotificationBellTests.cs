using Bunit;
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
        Assert.Contains("Job 7 is done, without 3 of its changes.", here.Find(".list a.new").TextContent, StringComparison.Ordinal);
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

    private static Task ToggleAsync(IRenderedComponent<NotificationBell> bell) => bell.InvokeAsync(() => bell.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty));

    private IRenderedComponent<NotificationBell> Open(SignedIn? somebody = null) => circuit.Render<NotificationBell>(parameters => parameters.Add(bell => bell.Person, somebody ?? person));
}
