using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>Reads when cameras recorded and what they noticed.</summary>
public sealed class CameraPastTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private DateTimeOffset Now => scene.Clock.GetUtcNow();

    [Fact]
    public async Task Read_ADay_TellsRecordingsAndEvents()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var day = new Period(Now.AddDays(-2), Now.AddDays(-1));

        var read = await scene.Get<CameraPast>().ReadAsync(tenant, SoracomCoverage.Japan, await IdAsync(tenant, "川崎第一 正門"), day, key: null, Watchdog.Token);

        Assert.Null(read.Value.NextKey);
        Assert.InRange(read.Value.Recordings.Count, 24, 30);
        Assert.Contains(read.Value.Events, item => item.Kind == PastKind.Motion);
        Assert.All(read.Value.Recordings, item => Assert.True(item.From <= day.To && item.To >= day.From));
    }

    [Fact]
    public async Task Read_Months_ComesInParts_UntilAllIsThere()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var camera = await IdAsync(tenant, "東京 豊洲充電ステーション");
        var months = new Period(Now.AddDays(-40), Now);
        var (book, parts, key) = (new PastBook(), 0, (string?)null);
        do
        {
            var part = await scene.Get<CameraPast>().ReadAsync(tenant, SoracomCoverage.Japan, camera, months, key, Watchdog.Token);
            book.Add(months, part.Value);
            key = part.Value.NextKey;
            parts++;
        }
        while (key is not null);

        Assert.InRange(parts, 2, 100);
        Assert.Empty(book.Missing(months));
        Assert.InRange(TimeSpan.FromTicks(book.Recorded(months, Now).Sum(part => part.Length.Ticks)), TimeSpan.FromDays(38), TimeSpan.FromDays(40));
    }

    [Fact]
    public async Task Read_NothingRecorded_IsNoError()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var read = await scene.Get<CameraPast>().ReadAsync(
            tenant, SoracomCoverage.Japan, await IdAsync(tenant, "川崎第一 正門"), new Period(Now.AddDays(-40), Now.AddDays(-39)), key: null, Watchdog.Token);

        Assert.Equal((0, 0, null), (read.Value.Recordings.Count, read.Value.Events.Count, read.Value.NextKey));
    }

    [Fact]
    public async Task Nearest_OfACameraThatWentOffline_IsItsLastRecording()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var near = await scene.Get<CameraPast>().NearestAsync(
            tenant, SoracomCoverage.Japan, await IdAsync(tenant, "香川 坂出蓄電所"), new Period(Now.AddDays(-1), Now.AddHours(-1)), Now, Watchdog.Token);

        Assert.InRange(near.Value.Before!.Value, Now.AddDays(-4), Now.AddDays(-2));
        Assert.Null(near.Value.After);
    }

    [Fact]
    public async Task Nearest_BeforeWhatIsKept_IsTheFirstThatIs()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var near = await scene.Get<CameraPast>().NearestAsync(
            tenant, SoracomCoverage.Japan, await IdAsync(tenant, "川崎第一 正門"), new Period(Now.AddDays(-30), Now.AddDays(-29)), Now, Watchdog.Token);

        Assert.Null(near.Value.Before);
        Assert.InRange(near.Value.After!.Value, Now.AddDays(-15), Now.AddDays(-13));
    }

    [Fact]
    public async Task Events_OfADay_StandForThoseOfTheTimeline_AndHavePictures()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var camera = await IdAsync(tenant, "川崎第一 正門");
        var day = new Period(Now.AddDays(-2), Now.AddDays(-1));
        var past = await scene.Get<CameraPast>().ReadAsync(tenant, SoracomCoverage.Japan, camera, day, key: null, Watchdog.Token);

        var events = await scene.Get<CameraEvents>().ReadAsync(tenant, SoracomCoverage.Japan, camera, day, Watchdog.Token);

        Assert.False(events.Value.IsCutOff);
        Assert.All(past.Value.Events.Where(item => item.From >= day.From), item => Assert.NotNull(events.Value.Of(item)));
        var person = events.Value.Events.First(one => one.Labels.Contains("person", StringComparer.Ordinal));
        var picture = await scene.Get<CameraEvents>().PictureAsync(tenant, SoracomCoverage.Japan, camera, person, Watchdog.Token);
        Assert.Equal([0xFF, 0xD8], picture.Value[..2].ToArray());
        var told = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.CameraPictureFetched);
        Assert.Equal((camera, person.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)), (told.ObjectId, told.Detail));
    }

    [Fact]
    public async Task Picture_OfAnEventThatIsNotThere_IsGone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var nothing = new EventDetail("11111111-2222-3333-4444-555555555555", PastKind.Motion, Now.AddDays(-1), [], HasPicture: true, VideoFailed: false);

        var picture = await scene.Get<CameraEvents>().PictureAsync(tenant, SoracomCoverage.Japan, await IdAsync(tenant, "川崎第一 正門"), nothing, Watchdog.Token);

        Assert.IsType<Soracom.Portal.Shared.Errors.GoneError>(picture.Error);
    }

    private async Task<string> IdAsync(TenantContext tenant, string name) =>
        (await scene.Get<CameraList>().ReadAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Cameras.Single(camera => camera.Name == name).DeviceId;
}
