using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Shared.Cameras;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Footage is played in the page, and says so where it can't be.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class PlaybackTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Gate = "川崎第一 正門";

    // What takes a core to encode.
    private const float Patience = 60_000;

    // HAVE_FUTURE_DATA: more than the picture that is shown.
    private const string IsPlaying = "() => { const video = document.querySelector('video'); return !video.paused && !video.error && video.readyState >= 3 && video.currentTime > 1 && video.videoWidth === 1920; }";

    [Fact]
    public async Task Play_AChosenPeriod_ReachesPlaying_ByThePortalAlone_AndStopsWhenItsPageIsLeft()
    {
        var portal = await FreshPortalAsync();
        SkipWithoutPlayer(portal);
        var visitor = await VisitAsync(portal);
        var asked = new List<string>();
        visitor.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await OpenAsync(visitor);
        await visitor.KeepAsync("playback-before", whole: false);
        Assert.Empty(await visitor.FindingsAsync());
        Assert.DoesNotContain(asked, path => path.Contains("player", StringComparison.OrdinalIgnoreCase));

        await PlayAsync(visitor);
        await visitor.Page.WaitForFunctionAsync(IsPlaying, null, new() { Timeout = Patience });
        await Expect(visitor.Page.Locator(".shown")).ToContainTextAsync("12:00:0");
        await visitor.KeepAsync("playback", whole: false);
        Assert.Empty(await visitor.FindingsAsync());

        // By the keyboard: the focus is on the video, whose own controls take it from there.
        await visitor.Page.Keyboard.PressAsync("Space");
        await visitor.Page.WaitForFunctionAsync("() => document.querySelector('video').paused");
        await visitor.Page.EvaluateAsync("document.querySelector('video').currentTime = 40");
        await visitor.Page.WaitForFunctionAsync("() => { const video = document.querySelector('video'); return !video.seeking && video.readyState >= 2; }", null, new() { Timeout = Patience });
        await Expect(visitor.Page.Locator(".shown")).ToContainTextAsync("12:00:40");

        await visitor.OpenLiveAsync(PortalUrls.Cameras("aoba"));
        await Expect(visitor.Page.Locator("video")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Play_ToTheEnd_SaysSo()
    {
        var portal = await FreshPortalAsync();
        SkipWithoutPlayer(portal);
        var visitor = await VisitAsync(portal);
        await OpenAsync(visitor, seconds: 3);

        await PlayAsync(visitor);

        await Expect(visitor.Page.GetByText(visitor.Words["Playback.Ended"])).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(visitor.Page.Locator("video")).ToBeHiddenAsync();
        Assert.Empty(await visitor.FindingsAsync());
    }

    [Theory]
    [InlineData(502, "Vendor.Unavailable.Title")]
    [InlineData(410, "Error.PlaybackExpired.Title")]
    [InlineData(200, "Error.PlaybackBroken.Title")]
    [InlineData(null, "Error.PlaybackCut.Title")]
    public async Task Play_WhatBreaksOff_SaysHow_AndOffersToStartAnew(int? status, string title)
    {
        var portal = await FreshPortalAsync();
        SkipWithoutPlayer(portal);
        var visitor = await VisitAsync(portal);
        // A browser reports each answer that is an error.
        visitor.Expect("Failed to load resource");
        await OpenAsync(visitor);
        await visitor.Page.RouteAsync("**/cameras/playback/**/*.mp4*", route => status is { } answer ? route.FulfillAsync(new() { Status = answer, ContentType = "video/mp4", Body = "no video" }) : route.AbortAsync());

        await PlayAsync(visitor);

        await Expect(visitor.Page.GetByText(visitor.Words[title])).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Playback.Play", "12:00:00"] })).ToBeEnabledAsync();
        await visitor.KeepAsync($"playback-failed-{status}", whole: false);
        Assert.Empty(await visitor.FindingsAsync());
    }

    [Fact]
    public async Task NoPlayerInTheBuild_SaysWhatIsMissing_AndAllElseIsThere()
    {
        var portal = await PortalByAsync(TimeProvider.System, builder => builder.Services.AddSingleton(new PlayerScript(isThere: false)));
        var visitor = await VisitAsync(portal);
        await OpenAsync(visitor);

        await Expect(visitor.Page.GetByText(visitor.Words["Playback.NoPlayer"])).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("video")).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Chosen.Export"] })).ToBeVisibleAsync();
        await visitor.KeepAsync("playback-no-player", whole: false);
        Assert.Empty(await visitor.FindingsAsync());
    }

    /// <summary>A camera with some of yesterday's noon chosen.</summary>
    private static async Task OpenAsync(Visitor visitor, int seconds = 60)
    {
        await visitor.SignInAsync("owner");
        await visitor.OpenLiveAsync(PortalUrls.Cameras("aoba"));
        var camera = await visitor.Page.GetByRole(AriaRole.Link, new() { Name = Gate }).First.GetAttributeAsync("href");
        var noon = new DateTimeOffset(CameraScreen.Yesterday, new TimeOnly(12, 0), TimeSpan.FromHours(9));
        await visitor.OpenLiveAsync(string.Create(CultureInfo.InvariantCulture, $"{camera}&day={noon:yyyy-MM-dd}&from={PeriodAddress.Of(noon)}&to={PeriodAddress.Of(noon.AddSeconds(seconds))}"));
    }

    private static Task PlayAsync(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Playback.Play", "12:00:00"] }).ClickAsync();

    private static void SkipWithoutPlayer(PortalHost portal)
    {
        if (!portal.HasPlayer && Environment.GetEnvironmentVariable("PORTAL_REQUIRE_NODE") != "1")
        {
            Assert.Skip("The portal was built without Node, and so without the player.");
        }
    }
}
