using Bunit;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Profile;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Sessions;

namespace Soracom.Portal.Tests.Features.Profile;

/// <summary>One's own sessions: seen and ended by oneself alone.</summary>
public sealed class ProfileTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private OwnSessions Sessions => scene.Get<OwnSessions>();

    [Fact]
    public async Task List_ShowsOnesOwnSessions_ThePresentOneFirst()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.SignInAsync(person.PersonId, person.Name);
        await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);

        var sessions = await Sessions.ListAsync(person, Watchdog.Token);

        Assert.Equal([true, false], sessions.Select(session => session.IsPresent));
        Assert.Equal(person.SessionId, sessions[0].Id);
    }

    [Fact]
    public async Task End_OthersOfOneself_LeavesThePresentOne_AndIsRecorded()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var elsewhere = await scene.SignInAsync(person.PersonId, person.Name);
        var third = await scene.SignInAsync(person.PersonId, person.Name);

        Assert.Equal(1, await Sessions.EndAsync(person, elsewhere.SessionId, Watchdog.Token));
        Assert.Equal(0, await Sessions.EndAsync(person, elsewhere.SessionId, Watchdog.Token));
        Assert.Equal(1, await Sessions.EndAsync(person, sessionId: null, Watchdog.Token));

        Assert.Equal([true, false, false], await LiveAsync(person, elsewhere, third));
        var entries = (await scene.TrailAsync()).Where(entry => entry.ActorId == person.PersonId && entry.Action == AuditActions.SessionsEnded).ToList();
        Assert.Equal(["1", "1"], entries.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task End_SomebodyElsesSession_EndsNothing()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        var other = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);

        Assert.Equal(0, await Sessions.EndAsync(person, other.SessionId, Watchdog.Token));
        Assert.Equal(0, await Sessions.EndAsync(person, sessionId: null, Watchdog.Token));

        Assert.Equal([true, true], await LiveAsync(person, other));
    }

    [Fact]
    public async Task TimeZone_OfOnesOwn_CountsInEveryTenant_AndNotForItsDays()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<ProfilePage>(parameters => parameters.AddCascadingValue(person));
        page.WaitForElement("#profile-zone:not([disabled])");

        await page.InvokeAsync(() => page.Find("#profile-zone").ChangeAsync(new() { Value = "Europe/Berlin" }));
        using (var tenant = await scene.OpenAsync(person, PortalScene.Aoba))
        {
            Assert.Equal(("Europe/Berlin", "Asia/Tokyo"), (tenant.Tenant.TimeZone, tenant.Tenant.OwnTimeZone));
            var listed = Assert.Single(await scene.Get<TenantAccess>().ListAsync(person, Watchdog.Token)).Tenant;
            Assert.Equal(tenant.Tenant, listed);
        }

        await page.InvokeAsync(() => page.Find("#profile-zone").ChangeAsync(new() { Value = "" }));
        using (var tenant = await scene.OpenAsync(person, PortalScene.Aoba))
        {
            Assert.Equal("Asia/Tokyo", tenant.Tenant.TimeZone);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => scene.Get<People>().ChooseTimeZoneAsync(person.PersonId, "Nowhere/Else", Watchdog.Token));
    }

    [Fact]
    public async Task EndedSession_SeesAndEndsNothingAnyMore()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var elsewhere = await scene.SignInAsync(person.PersonId, person.Name);
        await Sessions.EndAsync(person, elsewhere.SessionId, Watchdog.Token);

        Assert.Empty(await Sessions.ListAsync(elsewhere, Watchdog.Token));
        Assert.Equal(0, await Sessions.EndAsync(elsewhere, person.SessionId, Watchdog.Token));
        Assert.Equal([true], await LiveAsync(person));
    }

    [Fact]
    public async Task Page_ListsTheSessions_WithoutTheirIds_AndEndsOne()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var elsewhere = await scene.SignInAsync(person.PersonId, person.Name);
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<ProfilePage>(parameters => parameters.AddCascadingValue(person));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
        Assert.DoesNotContain(person.SessionId.ToString(), page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(elsewhere.SessionId.ToString(), page.Markup, StringComparison.OrdinalIgnoreCase);

        await page.InvokeAsync(() => page.Find("tbody button").ClickAsync(new()));

        Assert.Single(page.FindAll("tbody tr"));
        Assert.Equal([true, false], await LiveAsync(person, elsewhere));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux")]
    [InlineData("curl/8.9", null)]
    [InlineData(null, null)]
    public void Browser_IsCalledByTheNameThatPeopleKnow(string? userAgent, string? name) => Assert.Equal(name, BrowserNames.Of(userAgent));

    private async Task<IEnumerable<bool>> LiveAsync(params SignedIn[] people)
    {
        var live = new List<bool>();
        foreach (var person in people)
        {
            live.Add(await scene.Get<SignInSessions>().IsLiveAsync(person.SessionId, Watchdog.Token));
        }

        return live;
    }
}
