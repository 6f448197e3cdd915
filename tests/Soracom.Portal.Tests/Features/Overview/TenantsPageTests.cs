using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Overview;

/// <summary>The page of all tenants that somebody may enter.</summary>
public sealed class TenantsPageTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Page_LeadsIntoEachTenant_AndSaysAsWhat()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, person);

        page.WaitForAssertion(() => Assert.Equal(["/t/aoba", "/t/nagisa"], page.FindAll("td a.strong").Select(link => link.GetAttribute("href"))));
        Assert.Contains("Billing", page.Find("tbody tr .second").TextContent, StringComparison.Ordinal);
        Assert.Equal("none", page.FindAll("th")[1].GetAttribute("aria-sort"));
        Assert.Equal("/portfolio?sort=sims&order=desc", page.FindAll("th a")[1].GetAttribute("href"));
    }

    [Fact]
    public async Task Page_NothingFound_OffersTheWayBack()
    {
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer), "?q=nobody");

        page.WaitForAssertion(() => Assert.Equal("/portfolio", page.Find(".notice a").GetAttribute("href")));
    }

    [Fact]
    public async Task Page_RightEndedMeanwhile_ShowsNothingMoreAndOpensAnew()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);
        var page = Open(circuit, person);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("td a.strong")));
        await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", person.PersonId.ToString().ToUpperInvariant()));

        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("td a.strong")));
        Assert.True(Assert.Single(circuit.Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History).Options.ForceLoad);
    }

    [Fact]
    public async Task Page_OfSomebodyWhoBelongsNowhere_SaysSo()
    {
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, await scene.SignInAsync());

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".notice h1, .notice h2")));
    }

    private static IRenderedComponent<TenantsPage> Open(ComponentScene circuit, SignedIn person, string query = "") => circuit.Render<TenantsPage>(parameters => parameters
        .AddCascadingValue(person)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Tenants()}{query}"));
}
