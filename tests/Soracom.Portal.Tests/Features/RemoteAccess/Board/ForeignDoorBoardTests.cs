using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Board;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Board;

/// <summary>The doors of all tenants that somebody may see that were opened elsewhere.</summary>
public sealed class ForeignDoorBoardTests : IAsyncLifetime
{
    private DoorScene scene = null!;

    private PortfolioForeignDoors Board => scene.Portal.Get<PortfolioForeignDoors>();

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Accounts_AreThoseWithACredential_OfTheTenantsThatOneMaySee()
    {
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.Portal.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Billing);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessRead, Watchdog.Token);

        var accounts = await Board.AccountsAsync(portfolio, Watchdog.Token);

        Assert.NotEmpty(accounts);
        Assert.All(accounts, account => Assert.Equal(PortalScene.Aoba, account.Tenant.Slug));
    }

    [Fact]
    public async Task Ask_AfterTheMembershipWasRemoved_TellsNothingOfThatTenant()
    {
        await scene.OpenElsewhereAsync(443);
        var person = await scene.Portal.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var portfolio = await scene.Portal.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessRead, Watchdog.Token);
        var accounts = await Board.AccountsAsync(portfolio, Watchdog.Token);
        await scene.Portal.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", person.PersonId.ToString().ToUpperInvariant()));

        Assert.NotEmpty(accounts);
        Assert.Empty(await Board.AskAsync(portfolio, accounts, TimeSpan.Zero, Watchdog.Token).ToListAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Page_ShowsWhatWasOpenedElsewhere_ApartFromWhatWasOpenedHere()
    {
        var (own, foreign) = (await scene.OpenAsync(), await scene.OpenElsewhereAsync(443));
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Portal.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(scene.Tenant.Actor));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-board=elsewhere] tbody tr")));

        var row = Assert.Single(page.FindAll("[data-board=elsewhere] tbody tr"), row => row.QuerySelector("code")?.TextContent == foreign.Endpoint);
        Assert.Equal("/t/aoba/remote-access", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("15:00", row.QuerySelector(".time-left")!.TextContent);
        Assert.DoesNotContain($"{own.IpAddress}:{own.Port}", page.Find("[data-board=elsewhere]").TextContent, StringComparison.Ordinal);
        Assert.Contains($"{own.IpAddress}:{own.Port}", page.Find("[data-board=own]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AnAccountThatCouldNotBeAsked_IsNamed_AndItsDoorsAreThereOnceItCan()
    {
        var foreign = await scene.OpenElsewhereAsync(443);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/port_mappings", Method = "GET", Count = 2 });
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Portal.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(scene.Tenant.Actor));

        page.WaitForAssertion(() => Assert.Equal("/t/aoba/remote-access", page.Find("[data-board=elsewhere] .notice a").GetAttribute("href")));
        Assert.DoesNotContain("None", page.Find("[data-board=elsewhere]").TextContent, StringComparison.Ordinal);
        scene.Portal.Sandbox.Faults.Clear();
        await page.InvokeAsync(() => page.Find("button.refresh, .refresh button").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains(foreign.Endpoint!, page.Find("[data-board=elsewhere]").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-board=elsewhere] .notice")));
    }

    [Fact]
    public async Task Page_AfterTheSwitch_ShowsNoClosedDoorAnyMore_AndWhatIsLeftAsItStands()
    {
        var (stays, goes) = (await scene.OpenAsync(), await scene.OpenAsync(scene.Request(443)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/port_mappings/{stays.IpAddress}/{stays.Port}", Method = "DELETE", Count = 10 });
        await using var circuit = new ComponentScene(scene.Portal, clock: new FakeTime(scene.Portal.Clock.GetUtcNow()));
        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(scene.Tenant.Actor));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-board=own] tbody tr").Count));

        page.Act(it => it.Find("#kill-word").Input("close all"));
        await page.InvokeAsync(() => page.Find(".switch .danger").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains("Still open", page.Find(".switch .notice").TextContent, StringComparison.Ordinal));
        var row = Assert.Single(page.FindAll("[data-board=own] tbody tr"));
        Assert.Contains($"{stays.IpAddress}:{stays.Port}", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll(".time-left"));
        Assert.NotEmpty(row.QuerySelectorAll(".badge"));
        Assert.Equal(RemoteDoorState.Closed, (await scene.LookAsync(goes.Id)).State);
    }
}
