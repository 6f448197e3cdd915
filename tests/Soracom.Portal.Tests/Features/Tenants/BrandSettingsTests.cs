using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>A reseller's brand for its customers, and a tenant's own over that.</summary>
public sealed class BrandSettingsTests : IAsyncLifetime
{
    /// <summary>A PNG of one pixel.</summary>
    private const string Logo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly BrandDetails Hamanasu = new("Hamanasu Connect", "#7a1f5c", "help@hamanasu.example", null, Logo);

    private PortalScene scene = null!;
    private ResellerContext reseller = null!;
    private TenantContext aoba = null!;

    private BrandSettings Settings => scene.Get<BrandSettings>();

    private Brands Brands => scene.Get<Brands>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        reseller = Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin"), Watchdog.Token));
        aoba = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        aoba.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Tenant_LooksAsItsResellersBrand_AndItsOwnGoesOverThatPartByPart()
    {
        Assert.Equal(BrandView.Own, await Brands.OfAsync(aoba, Watchdog.Token));

        Assert.Null((await Settings.ChangeAsync(reseller, BrandDetails.None, Hamanasu, Watchdog.Token)).Error);
        Assert.Null((await Settings.ChangeAsync(aoba, BrandDetails.None, BrandDetails.None with { Accent = " #0B5FA5 ", SupportAddress = "https://help.aoba.example/" }, Watchdog.Token)).Error);

        var look = await Brands.OfAsync(aoba, Watchdog.Token);
        Assert.Equal(("Hamanasu Connect", "#0b5fa5", null, "https://help.aoba.example/"), (look.Name, look.Accent, look.SupportMail, look.SupportAddress));
        Assert.NotNull(look.LogoId);
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'komorebi'");
        using var komorebi = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Owner);
        Assert.Equal(BrandView.Own, await Brands.OfAsync(komorebi, Watchdog.Token));
        Assert.Equal(("Hamanasu Connect", "help@hamanasu.example"), ((await Settings.LookAsync(aoba, Watchdog.Token)).Behind.Name, (await Settings.LookAsync(aoba, Watchdog.Token)).Behind.SupportMail));
    }

    [Fact]
    public async Task Delegation_ThatEnds_TakesThePartnersLookAlong()
    {
        await Settings.ChangeAsync(reseller, BrandDetails.None, Hamanasu, Watchdog.Token);
        Assert.Equal("Hamanasu Connect", (await Brands.OfAsync(aoba, Watchdog.Token)).Name);

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'aoba'");
        scene.Clock.Advance(Brands.RememberedFor);

        Assert.Equal(BrandView.Own, await Brands.OfAsync(aoba, Watchdog.Token));
    }

    [Fact]
    public async Task Person_OutsideOfTenants_SeesWhatAllOfTheirTenantsLookLike()
    {
        await Settings.ChangeAsync(reseller, BrandDetails.None, Hamanasu, Watchdog.Token);

        Assert.Equal("Hamanasu Connect", (await Brands.OfAsync(aoba.Actor, Watchdog.Token)).Name);

        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET ResellerId = NULL WHERE Slug = 'komorebi'");
        await scene.JoinAsync(aoba.Actor.PersonId, PortalScene.Komorebi, TenantRole.Viewer);
        scene.Clock.Advance(Brands.RememberedFor);
        Assert.Equal(BrandView.Own, await Brands.OfAsync(aoba.Actor, Watchdog.Token));
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseChangedMeanwhile_ChangesNothing()
    {
        await Settings.ChangeAsync(aoba, BrandDetails.None, BrandDetails.None with { Name = "Aoba" }, Watchdog.Token);

        Assert.IsType<ConflictError>((await Settings.ChangeAsync(aoba, BrandDetails.None, BrandDetails.None with { Name = "Other" }, Watchdog.Token)).Error);

        Assert.Equal("Aoba", (await Settings.LookAsync(aoba, Watchdog.Token)).Own.Name);
        var entry = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.BrandChanged);
        Assert.Equal(("-, -, -, -, -", "Aoba, -, -, -, -"), (entry.Before, entry.After));
    }

    [Fact]
    public async Task Change_OfAReseller_ByTwoAtOnce_TakesOne_AndTellsTheOther()
    {
        var changes = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Settings.ChangeAsync(reseller, BrandDetails.None, BrandDetails.None with { Name = $"Brand {number}" }, Watchdog.Token)));

        Assert.Single(changes, change => change.Error is null);
        Assert.All(changes.Where(change => change.Error is not null), change => Assert.IsType<ConflictError>(change.Error));
    }

    [Fact]
    public async Task Change_OfAReseller_IsTheirsAlone_AndStandsInTheInstallationsTrail()
    {
        await Settings.ChangeAsync(reseller, BrandDetails.None, Hamanasu, Watchdog.Token);
        Assert.Equal("Rin", Assert.Single(await scene.TrailAsync(), entry => entry.Action == AuditActions.BrandChanged).ActorName);

        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators");
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Settings.ChangeAsync(reseller, Hamanasu, BrandDetails.None, Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Settings.LookAsync(reseller, Watchdog.Token));
    }

    public static TheoryData<string, string?, string?, string?, string?, string?> Wrong => new()
    {
        { "BrandName", new string('x', 61), null, null, null, null },
        { "BrandAccent", null, "teal", null, null, null },
        { "BrandAccent", null, "#ffff00", null, null, null },
        { "BrandAccent", null, "#000;}b", null, null, null },
        { "BrandSupport", null, null, "not an address", null, null },
        { "BrandSupport", null, null, "Help <help@example.com>", null, null },
        { "BrandSupport", null, null, null, "http://example.com/", null },
        { "BrandSupport", null, null, null, "javascript:alert(1)", null },
        { "BrandSupport", null, null, null, "https:example.com", null },
        { "BrandSupport", null, null, null, "https://user:word@example.com/", null },
        { "BrandLogo", null, null, null, null, "no base64" },
        { "BrandLogo", null, null, null, null, Convert.ToBase64String("<svg onload='alert(1)'/>"u8) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Change_ToWhatCannotBeUsed_NamesIt_AndChangesNothing(string key, string? name, string? accent, string? mail, string? address, string? logo)
    {
        var changed = await Settings.ChangeAsync(aoba, BrandDetails.None, new BrandDetails(name, accent, mail, address, logo), Watchdog.Token);

        Assert.Equal(key, Assert.IsType<InputError>(changed.Error).Key);
        Assert.Equal(BrandDetails.None, (await Settings.LookAsync(aoba, Watchdog.Token)).Own);
    }

    [Fact]
    public async Task Logo_ThatIsTooLargeOrTooWide_IsRefused()
    {
        var wide = Convert.FromBase64String(Logo);
        wide[17] = 0x10;
        var large = new byte[BrandDetails.LogoBytes + 1];
        Convert.FromBase64String(Logo).CopyTo(large, 0);

        foreach (var png in new[] { wide, large })
        {
            var changed = await Settings.ChangeAsync(aoba, BrandDetails.None, BrandDetails.None with { LogoPng = Convert.ToBase64String(png) }, Watchdog.Token);
            Assert.Equal("BrandLogo", Assert.IsType<InputError>(changed.Error).Key);
        }
    }

    [Fact]
    public async Task Logo_IsFetchedByItsId_WhichChangesWithIt_AndNothingElseIs()
    {
        await Settings.ChangeAsync(reseller, BrandDetails.None, Hamanasu, Watchdog.Token);
        var first = (await Brands.OfAsync(aoba, Watchdog.Token)).LogoId!.Value;
        using var client = new HttpClient { BaseAddress = scene.Address };

        using var answer = await client.GetAsync(PortalUrls.Logo(first), Watchdog.Token);
        Assert.Equal((HttpStatusCode.OK, "image/png", Logo), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), Convert.ToBase64String(await answer.Content.ReadAsByteArrayAsync(Watchdog.Token))));
        using var unknown = await client.GetAsync(PortalUrls.Logo(Guid.NewGuid()), Watchdog.Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        await Settings.ChangeAsync(reseller, Hamanasu, Hamanasu with { LogoPng = null }, Watchdog.Token);
        using var gone = await client.GetAsync(PortalUrls.Logo(first), Watchdog.Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Page_TellsThatAColourIsTooPale_OffersOneThatIsNot_AndSavesIt()
    {
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<SettingsPage>(parameters => parameters.AddCascadingValue(aoba).Add(it => it.Slug, PortalScene.Aoba));
        page.WaitForElement("#brand-accent");

        page.Act(it => it.Find("#brand-accent").Change("#40c0d0"));
        Assert.Contains("Too pale to be read on light pages", page.Find("#brand-contrast").TextContent, StringComparison.Ordinal);
        page.Act(it => it.Find("#brand-contrast button").Click());
        page.Act(it => it.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Convert.FromBase64String(Logo), "logo.png", contentType: "image/png")));
        await page.InvokeAsync(() => page.Find("form.brand").SubmitAsync());

        Assert.Contains("The brand is saved", page.FindAll("form.brand [role=status]")[^1].TextContent, StringComparison.Ordinal);
        var saved = (await Settings.LookAsync(aoba, Watchdog.Token)).Own;
        Assert.Equal(Logo, saved.LogoPng);
        Assert.True(Rgb.TryParse(saved.Accent, out var accent));
        Assert.NotNull(BrandColours.Of(accent));
    }
}
