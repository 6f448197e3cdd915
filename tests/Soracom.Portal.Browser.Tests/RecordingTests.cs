using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Cameras.Recordings;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>People look for something that a camera recorded, and choose it.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class RecordingTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private static DateOnly Day => CameraScreen.Yesterday;

    [Fact]
    public async Task FromTheMonth_ToTheDay_ToAPeriod_ToItsExport()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", CameraScreen.At(new RecordingsView { Zoom = TimelineZoom.Month, Day = Day }));
        await visitor.SettledAsync();
        var screen = new CameraScreen(visitor);

        await screen.Days.Nth(Day.Day - 1).ClickAsync();
        await Expect(screen.Rows.First).ToBeVisibleAsync();
        await visitor.SettledAsync();
        await screen.DragAsync(0.25, 0.5);
        await Expect(screen.Export).ToBeVisibleAsync();
        Assert.Equal((Day, TimeSpan.FromHours(6)), (screen.View.Day!.Value, screen.View.Chosen!.Value.Length));
        await Expect(screen.From).ToHaveValueAsync($"{Day:yyyy-MM-dd} 06:00:00");
        Assert.Empty(await visitor.FindingsAsync());

        await visitor.Page.GoBackAsync();
        await Expect(screen.Export).ToHaveCountAsync(0);
        Assert.Null(screen.View.Chosen);
        await visitor.Page.GoForwardAsync();
        await Expect(screen.Begins).ToHaveAttributeAsync("aria-valuetext", $"{Day:yyyy-MM-dd} 06:00:00");
        Assert.Equal(
            PortalUrls.NewExport("aoba", SoracomCoverage.Japan, CameraScreen.Gate, screen.View.Chosen),
            await screen.Export.GetAttributeAsync("href"));
    }

    [Fact]
    public async Task SeenFromAnotherTimeZone_TheCamerasAndTheViewersClocksStandBesideEachOther()
    {
        var from = new DateTimeOffset(Day.ToDateTime(new TimeOnly(6, 0)), TimeSpan.FromHours(9));
        var chosen = new RecordingsView { Day = Day, Chosen = new(from, from.AddHours(1)) };
        var abroad = await VisitAsync(Look.Abroad);
        await abroad.SignInAsync("owner", CameraScreen.At(chosen));
        await abroad.SettledAsync();

        await Expect(abroad.Page.Locator(".timeline .names")).ToContainTextAsync("Asia/Tokyo");
        await Expect(abroad.Page.Locator(".timeline .names")).ToContainTextAsync("Europe/Berlin");
        await Expect(abroad.Page.Locator(".theirs").Last).ToContainTextAsync(TimeZoneInfo.ConvertTime(from, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("HH:mm:ss", CultureInfo.InvariantCulture));

        var atHome = await VisitAsync();
        await atHome.SignInAsync("owner", CameraScreen.At(chosen));
        await atHome.SettledAsync();
        await Expect(atHome.Page.Locator(".timeline .names")).ToContainTextAsync("Asia/Tokyo");
        await Expect(atHome.Page.Locator(".theirs")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task APeriodIsTyped_AndAMistakeLosesNothing()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", CameraScreen.At(new RecordingsView { Day = Day }));
        await visitor.SettledAsync();
        var screen = new CameraScreen(visitor);

        await screen.From.FillAsync("9:05");
        await screen.To.FillAsync("nine");
        await screen.Choose.ClickAsync();
        await Expect(visitor.Page.Locator("#chosen-to-problem")).ToBeVisibleAsync();
        await Expect(screen.From).ToHaveValueAsync("9:05");
        await screen.To.FillAsync("9:20:30");
        await screen.To.PressAsync("Enter");

        await Expect(screen.Ends).ToHaveAttributeAsync("aria-valuetext", $"{Day:yyyy-MM-dd} 09:20:30");
        Assert.Equal(TimeSpan.FromSeconds(930), screen.View.Chosen!.Value.Length);
    }

    [Fact]
    public async Task WithoutAMouse_ThePeriodIsMoved_AndTheTimelineZooms()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", CameraScreen.At(new RecordingsView { Day = Day }));
        await visitor.SettledAsync();
        var screen = new CameraScreen(visitor);

        await visitor.PressAsync(screen.Track);
        await Expect(screen.Begins).ToBeVisibleAsync();
        await visitor.TabToAsync(screen.Begins);
        await visitor.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(screen.Begins).ToHaveAttributeAsync("aria-valuetext", $"{Day:yyyy-MM-dd} 00:10:00");
        await visitor.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(screen.Begins).ToHaveAttributeAsync("aria-valuetext", $"{Day:yyyy-MM-dd} 00:09:00");
        for (var press = 0; press < 10; press++)
        {
            await visitor.Page.Keyboard.PressAsync("ArrowRight");
        }

        await Expect(screen.Begins).ToHaveAttributeAsync("aria-valuetext", $"{Day:yyyy-MM-dd} 00:19:00");
        await Expect(screen.Begins).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("+");

        await Expect(visitor.Page).ToHaveURLAsync(Holding("zoom=sixhours"));
        Assert.Equal(TimelineZoom.SixHours, screen.View.Zoom);
    }

    [Fact]
    public async Task TheWheel_ZoomsToTheMinuteUnderThePointer_AndTheClickTakesWhatIsThere()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", CameraScreen.At(new RecordingsView { Day = Day }));
        await visitor.SettledAsync();
        var screen = new CameraScreen(visitor);
        var box = await screen.Track.BoundingBoxAsync() ?? throw new InvalidOperationException("There is no timeline.");
        await visitor.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 40);
        await visitor.Page.Keyboard.DownAsync("Control");
        foreach (var zoom in (TimelineZoom[])[TimelineZoom.SixHours, TimelineZoom.Hour, TimelineZoom.TenMinutes, TimelineZoom.Minute])
        {
            await visitor.Page.Mouse.WheelAsync(0, -120);
            await Expect(visitor.Page).ToHaveURLAsync(Holding($"zoom={zoom.ToString().ToLowerInvariant()}"));
        }

        await visitor.Page.Keyboard.UpAsync("Control");
        var noon = screen.View.Window(CameraScreen.Now, "Asia/Tokyo");
        Assert.InRange(noon.From.UtcDateTime.TimeOfDay, TimeSpan.FromHours(2.75), TimeSpan.FromHours(3.25));
        await visitor.SettledAsync();
        await screen.Track.ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(Holding("moment="));
        Assert.NotNull(screen.View.Moment);
    }

    [Fact]
    public async Task AStill_OfAMoment_IsShown()
    {
        var visitor = await VisitAsync(await FreshPortalAsync());
        var view = new RecordingsView { Day = Day };
        await visitor.SignInAsync("operator", CameraScreen.At(view with { Moment = view.Window(CameraScreen.Now, "Asia/Tokyo").From.AddHours(12) }));
        await visitor.SettledAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Still.Take"] }).ClickAsync();

        var picture = visitor.Page.Locator("figure img");
        await Expect(picture).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal(1920, await picture.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }"));
        Assert.Empty(await visitor.FindingsAsync());
    }

    private static Regex Holding(string part) => new(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1));
}
