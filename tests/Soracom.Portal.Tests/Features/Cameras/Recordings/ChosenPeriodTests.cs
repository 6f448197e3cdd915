using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>A chosen period where clocks are put back, and where it has not come yet.</summary>
public sealed class ChosenPeriodTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;
    private Period? chosen;

    private DateTimeOffset Now => scene.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await circuit.DisposeAsync();
    }

    [Fact]
    public async Task ATimeThatClocksShowTwice_CanBeTheSecond_ButNotBehindTheEnd()
    {
        var first = new DateTimeOffset(2025, 11, 2, 5, 30, 0, TimeSpan.Zero);
        var panel = Open(new Period(first, first.AddMinutes(15)), [], "America/New_York");

        Assert.Equal([false, true, false, false], panel.FindAll("input[type=radio]").Select(radio => radio.HasAttribute("disabled")));
        await panel.InvokeAsync(() => panel.FindAll("input[name=to-twice]")[1].Change("on"));
        Assert.Equal(new Period(first, first.AddMinutes(75)), chosen);

        panel = Open(chosen!.Value, [], "America/New_York");
        await panel.InvokeAsync(() => panel.FindAll("input[name=from-twice]")[1].Change("on"));
        Assert.Equal(new Period(first.AddHours(1), first.AddMinutes(75)), chosen);
    }

    [Fact]
    public void WhatHasNotCome_IsNoGap()
    {
        var panel = Open(new Period(Now.AddHours(-1), Now.AddMinutes(30)), [new Period(Now.AddHours(-1), Now)]);

        Assert.Contains("30 min 0 s of it have not come yet.", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Gaps", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AGapBeforeNow_IsToldApartFromWhatHasNotCome()
    {
        var panel = Open(new Period(Now.AddHours(-1), Now.AddMinutes(30)), [new Period(Now.AddHours(-1), Now.AddMinutes(-20))]);

        Assert.Contains("Gaps: 1, 20 min 0 s in all", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("30 min 0 s of it have not come yet.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AllOfItStillToCome_IsNotToldAsNothingRecorded()
    {
        var panel = Open(new Period(Now.AddHours(1), Now.AddHours(2)), []);

        Assert.Equal("This has not come yet.", panel.Find("#export-why").TextContent);
    }

    private IRenderedComponent<ChosenPeriod> Open(Period period, IReadOnlyList<Period> recorded, string zone = "Asia/Tokyo") => circuit.Render<ChosenPeriod>(parameters => parameters
        .AddCascadingValue(tenant)
        .Add(panel => panel.View, new RecordingsView { Chosen = period })
        .Add(panel => panel.Place, new CameraPlace(tenant.Slug, SoracomCoverage.Japan, "02CA00000001"))
        .Add(panel => panel.Zone, zone)
        .Add(panel => panel.Day, DateOnly.FromDateTime(period.From.UtcDateTime))
        .Add(panel => panel.Recorded, recorded)
        .Add(panel => panel.IsRead, true)
        .Add(panel => panel.AsOf, Now)
        .Add(panel => panel.OnChoose, one => chosen = one));
}
