using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Cameras.Recordings;

namespace Soracom.Portal.Browser.Tests.Pages;

/// <summary>What a camera recorded, on its page.</summary>
/// <param name="visitor">Who looks at it.</param>
internal sealed class CameraScreen(Visitor visitor)
{
    /// <summary>The gate, which records all the time.</summary>
    public const string Gate = "02CA70AB3FE4";

    /// <summary>When the tests began: read once, so that all of a test speaks of the same day though midnight passes meanwhile.</summary>
    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>The day before that one where the camera is: a day that is over.</summary>
    public static DateOnly Yesterday { get; } = DateOnly.FromDateTime(Now.UtcDateTime.AddHours(9)).AddDays(-1);

    public ILocator Track => visitor.Page.Locator(".track");

    public ILocator Begins => visitor.Page.GetByRole(AriaRole.Slider, new() { Name = visitor.Words["Recordings.From"] });

    public ILocator Ends => visitor.Page.GetByRole(AriaRole.Slider, new() { Name = visitor.Words["Recordings.To"] });

    public ILocator From => visitor.Page.Locator("#chosen-from");

    public ILocator To => visitor.Page.Locator("#chosen-to");

    public ILocator Choose => visitor.Page.Locator("[aria-labelledby=chosen]").GetByRole(AriaRole.Button, new() { Name = visitor.Words["Chosen.Choose"], Exact = true });

    public ILocator Export => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Chosen.Export"] });

    public ILocator Days => visitor.Page.Locator(".month a");

    public ILocator Rows => visitor.Page.Locator("[aria-labelledby=past] tbody tr");

    /// <summary>What is in sight and chosen, by the page's address.</summary>
    public RecordingsView View => RecordingsView.Parse(visitor.Page.Url);

    /// <summary>The address of a view.</summary>
    public static string At(RecordingsView view) => PortalUrls.Camera("aoba", SoracomCoverage.Japan, Gate, view);

    /// <summary>Drags over the timeline, from one share of it to another.</summary>
    public async Task DragAsync(double from, double to)
    {
        var box = await Track.BoundingBoxAsync() ?? throw new InvalidOperationException("There is no timeline.");
        var y = box.Y + (box.Height / 2);
        await visitor.Page.Mouse.MoveAsync(X(from), y);
        await visitor.Page.Mouse.DownAsync();
        await visitor.Page.Mouse.MoveAsync(X(to), y, new() { Steps = 8 });
        await visitor.Page.Mouse.UpAsync();

        float X(double share) => (float)(box.X + (box.Width * share));
    }
}
