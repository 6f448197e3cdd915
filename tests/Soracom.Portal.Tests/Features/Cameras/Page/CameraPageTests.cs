using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Cameras.Page;

/// <summary>One camera on its page.</summary>
public sealed class CameraPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const string NoPrices = "Soracom's API tells no prices";

    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    [Fact]
    public async Task Settings_WhoMayManage_ChangesOne_AndIsToldSo()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var page = await OpenAsync(tenant, "川崎第一 正門");
        page.WaitForAssertion(() => Assert.Equal("auto", page.Find("#setting-NightVision").GetAttribute("value")));

        await page.InvokeAsync(() => page.Find("#setting-NightVision").Change("off"));

        page.WaitForAssertion(() => Assert.Equal("Done.", page.Find(".said").TextContent.Trim()));
        page.WaitForAssertion(() => Assert.Equal("off", page.Find("#setting-NightVision").GetAttribute("value")));
    }

    [Fact]
    public async Task Settings_RestartByItself_IsPlanned_AndTellsTheTenantsTime()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var page = await OpenAsync(tenant, "川崎第一 正門");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[aria-labelledby=restart] form")));

        await page.InvokeAsync(() => page.Find("[aria-labelledby=restart] input[type=checkbox]").Change(true));
        await page.InvokeAsync(() => page.Find("#restart-time").Change("18:00:00"));
        Assert.Equal("Now that is 03:00 in Asia/Tokyo, on the day after.", page.Find("#restart-help").TextContent);
        await page.InvokeAsync(() => page.Find("[aria-labelledby=restart] form").Submit());

        page.WaitForAssertion(() => Assert.Equal("Done.", page.Find(".said").TextContent.Trim()));
        page.WaitForAssertion(() => Assert.Equal("18:00:00", page.Find("#restart-time").GetAttribute("value")));
    }

    [Fact]
    public async Task Settings_WhoMayOnlyRead_SeesThem_AndCanChangeNone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = await OpenAsync(tenant, "成田 事務所");

        page.WaitForAssertion(() => Assert.Equal(12, page.FindAll(".groups input, .groups select").Count));
        Assert.All(page.FindAll(".groups input, .groups select"), control => Assert.True(control.HasAttribute("disabled")));
        Assert.Empty(page.FindAll(".head .acts"));
        Assert.Contains("Your role may not change the settings.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_NoLicence_LeadsToTheLicences()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = await OpenAsync(tenant, "横浜 冷蔵庫前");

        page.WaitForAssertion(() => Assert.Equal("Settings need a licence", page.Find(".notice h2").TextContent));
        Assert.EndsWith("tab=licence", page.Find(".notice a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Licence_ListsWhatWasBought_AndMarksTheCamerasOwn()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var page = await OpenAsync(tenant, "川崎第一 正門", CameraTab.Licence);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody tr")));
        var mine = page.FindAll("tbody tr").Single(row => row.QuerySelector(".badge") is not null);
        Assert.Equal("Continuous, 14 days", mine.QuerySelector(".strong")!.TextContent);
        Assert.Contains(NoPrices, page.Find("[aria-labelledby=licence]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quota_TellsLimitAndUse_AndBackIsOffAtTheUsualLimit()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var page = await OpenAsync(tenant, "川崎第一 正門", CameraTab.Quota);

        page.WaitForAssertion(() => Assert.Equal("72", page.Find("#limit-hours").GetAttribute("value")));
        Assert.Equal("72 h", page.Find(".facts dd").TextContent.Trim());
        Assert.Contains(NoPrices, page.Find("#limit-help").TextContent, StringComparison.Ordinal);
        Assert.True(page.FindAll(".acts button").Single(button => button.TextContent.Contains("Back to 72 h", StringComparison.Ordinal)).HasAttribute("disabled"));
    }

    [Fact]
    public async Task Device_SaysWhichFirmwareWaits_AndWarns()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var page = await OpenAsync(tenant, "川崎第一 正門", CameraTab.Device);

        page.WaitForAssertion(() => Assert.Contains("Firmware 4.58.0.160 is waiting.", page.Find("[aria-labelledby=firmware]").TextContent, StringComparison.Ordinal));
        Assert.Contains(NoPrices, page.Find("[aria-labelledby=real-time]").TextContent, StringComparison.Ordinal);
        Assert.Contains("offline while it installs", page.Find("[aria-labelledby=firmware]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ACameraThatIsNotThere_SaysSo()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Open(tenant, "02CA00000000", CameraTab.Settings);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice.empty")));
        Assert.Empty(page.FindAll(".tabs"));
    }

    private async Task<IRenderedComponent<CameraPage>> OpenAsync(TenantContext tenant, string name, CameraTab tab = CameraTab.Settings)
    {
        var listing = await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);
        return Open(tenant, listing.Cameras.Single(camera => camera.Name == name).DeviceId, tab);
    }

    private IRenderedComponent<CameraPage> Open(TenantContext tenant, string deviceId, CameraTab tab) => circuit.Render<CameraPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Camera(tenant.Slug, SoracomCoverage.Japan, deviceId, tab)}")
        .Add(page => page.Slug, tenant.Slug)
        .Add(page => page.DeviceId, deviceId));
}
