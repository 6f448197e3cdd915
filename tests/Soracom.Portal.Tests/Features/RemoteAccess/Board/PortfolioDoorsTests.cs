using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Board;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Board;

/// <summary>The open doors of all tenants that somebody may see, and of no others.</summary>
public sealed class PortfolioDoorsTests : IAsyncLifetime
{
    private PortalScene scene = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        await AddAsync(PortalScene.Aoba, "Pump", minutes: 30);
        await AddAsync(PortalScene.Nagisa, "Gate", minutes: 5);
        await AddAsync(PortalScene.Komorebi, "Lamp", minutes: 10);
        await AddAsync(PortalScene.Aoba, "Asked", minutes: null, RemoteDoorState.Asked);
        await AddAsync(PortalScene.Aoba, "Closed", minutes: 1, RemoteDoorState.Closed);
        await AddAsync(PortalScene.Aoba, "Expired", minutes: 1, RemoteDoorState.Expired);
        await AddAsync(PortalScene.Aoba, "Failed", minutes: null, RemoteDoorState.Failed);
        await AddAsync(PortalScene.Aoba, "Never known", minutes: null, RemoteDoorState.Unknown, hasEnded: true);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task List_HoldsTheOpenDoorsOfTheTenantsThatOneMaySee_ThoseThatCloseFirstBeforeTheOthers()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Komorebi, TenantRole.Billing);
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessRead, Watchdog.Token);

        var board = await scene.Get<PortfolioDoors>().ListAsync(portfolio, Watchdog.Token);

        Assert.Equal(["nagisa/Gate", "aoba/Pump", "aoba/Asked"], board.Doors.Select(row => $"{row.Tenant.Slug}/{row.Door.SimName}"));
        Assert.Equal((2, false), (board.Tenants, board.AreMore));
    }

    [Fact]
    public async Task List_AfterTheMembershipWasRemoved_LeavesThatTenantOut()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.RemoteAccessRead, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync(
            "DELETE FROM TenantMembers WHERE PersonId = $person AND TenantId = $tenant",
            ("$person", person.PersonId.ToString().ToUpperInvariant()),
            ("$tenant", (await scene.TenantIdAsync(PortalScene.Nagisa)).ToString().ToUpperInvariant()));

        var board = await scene.Get<PortfolioDoors>().ListAsync(portfolio, Watchdog.Token);

        Assert.Equal(["Pump", "Asked"], board.Doors.Select(row => row.Door.SimName));
    }

    [Theory]
    [InlineData("en", "Gate|5:00", "Being opened")]
    [InlineData("ja", "Gate|5:00", "開始中")]
    public async Task Page_TellsWhoOpenedWhatAndForHowLong(string language, string row, string asked)
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var speaking = new Speaking(language);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(person));
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[data-board=own] tbody tr").Count));

        var first = page.Find("[data-board=own] tbody tr");
        Assert.Equal(row, $"{first.QuerySelector(".sim a")!.TextContent}|{first.QuerySelectorAll("td")[5].TextContent.Trim()}");
        Assert.Equal("/t/nagisa/remote-access", first.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Look at it", first.TextContent, StringComparison.Ordinal);
        Assert.Equal("203.0.113.9:40022", first.QuerySelector("code")!.TextContent);
        Assert.Equal(asked, page.Find("[data-board=own] tbody .badge").TextContent.Trim());
    }

    [Theory]
    [InlineData(TenantRole.Viewer, false)]
    [InlineData(TenantRole.Operator, true)]
    public async Task Page_OffersToCloseAllAtOnce_ToWhoeverMaySomewhere(TenantRole role, bool offers)
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, role);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(person));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-board=own] tbody tr")));

        Assert.Equal(offers, page.FindAll("#kill-word").Count == 1);
    }

    [Fact]
    public async Task Page_WithoutAnOpenDoor_SaysWhereItLooked()
    {
        var person = await scene.SignInAsync();
        await using var circuit = new ComponentScene(scene, clock: new FakeTime(scene.Clock.GetUtcNow()));

        var page = circuit.Render<PortfolioDoorsPage>(parameters => parameters.AddCascadingValue(person));

        page.WaitForAssertion(() => Assert.Equal("No account whose doors you may see", page.Find(".notice h2").TextContent));
    }

    private async Task AddAsync(string slug, string sim, int? minutes, RemoteDoorState state = RemoteDoorState.Open, bool hasEnded = false)
    {
        var now = scene.Clock.GetUtcNow();
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(slug));
        db.RemoteDoors.Add(new RemoteDoor
        {
            Id = Guid.NewGuid(),
            TenantId = await scene.TenantIdAsync(slug),
            Coverage = "jp",
            OperatorId = "OP0000000001",
            SimId = "8942310000000000001",
            Imsi = "440100000000001",
            SimName = sim,
            DevicePort = 22,
            Service = "air",
            Tls = false,
            SourceRanges = "203.0.113.5/32",
            DurationSeconds = 3600,
            Reason = "Look at it",
            Ticket = "",
            OpenerId = Guid.NewGuid(),
            OpenerName = "Yui",
            AskedAt = now,
            State = state,
            EndedAt = hasEnded || state is RemoteDoorState.Closed or RemoteDoorState.Expired or RemoteDoorState.Failed ? now : null,
            IpAddress = minutes is null ? null : "203.0.113.9",
            Port = minutes is null ? null : 40022,
            OpenedAt = minutes is null ? null : now,
            ExpiresAt = minutes is { } left ? now.AddMinutes(left) : null,
        });
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
