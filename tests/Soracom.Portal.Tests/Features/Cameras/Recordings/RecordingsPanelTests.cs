using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>The section of a camera's page that shows what it recorded.</summary>
public sealed class RecordingsPanelTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    private DateTimeOffset Now => scene.Clock.GetUtcNow();

    private DateOnly Yesterday => DateOnly.FromDateTime(Now.UtcDateTime.AddHours(9)).AddDays(-1);

    public ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    [Fact]
    public async Task Day_IsDrawn_AndListed()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday });

        panel.WaitForAssertion(() => Assert.NotEqual("", panel.Find(".there").GetAttribute("d")));
        Assert.Equal(25, panel.FindAll("tbody tr").Count);
        Assert.Empty(panel.FindAll(".unread, .future, .none"));
        Assert.Contains("Asia/Tokyo", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_EachLeadToTheCamera_AndZoomInAndOut()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday });
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".zooms a.step")));

        Assert.All(panel.FindAll(".controls a"), link => Assert.StartsWith("/t/aoba/cameras/", link.GetAttribute("href"), StringComparison.Ordinal));
        var (further, closer) = (panel.FindAll(".zooms a.step")[0].GetAttribute("href")!, panel.FindAll(".zooms a.step")[1].GetAttribute("href")!);
        Assert.Equal((TimelineZoom.Month, TimelineZoom.SixHours), (RecordingsView.Parse(further).Zoom, RecordingsView.Parse(closer).Zoom));
    }

    [Fact]
    public async Task Gestures_GoToTheAddress()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var view = new RecordingsView { Day = Yesterday };
        var window = view.Window(Now, "Asia/Tokyo");
        var panel = await OpenAsync(tenant, "川崎第一 正門", view);
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("tbody tr")));
        var strip = panel.FindComponent<TimelineStrip>().Instance;

        await panel.InvokeAsync(() => strip.DraggedAsync(window.From.AddHours(1).ToUnixTimeMilliseconds(), window.From.AddHours(2).ToUnixTimeMilliseconds()));

        Assert.Equal(new Period(window.From.AddHours(1), window.From.AddHours(2)), Gone().Chosen);
        await panel.InvokeAsync(() => strip.WheeledAsync(1, 0, window.From.AddHours(12).ToUnixTimeMilliseconds()));
        Assert.Equal(TimelineZoom.SixHours, Gone().Zoom);
    }

    [Fact]
    public async Task Keys_FasterThanTheAddressComesBack_EachMoveTheHandle()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var view = new RecordingsView { Day = Yesterday };
        var start = view.Window(Now, "Asia/Tokyo").From;
        var panel = await OpenAsync(tenant, "川崎第一 正門", view with { Chosen = new Period(start, start.AddHours(1)) });
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[role=slider]")));
        var strip = panel.FindComponent<TimelineStrip>().Instance;

        await panel.InvokeAsync(() => strip.PressedAsync("from", "ArrowRight"));
        await panel.InvokeAsync(() => strip.PressedAsync("from", "ArrowRight"));
        panel.Render();
        await panel.InvokeAsync(() => strip.PressedAsync("from", "ArrowRight"));

        Assert.Equal(new Period(start.AddMinutes(3), start.AddHours(1)), Gone().Chosen);
    }

    [Fact]
    public async Task Chosen_TellsLengthAndWhatItCosts_AndLeadsToTheExport()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var view = new RecordingsView { Day = Yesterday };
        var chosen = new Period(view.Window(Now, "Asia/Tokyo").From, view.Window(Now, "Asia/Tokyo").From.AddMinutes(15));

        var panel = await OpenAsync(tenant, "川崎第一 正門", view with { Chosen = chosen });

        panel.WaitForAssertion(() => Assert.Contains("left this month", Chosen(panel).TextContent, StringComparison.Ordinal));
        // The sandbox's camera lost its connection for a while that midnight.
        Assert.Equal(["15 min 0 s", "9 min 0 s", "540 s of the quota"], Chosen(panel).QuerySelectorAll(".facts dd").Skip(1).Select(fact => fact.ChildNodes[0].TextContent.Trim()));
        Assert.Equal(["from", "to"], panel.FindAll("[role=slider]").Select(handle => handle.GetAttribute("data-handle")));
        Assert.Contains("Gaps: 1, 6 min 0 s in all", Chosen(panel).TextContent, StringComparison.Ordinal);
        var place = panel.Instance.Place;
        Assert.Equal(PortalUrls.NewExport("aoba", SoracomCoverage.Japan, place.DeviceId, chosen), Chosen(panel).QuerySelector("a.primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Events_HaveLabels_ByWhichTheyAreFound_AndPicturesOnRequest()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday, Label = "vehicle" });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("tbody tr")));
        Assert.All(panel.FindAll("tbody tr"), row => Assert.Contains("Vehicle", row.TextContent, StringComparison.Ordinal));
        Assert.Equal(["Person", "Vehicle"], panel.FindAll(".labels a").Select(label => label.TextContent));
        Assert.Empty(panel.FindAll("tbody img"));
        circuit.JSInterop.Setup<string>("portal.pictures.keep", _ => true).SetResult("blob:picture");
        await panel.InvokeAsync(() => panel.Find("tbody button").Click());
        panel.WaitForAssertion(() => Assert.Equal("blob:picture", panel.Find("tbody img").GetAttribute("src")));
    }

    [Fact]
    public async Task Events_WhoMayNotPlay_SeesNoPictures_AndTakesNoStill()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday, Kind = PastKind.Motion });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".labels a")));
        Assert.Empty(panel.FindAll("tbody button"));
        Assert.Contains("You may not have pictures made.", panel.Find("[aria-labelledby=still]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_CannotBeRead_TheRestIsThere()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices/*/events", Status = 500, OperatorId = scene.Account(PortalScene.Nagisa).OperatorId });

        var panel = await OpenAsync(tenant, "宮城 名取充電ステーション", new RecordingsView { Day = Yesterday });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".said button")));
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("tbody tr")));
        await panel.InvokeAsync(() => panel.Find(".said button").Click());
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".labels a")));
    }

    [Theory]
    [InlineData("", "A time is missing.")]
    [InlineData("2098-01-01 10:00", "This has not come yet.")]
    public async Task Still_OfNoMoment_SaysSo_AndAsksForNothing(string moment, string problem)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday });

        await panel.InvokeAsync(() => panel.Find("#still-at").Change(moment));
        await panel.InvokeAsync(() => panel.Find("[aria-labelledby=still] form").Submit());

        Assert.Equal(problem, panel.Find("#still-problem").TextContent);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.CameraStillTaken && entry.ActorId == tenant.Actor.PersonId);
    }

    [Fact]
    public async Task Still_OfTheMomentThatWasPointedAt_IsShown_ForDownload()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Operator);
        var moment = new RecordingsView { Day = Yesterday }.Window(Now, "Asia/Tokyo").From.AddHours(12);
        circuit.JSInterop.Setup<string>("portal.pictures.keep", _ => true).SetResult("blob:still");
        var panel = await OpenAsync(tenant, "東京 豊洲充電ステーション", new RecordingsView { Day = Yesterday, Moment = moment });
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("tbody tr")));

        await panel.InvokeAsync(() => panel.Find("[aria-labelledby=still] form").Submit());
        using var shown = CancellationTokenSource.CreateLinkedTokenSource(Watchdog.Token);
        var passing = PassAsync(shown.Token);
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("figure img")));
        await shown.CancelAsync();
        await passing;

        Assert.Equal("blob:still", panel.Find("figure img").GetAttribute("src"));
        Assert.EndsWith("-120000.jpg", panel.Find("figure a").GetAttribute("download"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chosen_WhoMayNotExport_IsToldSo()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Chosen = new Period(Now.AddHours(-2), Now.AddHours(-1)) });

        panel.WaitForAssertion(() => Assert.True(Chosen(panel).QuerySelector("button.primary[disabled]") is not null));
        Assert.Contains("Your role may not export footage.", Chosen(panel).TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "A time is missing.", "A time is missing.")]
    [InlineData("noon", "10:00", "This is no time.", null)]
    [InlineData("10:00", "9:00", null, "It ends before it begins.")]
    [InlineData("2098-01-01 10:00", "2098-01-01 11:00", "This has not come yet.", "This has not come yet.")]
    public async Task Typed_WhatIsWrong_IsSaid_AndNothingIsLost(string from, string to, string? atFrom, string? atTo)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday });

        await TypeAsync(panel, from, to);

        Assert.StartsWith(atFrom ?? "–", Said("from"), StringComparison.Ordinal);
        Assert.StartsWith(atTo ?? "–", Said("to"), StringComparison.Ordinal);
        Assert.Equal((from, to), (panel.Find("#chosen-from").GetAttribute("value"), panel.Find("#chosen-to").GetAttribute("value")));

        string Said(string end) => panel.FindAll($"#chosen-{end}-problem") is [var problem] ? problem.TextContent : "–";
    }

    [Fact]
    public async Task Typed_TimesAlone_AreOfTheDayInSight()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var view = new RecordingsView { Day = Yesterday };
        var panel = await OpenAsync(tenant, "川崎第一 正門", view);

        await TypeAsync(panel, "9:00", "09:15:30");

        var start = view.Window(Now, "Asia/Tokyo").From;
        Assert.Equal(new Period(start.AddHours(9), start.AddHours(9).AddSeconds(930)), Gone().Chosen);
    }

    [Fact]
    public async Task Month_IsACalendar_WhoseDaysLeadToThem()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Zoom = TimelineZoom.Month, Day = Yesterday });

        panel.WaitForAssertion(() => Assert.Contains(panel.FindAll(".month a"), day => day.TextContent.Contains("Recorded", StringComparison.Ordinal)));
        Assert.Equal(DateTime.DaysInMonth(Yesterday.Year, Yesterday.Month), panel.FindAll(".month a").Count);
        var leads = RecordingsView.Parse(panel.FindAll(".month a")[Yesterday.Day - 1].GetAttribute("href")!);
        Assert.Equal((TimelineZoom.Day, Yesterday), (leads.Zoom, leads.Day!.Value));
    }

    [Fact]
    public async Task DayWithoutRecordings_SaysSo_AndLeadsToTheNearest()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "香川 坂出蓄電所", new RecordingsView { Day = Yesterday });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".ways a")));
        Assert.Contains("Nothing was recorded on this day.", panel.Find(".none").TextContent, StringComparison.Ordinal);
        Assert.True(RecordingsView.Parse(panel.Find(".ways a").GetAttribute("href")!).Day < Yesterday);
    }

    [Fact]
    public async Task FutureDay_SaysSo_AndAsksForNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "川崎第一 正門", new RecordingsView { Day = Yesterday.AddDays(3) });

        panel.WaitForAssertion(() => Assert.Contains("This has not come yet.", panel.Find(".state").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoLicence_LeadsToTheLicences()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var panel = await OpenAsync(tenant, "横浜 冷蔵庫前", new RecordingsView());

        Assert.Equal("Without a licence nothing is recorded", panel.Find(".notice h2").TextContent);
        Assert.EndsWith("tab=licence", panel.Find(".notice a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VendorFails_SaysSo_AndReadsOnRequest()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices/*/recordings_and_events", Status = 503, OperatorId = scene.Account(PortalScene.Aoba).OperatorId });

        var panel = await OpenAsync(tenant, "成田 事務所", new RecordingsView { Day = Yesterday });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".notice.failed")));
        Assert.NotEmpty(panel.FindAll(".track .unread"));
        await panel.InvokeAsync(() => panel.FindAll(".notice button").Single().Click());
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("tbody tr")));
        Assert.Empty(panel.FindAll(".notice"));
    }

    private static IElement Chosen(IRenderedComponent<RecordingsPanel> panel) => panel.Find("[aria-labelledby=chosen]");

    private static async Task TypeAsync(IRenderedComponent<RecordingsPanel> panel, string from, string to)
    {
        await panel.InvokeAsync(() => panel.Find("#chosen-from").Change(from));
        await panel.InvokeAsync(() => panel.Find("#chosen-to").Change(to));
        await panel.InvokeAsync(() => panel.Find("[aria-labelledby=chosen] form").Submit());
    }

    /// <summary>Lets time go by while the vendor is at work.</summary>
    private async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                scene.Clock.Advance(await scene.Clock.TimerWithinAsync(CameraStills.Interval, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is there.
        }
    }

    private RecordingsView Gone() => RecordingsView.Parse(circuit.Services.GetRequiredService<NavigationManager>().Uri);

    private async Task<IRenderedComponent<RecordingsPanel>> OpenAsync(TenantContext tenant, string name, RecordingsView view)
    {
        var listing = await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);
        var id = listing.Cameras.Single(camera => camera.Name == name).DeviceId;
        var seen = await scene.Get<CameraReader>().GetAsync(tenant, SoracomCoverage.Japan, id, Watchdog.Token);
        return circuit.Render<RecordingsPanel>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Camera(tenant.Slug, SoracomCoverage.Japan, id, view)}")
            .Add(panel => panel.Place, new CameraPlace(tenant.Slug, SoracomCoverage.Japan, id))
            .Add(panel => panel.Seen, seen.Value));
    }
}
