using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Whatever people and things are called, pages keep their shape.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class NameTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private static readonly string Endless = new('N', 10_000);

    public static TheoryData<Look> Looks => [Look.Light, Look.Phone];

    [Theory]
    [MemberData(nameof(Looks), DisableDiscoveryEnumeration = true)]
    public async Task EndlessNames_WidenNoPage(Look look)
    {
        var portal = await FreshPortalAsync();
        await RenameAsync(portal);
        await TagFirstSimsAsync(portal, ("name", Endless), ("k" + Endless[..200], Endless));
        var owner = await VisitAsync(portal, look);
        await owner.SignInAsync("owner");

        foreach (var path in (string[])[PortalUrls.Tenant("aoba"), PortalUrls.Sims("aoba"), PortalUrls.Members("aoba"), PortalUrls.Credentials("aoba"), PortalUrls.Audit("aoba"), PortalUrls.Tenants()])
        {
            await owner.OpenAsync(path);
            await owner.SettledAsync();
            Assert.Equal((path, 0), (path, await owner.SidewaysAsync()));
        }

        await owner.OpenLiveAsync(PortalUrls.Sims("aoba") + "?coverage=jp&sort=simId");
        await new SimsPage(owner).Names.First.ClickAsync();
        await Expect(new SimPage(owner).Profiles).ToBeVisibleAsync();
        Assert.Equal(0, await owner.SidewaysAsync());
        Assert.InRange((await new SimPage(owner).Heading.BoundingBoxAsync())!.Height, 1, 120);
    }

    [Fact]
    public async Task InvisibleName_LeavesALinkThatCanBeClicked()
    {
        var portal = await FreshPortalAsync();
        await TagFirstSimsAsync(portal, ("name", "\u200B\u3164"));
        var viewer = await VisitAsync(portal);
        await viewer.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?coverage=jp&sort=simId");

        await Expect(new SimsPage(viewer).Names.First).ToHaveTextAsync(viewer.Words["Unnamed"]);
        await new SimsPage(viewer).Names.First.ClickAsync();

        await Expect(new SimPage(viewer).Profiles).ToBeVisibleAsync();
    }

    private static async Task RenameAsync(PortalHost portal)
    {
        await using var db = portal.Database.ForInstallation();
        await db.People.ExecuteUpdateAsync(change => change.SetProperty(person => person.Name, Endless).SetProperty(person => person.Email, Endless));
        await db.Tenants.ExecuteUpdateAsync(change => change.SetProperty(tenant => tenant.Name, Endless));
    }

    private static async Task TagFirstSimsAsync(PortalHost portal, params (string Name, string Value)[] tags)
    {
        var root = portal.Sandbox.Operators.Single(account => account.Fleet == DemoFleets.Aoba);
        using var vendor = new HttpClient { BaseAddress = portal.Sandbox.JapanAddress };
        var signedIn = await (await vendor.PostAsJsonAsync("/v1/auth", new { authKeyId = root.AuthKeyId, authKey = root.AuthKey })).Content.ReadFromJsonAsync<JsonElement>();
        vendor.DefaultRequestHeaders.Add("X-Soracom-API-Key", signedIn.GetProperty("apiKey").GetString());
        vendor.DefaultRequestHeaders.Add("X-Soracom-Token", signedIn.GetProperty("token").GetString());
        var sims = await vendor.GetFromJsonAsync<JsonElement>("/v1/sims?limit=2");
        foreach (var sim in sims.EnumerateArray())
        {
            var tagged = await vendor.PutAsJsonAsync($"/v1/sims/{sim.GetProperty("simId").GetString()}/tags", tags.Select(tag => new { tagName = tag.Name, tagValue = tag.Value }));
            tagged.EnsureSuccessStatusCode();
        }
    }
}
