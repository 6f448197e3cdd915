using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.List;

/// <summary>The list of cameras on its page, in each of its states.</summary>
public sealed class CamerasPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        scene.Sandbox.Faults.Clear();
    }

    [Fact]
    public async Task Open_ListsTheCameras_AndThenWhatEachAloneTells()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Whole(Open(tenant));

        var gate = Row(page, "川崎第一 正門");
        Assert.Equal("Connected", gate.QuerySelector(".of-connection .badge")!.TextContent.Trim());
        Assert.Contains("Continuous", gate.QuerySelector(".of-licence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("kept for 14 days", gate.QuerySelector(".of-licence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(" left", gate.QuerySelector(".of-quota")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Update", gate.QuerySelector(".of-firmware")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("None", Row(page, "横浜 冷蔵庫前").QuerySelector(".of-licence")!.TextContent.Trim());
        Assert.Contains("Shared", Row(page, "共用 荷捌き場").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OneCameraCanNotBeRead_SaysSoAtThatCameraAlone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var listing = await scene.Get<CameraList>().ReadAsync(tenant, Soracom.Api.SoracomCoverage.Japan, Watchdog.Token);
        var gate = listing.Cameras.Single(camera => camera.Name == "川崎第一 正門").DeviceId;
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sora_cam/devices/{gate}/exports/usage", Status = 500 });

        var page = Whole(Open(tenant));

        Assert.Contains("Soracom does not answer", Row(page, "川崎第一 正門").QuerySelector(".of-licence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Motion", Row(page, "成田 事務所").QuerySelector(".of-licence")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ByLicence_IsPutIntoTheAddress_AndShowsWhatItFinds()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Whole(Open(tenant, "?coverage=jp&licence=none"));

        Assert.Equal("1 camera", page.Find(".sum strong").TextContent);
        Assert.Equal(["横浜 冷蔵庫前"], page.FindAll("[data-row] .strong").Select(name => name.TextContent));
        await page.InvokeAsync(() => page.Find(".of-quota .sort").Click());
        Assert.Equal("/t/aoba/cameras?coverage=jp&licence=none&sort=quota", AddressAfterwards());
    }

    [Fact]
    public async Task Cards_APictureIsAskedFor_ComesByTheCircuit_AndIsShown()
    {
        circuit.JSInterop.Setup<string>("portal.pictures.keep", _ => true).SetResult("blob:https://portal.test/one");
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var page = Open(tenant, "?coverage=jp&view=cards");
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".take").Count));
        Assert.Empty(page.FindAll(".picture img"));

        // As far as the time goes by that the vendor takes.
        var taking = page.InvokeAsync(() => page.FindAll(".take")[0].ClickAsync(new()));
        page.WaitForAssertion(() => Assert.True(page.FindAll(".take")[0].HasAttribute("disabled")));
        while (page.FindAll(".picture img").Count == 0)
        {
            var waiting = scene.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token);
            if (await Task.WhenAny(taking, waiting) == waiting)
            {
                scene.Clock.Advance(await waiting);
            }
        }

        Assert.Equal("blob:https://portal.test/one", page.Find(".picture img").GetAttribute("src"));
        Assert.StartsWith("Newest recorded picture of ", page.Find(".picture img").GetAttribute("alt"), StringComparison.Ordinal);

        // The next try finds nobody who could tell what is left: what was shown stays, and whoever goes ahead has read what that may cost.
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices/*/exports/usage", Status = 500, Count = 2 });
        await page.InvokeAsync(() => page.FindAll(".take")[0].ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Contains("This would use 1 s of it", page.Find(".words [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(".picture img"));
        Assert.Contains("Go ahead all the same", page.FindAll(".take")[0].TextContent, StringComparison.Ordinal);

        var ahead = page.InvokeAsync(() => page.FindAll(".take")[0].ClickAsync(new()));
        while (!ahead.IsCompleted)
        {
            var waiting = scene.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token);
            if (await Task.WhenAny(ahead, waiting) == waiting)
            {
                scene.Clock.Advance(await waiting);
            }
        }

        await ahead;
        Assert.Empty(page.FindAll(".words [role=alert]"));
        Assert.NotEmpty(page.FindAll(".picture img"));
        Assert.Empty(scene.Sandbox.Faults.Armed);
    }

    [Fact]
    public async Task Cards_WhoMayNotPlay_FindsNoButtonForPictures()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Open(tenant, "?coverage=jp&view=cards");

        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".camera-card .strong").Count));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".camera-card .skeleton")));
        Assert.Empty(page.FindAll(".take"));
    }

    [Fact]
    public async Task Search_NothingFound_OffersToClearTheFilters()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var page = Said(Open(tenant, "?coverage=jp&q=nosuchcamera"), "No camera matches");

        await page.InvokeAsync(() => page.Find(".notice button").Click());

        Assert.Equal("/t/aoba/cameras?coverage=jp", AddressAfterwards());
    }

    [Theory]
    [InlineData(403, "The credential does not allow this")]
    [InlineData(503, "Soracom does not answer")]
    public async Task Open_TheVendorFails_SaysHow_AndListsThemAtTheNextTry(int status, string title)
    {
        // Of an account that no other test's page may still be reading.
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices", Status = status, OperatorId = scene.Account(PortalScene.Nagisa).OperatorId });

        var page = Said(Open(tenant, "?coverage=jp"), title);
        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click());

        Whole(page);
    }

    [Fact]
    public async Task Open_NoCamera_SaysWhereTheyComeFrom()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        Said(Open(tenant, "?coverage=g"), "No cameras yet");
    }

    [Fact]
    public async Task Open_NoCredential_ShowsTheWayToStoreOne()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Komorebi, TenantRole.Owner);

        Said(Open(tenant), "Connect this account to Soracom");
    }

    [Fact]
    public async Task Prerender_AsksNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        circuit.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".skeleton")));
        Assert.NotEmpty(page.FindAll(".filters"));
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<CamerasPage> page, string name) =>
        page.FindAll("[data-row]").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal));

    /// <summary>The page once all is read.</summary>
    private static IRenderedComponent<CamerasPage> Whole(IRenderedComponent<CamerasPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] .strong")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-row] .skeleton")));
        return page;
    }

    private static IRenderedComponent<CamerasPage> Said(IRenderedComponent<CamerasPage> page, string title)
    {
        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".notice h2").TextContent));
        return page;
    }

    private IRenderedComponent<CamerasPage> Open(TenantContext tenant, string query = "") => circuit.Render<CamerasPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Cameras(tenant.Slug)}{query}")
        .Add(page => page.Slug, tenant.Slug));

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }
}
