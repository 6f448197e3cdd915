using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Playback;

/// <summary>The player on a camera's page: what it says before, during and after.</summary>
public sealed class CameraPlayerTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const string Gate = "川崎第一 正門";

    private readonly PortalScene scene = own.Scene;
    private ComponentScene circuit = null!;

    private Period Chosen => new(scene.Clock.GetUtcNow().AddHours(-3), scene.Clock.GetUtcNow().AddHours(-3).AddMinutes(20));

    public ValueTask InitializeAsync()
    {
        circuit = Circuit(isThere: true);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        scene.Sandbox.Faults.Clear();
        return circuit.DisposeAsync();
    }

    [Fact]
    public async Task Idle_SaysWhatItUses_AndWhatIsLeft_BeforeAnythingIsAsked()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);

        Assert.Contains("Playing uses 15 min 0 s of the quota, watched or not.", player.Markup, StringComparison.Ordinal);
        player.WaitForAssertion(() => Assert.Contains("of it is left this month", player.Markup, StringComparison.Ordinal));
        Assert.Contains("at most 15 minutes at a time", player.Markup, StringComparison.Ordinal);
        Assert.Empty(circuit.JSInterop.Invocations);
    }

    [Fact]
    public async Task Play_ThenExpired_SaysSo_AndThatGoingOnIsChargedAnew()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);

        await player.InvokeAsync(() => player.Find("button.primary").Click());
        player.WaitForAssertion(() => Assert.Contains(circuit.JSInterop.Invocations, call => call.Identifier == "play"));
        Assert.False(player.Find(".screen").HasAttribute("hidden"));
        await player.InvokeAsync(() => player.Instance.Told("playing", 0, 0));
        Assert.Empty(player.FindAll("[role=status]"));
        await player.InvokeAsync(() => player.Instance.Told("expired", 0, 61.5));

        Assert.Contains("no longer handed out", player.Find("[aria-live] h2, [aria-live] h3").TextContent, StringComparison.Ordinal);
        Assert.Contains("playing on is charged anew", player.Markup, StringComparison.Ordinal);
        Assert.Contains(OfDay(Chosen.From.AddSeconds(61)), player.Find("button.primary").TextContent, StringComparison.Ordinal);
        Assert.True(player.Find(".screen").HasAttribute("hidden"));
    }

    [Fact]
    public async Task Play_ToTheEndOfAPart_OffersTheNext_AndAfterTheLastNone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);

        await PlayedAsync(player, 1);
        Assert.Contains("Play " + OfDay(Chosen.From.AddMinutes(15)), player.Find("button.primary").TextContent, StringComparison.Ordinal);
        await PlayedAsync(player, 2);

        Assert.Empty(player.FindAll("button.primary"));
        Assert.Contains("all that was recorded", player.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vendor", "Soracom does not answer")]
    [InlineData("cut", "The footage stopped coming")]
    [InlineData("broken", "The footage can't be played")]
    [InlineData("player", "The player could not be started")]
    public async Task Play_WhatTheBrowserTells_IsSaid(string what, string title)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);
        await player.InvokeAsync(() => player.Find("button.primary").Click());
        player.WaitForAssertion(() => Assert.Contains(circuit.JSInterop.Invocations, call => call.Identifier == "play"));

        await player.InvokeAsync(() => player.Instance.Told(what, 0, 0));

        Assert.Contains(title, player.Find("[aria-live]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(player.FindAll("button.primary"));
    }

    [Fact]
    public async Task Play_TheVendorFails_SaysSo_AndPlaysNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/v1/sora_cam/devices/*/stream", Count = 9 });

        await player.InvokeAsync(() => player.Find("button.primary").Click());

        player.WaitForAssertion(() => Assert.Contains("It is not known whether it was done", player.Find("[aria-live]").TextContent, StringComparison.Ordinal));
        Assert.Empty(circuit.JSInterop.Invocations);
    }

    [Fact]
    public async Task Play_TheQuotaCanNotBeRead_SaysSo_AndPlaysOnlyWhatSomebodyGoesAheadWith()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam/devices/*/exports/usage", Count = 1000 });
        var player = await OpenAsync(tenant, Chosen);

        await player.InvokeAsync(() => player.Find("button.primary").Click());
        player.WaitForAssertion(() => Assert.Contains("This would use 900 s of it", player.Find("[aria-live]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(circuit.JSInterop.Invocations, call => call.Identifier == "play");

        await player.InvokeAsync(() => player.Find("[aria-live] button").Click());
        player.WaitForAssertion(() => Assert.Contains(circuit.JSInterop.Invocations, call => call.Identifier == "play"));
    }

    [Fact]
    public async Task Play_TheRightEndsWhileTheVendorIsAsked_PlaysNothing_AndHandsOutNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromSeconds(5), Path = "/v1/sora_cam/devices/*/stream" });

        var clicked = player.InvokeAsync(() => player.Find("button.primary").Click());
        await scene.StruckAsync();
        await tenant.EndAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        await clicked;

        Assert.DoesNotContain(circuit.JSInterop.Invocations, call => call.Identifier == "play");
        Assert.True(player.Find(".screen").HasAttribute("hidden"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => scene.Get<CameraPlayback>().StartAsync(tenant, SoracomCoverage.Japan, "02CA00000000", period: null, agreed: null, Watchdog.Token));
    }

    [Fact]
    public async Task Play_TheRightEndsWhileItPlays_HandsOutNoMoreOfIt()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var playback = scene.Get<CameraPlayback>();
        var listing = await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);
        var played = (await playback.StartAsync(tenant, SoracomCoverage.Japan, listing.Cameras.Single(camera => camera.Name == Gate).DeviceId, Chosen with { To = Chosen.From.AddMinutes(1) }, agreed: null, Watchdog.Token)).Value;
        Assert.Null((await playback.ManifestAsync(tenant, played.Id, 0, Watchdog.Token)).Error);

        await tenant.EndAsync();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => playback.ManifestAsync(tenant, played.Id, 0, Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => playback.FileAsync(tenant, played.Id, 0, 0, _ => null, Watchdog.Token));
    }

    [Fact]
    public async Task Chosen_SomethingElse_StopsWhatIsPlayed()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var player = await OpenAsync(tenant, Chosen);
        await player.InvokeAsync(() => player.Find("button.primary").Click());
        player.WaitForAssertion(() => Assert.Contains(circuit.JSInterop.Invocations, call => call.Identifier == "play"));

        player.Render(parameters => parameters.Add(one => one.Chosen, null));

        player.WaitForAssertion(() => Assert.True(player.Find(".screen").HasAttribute("hidden")));
        Assert.Contains(circuit.JSInterop.Invocations, call => call.Identifier == "stop");
        Assert.Contains("Choose a period above", player.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoPlayerInTheBuild_SaysWhatIsMissing()
    {
        await using var without = Circuit(isThere: false);
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var player = await OpenAsync(tenant, Chosen, without);

        Assert.Equal("The player is missing", player.Find(".notice h2, .notice h3").TextContent);
        Assert.Empty(player.FindAll("button, video"));
    }

    [Fact]
    public async Task WhoMayNotPlay_IsToldSo()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Billing);

        var player = await OpenAsync(tenant, Chosen);

        Assert.Contains("Your role does not allow playing footage.", player.Markup, StringComparison.Ordinal);
        Assert.Empty(player.FindAll("button, video"));
    }

    private static string OfDay(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromHours(9)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private async Task PlayedAsync(IRenderedComponent<CameraPlayer> player, int times)
    {
        await player.InvokeAsync(() => player.Find("button.primary").Click());
        player.WaitForAssertion(() => Assert.Equal(times, circuit.JSInterop.Invocations.Count(call => call.Identifier == "play")));
        await player.InvokeAsync(() => player.Instance.Told("ended", 0, 899.8));
    }

    private ComponentScene Circuit(bool isThere)
    {
        var made = new ComponentScene(scene, services => services.AddSingleton(new PlayerScript(isThere)));
        made.JSInterop.SetupModule(_ => true).SetupModule("play", _ => true).Mode = JSRuntimeMode.Loose;
        return made;
    }

    private async Task<IRenderedComponent<CameraPlayer>> OpenAsync(TenantContext tenant, Period? chosen, ComponentScene? where = null)
    {
        // Whoever may not see cameras is not told which there are; any will do for them.
        using var reader = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var listing = await scene.Get<CameraList>().ReadAsync(reader, SoracomCoverage.Japan, Watchdog.Token);
        var place = new CameraPlace(tenant.Slug, SoracomCoverage.Japan, listing.Cameras.Single(camera => camera.Name == Gate).DeviceId);
        return (where ?? circuit).Render<CameraPlayer>(parameters => parameters
            .AddCascadingValue(tenant)
            .Add(player => player.Place, place)
            .Add(player => player.Zone, "Asia/Tokyo")
            .Add(player => player.Chosen, chosen)
            .Add(player => player.Recorded, chosen is { } period ? [period] : [])
            .Add(player => player.IsRead, value: true));
    }
}
