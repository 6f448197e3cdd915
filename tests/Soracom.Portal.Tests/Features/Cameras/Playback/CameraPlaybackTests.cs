using System.Net;
using System.Text;
using System.Xml.Linq;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Cameras.Playback;

/// <summary>Playing footage, from the vendor's address to the bytes that the browser gets: for whom, at what cost, and what becomes of what fails.</summary>
public sealed class CameraPlaybackTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;
    private const string Recording = "東京 豊洲充電ステーション";
    private const string UsedUp = "福岡 糸島太陽光";
    private const string Offline = "香川 坂出蓄電所";
    private const string NoLicence = "沖縄 名護 予備機";

    private PortalScene scene = null!;
    private SignedIn person = null!;
    private TenantContext tenant = null!;
    private string camera = "";

    private CameraPlayback Playback => scene.Get<CameraPlayback>();

    /// <summary>A minute of yesterday's noon.</summary>
    private Period Minute { get; set; }

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        person = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Operator);
        tenant = await scene.OpenAsync(person, PortalScene.Nagisa);
        camera = await IdAsync(Recording);
        var noon = new DateTimeOffset(scene.Clock.GetUtcNow().UtcDateTime.Date.AddDays(-1).AddHours(3), TimeSpan.Zero);
        Minute = new Period(noon, noon.AddMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Start_APeriod_IsPlayedFromItsManifest_ChargedOnce_AndInTheTrail()
    {
        var before = await UsedAsync();

        var playback = (await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Value;
        var manifest = (await Playback.ManifestAsync(tenant, playback.Id, 0, Watchdog.Token)).Value;
        var media = XDocument.Load(new MemoryStream(manifest.ToArray())).Descendants().Single(one => one.Name.LocalName == "SegmentTemplate");
        await using var first = (await Playback.FileAsync(tenant, playback.Id, 0, NumberOf(media, "initialization"), _ => null, Watchdog.Token)).Value;
        await using var last = (await Playback.FileAsync(tenant, playback.Id, 0, NumberOf(media, "media"), name => name == "Number" ? "14" : null, Watchdog.Token)).Value;

        Assert.Equal(Minute, Assert.Single(playback.Parts).Period);
        Assert.Equal(("ftyp", "styp"), (await BoxAsync(first), await BoxAsync(last)));
        Assert.DoesNotContain("http://127", Encoding.UTF8.GetString(manifest.Span), StringComparison.Ordinal);
        Assert.Equal(before + TimeSpan.FromMinutes(1), await UsedAsync());
        var trail = (await scene.TrailAsync(PortalScene.Nagisa)).Where(entry => entry.Action == AuditActions.FootagePlayed).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], trail.Select(entry => entry.Outcome));
        Assert.Equal((camera, $"{Minute.From:u} - {Minute.To:u}, 60 s"), (trail[1].ObjectId, trail[1].Detail));
        Assert.All(trail, entry => Assert.DoesNotContain("http", entry.Detail!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_TheNewest_IsFiveMinutes()
    {
        var before = await UsedAsync();

        var playback = (await Playback.StartAsync(tenant, Japan, camera, period: null, agreed: null, Watchdog.Token)).Value;

        Assert.Null(Assert.Single(playback.Parts).Period);
        Assert.Equal(before + CameraPlayback.Newest, await UsedAsync());
        Assert.Equal("newest, 300 s", (await scene.TrailAsync(PortalScene.Nagisa)).Last(entry => entry.Action == AuditActions.FootagePlayed).Detail);
    }

    [Fact]
    public async Task Files_OfSomebodyElse_OfAnotherTenant_OrOfNothing_AreGone()
    {
        var playback = (await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Value;
        using var other = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);
        await scene.JoinAsync(person.PersonId, PortalScene.Aoba, TenantRole.Owner);
        using var elsewhere = await scene.OpenAsync(person, PortalScene.Aoba);

        Assert.IsType<GoneError>((await Playback.ManifestAsync(other, playback.Id, 0, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Playback.ManifestAsync(elsewhere, playback.Id, 0, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Playback.ManifestAsync(tenant, "nothing", 0, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Playback.ManifestAsync(tenant, playback.Id, 1, Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Playback.FileAsync(tenant, playback.Id, 0, 0, _ => null, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Addresses_AnswerWhoHasItOpen_AndNobodyElse()
    {
        var playback = (await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Value;
        var manifest = PortalUrls.Playback(PortalScene.Nagisa, playback.Id, 0);
        using var mine = new Visitor(scene, person);
        using var others = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var billing = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Billing));
        using var stranger = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));
        using var nobody = new Visitor(scene);

        var got = await mine.DownloadAsync(manifest);
        var first = await mine.DownloadAsync(manifest.Replace("manifest.mpd", "0.mp4", StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.OK, DashManifest.ContentType, "no-store"), (got.Status, got.Headers["Content-Type"], got.Headers["Cache-Control"]));
        Assert.Equal((HttpStatusCode.OK, "video/mp4", "no-store"), (first.Status, first.Headers["Content-Type"], first.Headers["Cache-Control"]));
        Assert.Equal(HttpStatusCode.Gone, (await mine.DownloadAsync(manifest.Replace("manifest.mpd", "99.mp4", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.Gone, (await others.DownloadAsync(manifest)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await billing.DownloadAsync(manifest)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DownloadAsync(manifest)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.DownloadAsync(manifest)).Status);
    }

    [Fact]
    public async Task Files_AfterTheVendorsAddressHasEnded_OrItWasClosed_AreGone()
    {
        var playback = (await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Value;
        var closed = (await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Value;
        scene.Get<PlaybackBook>().Close(closed.Id);
        Assert.IsType<GoneError>((await Playback.ManifestAsync(tenant, closed.Id, 0, Watchdog.Token)).Error);
        Assert.Null((await Playback.ManifestAsync(tenant, playback.Id, 0, Watchdog.Token)).Error);

        scene.Clock.Advance(playback.Until - scene.Clock.GetUtcNow());
        using var later = await scene.OpenAsync(person, PortalScene.Nagisa);

        Assert.IsType<GoneError>((await Playback.ManifestAsync(later, playback.Id, 0, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Start_WithoutARecording_OrALicence_OrAConnection_SaysWhich_AndChargesNothing()
    {
        var before = await UsedAsync();
        var future = new Period(scene.Clock.GetUtcNow().AddDays(2), scene.Clock.GetUtcNow().AddDays(2).AddMinutes(1));

        Assert.IsType<CameraNothingRecordedError>((await Playback.StartAsync(tenant, Japan, camera, future, agreed: null, Watchdog.Token)).Error);
        Assert.IsType<CameraNoLicenceError>((await Playback.StartAsync(tenant, Japan, await IdAsync(NoLicence), period: null, agreed: null, Watchdog.Token)).Error);
        Assert.IsType<CameraNotConnectedError>((await Playback.StartAsync(tenant, Japan, await IdAsync(Offline), period: null, agreed: null, Watchdog.Token)).Error);
        // It has a past all the same.
        Assert.IsType<CameraNothingRecordedError>((await Playback.StartAsync(tenant, Japan, await IdAsync(Offline), Minute, agreed: null, Watchdog.Token)).Error);
        Assert.Equal(VendorErrorKind.NotFound, Assert.IsType<VendorError>((await Playback.StartAsync(tenant, Japan, "02CA00000000", Minute, agreed: null, Watchdog.Token)).Error).Kind);
        Assert.Equal(before, await UsedAsync());
    }

    [Fact]
    public async Task Start_TheNewestOfACameraThatSleeps_SaysThatItSleeps()
    {
        await PutToSleepAsync();
        scene.Clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<CameraAsleepError>((await Playback.StartAsync(tenant, Japan, camera, period: null, agreed: null, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Start_NoQuotaLeft_SaysSo() =>
        Assert.IsType<CameraQuotaUsedError>((await Playback.StartAsync(tenant, Japan, await IdAsync(UsedUp), Minute, agreed: null, Watchdog.Token)).Error);

    [Fact]
    public async Task Start_TheQuotaCanNotBeRead_IsNotSent_UntilThatWasSeen()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam/devices/*/exports/usage", Count = 1000 });

        var unread = Assert.IsType<CameraQuotaUnreadError>((await Playback.StartAsync(tenant, Japan, camera, Minute, new CameraAgreed(TimeSpan.FromMinutes(1), TimeSpan.Zero), Watchdog.Token)).Error);

        Assert.Equal(new CameraAgreed(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)) { Unread = true }, unread.Now);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.Action == AuditActions.FootagePlayed);
        Assert.Null((await Playback.StartAsync(tenant, Japan, camera, Minute, unread.Now, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData(400, VendorErrorKind.Refused)]
    [InlineData(403, VendorErrorKind.Denied)]
    public async Task Start_RefusedForAnythingElse_IsNotTakenForAUsedUpQuota(int status, VendorErrorKind kind)
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = status, Path = "/v1/sora_cam/devices/*/stream", Count = 2 });

        Assert.Equal(kind, Assert.IsType<VendorError>((await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token)).Error).Kind);
        Assert.IsType<CameraQuotaUsedError>((await Playback.StartAsync(tenant, Japan, await IdAsync(UsedUp), Minute, agreed: null, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(901)]
    public async Task Start_TooLongOrNothing_IsNotSent(int seconds)
    {
        Assert.IsType<InputError>((await Playback.StartAsync(tenant, Japan, camera, Minute with { To = Minute.From.AddSeconds(seconds) }, agreed: null, Watchdog.Token)).Error);

        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.Action == AuditActions.FootagePlayed);
    }

    [Fact]
    public async Task Start_TheAnswerIsLost_IsNotAskedAgain_AndSaysThatItIsNotKnown()
    {
        var before = await UsedAsync();
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Path = $"/v1/sora_cam/devices/{camera}/stream", Afterwards = true });

        var started = await Playback.StartAsync(tenant, Japan, camera, Minute, agreed: null, Watchdog.Token);

        Assert.True(Assert.IsType<VendorError>(started.Error).OutcomeUnknown);
        Assert.Equal(before + TimeSpan.FromMinutes(1), await UsedAsync());
        Assert.Equal(AuditOutcome.Unknown, (await scene.TrailAsync(PortalScene.Nagisa)).Last(entry => entry.Action == AuditActions.FootagePlayed).Outcome);
    }

    private static int NumberOf(XElement template, string name) => int.Parse(template.Attribute(name)!.Value.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> BoxAsync(VendorFile file)
    {
        var head = new byte[8];
        await file.Content.ReadExactlyAsync(head, Watchdog.Token);
        return Encoding.ASCII.GetString(head, 4, 4);
    }

    private async Task PutToSleepAsync()
    {
        var put = await scene.Get<TenantSoracom>().ReadAsync(
            tenant,
            Japan,
            async (client, token) =>
            {
                await client.SoraCam.SetSoraCamDevicePowerStateAsync(camera, new CameraPower { PowerState = CameraPowerState.Sleep }, token);
                return true;
            },
            Watchdog.Token);
        Assert.Null(put.Error);
    }

    private async Task<TimeSpan> UsedAsync() => (await scene.Get<CameraReader>().QuotaAsync(tenant, Japan, camera, Watchdog.Token)).Value.Used;

    private async Task<string> IdAsync(string name) => (await scene.Get<CameraList>().ReadAsync(tenant, Japan, Watchdog.Token)).Cameras.Single(one => one.Name == name).DeviceId;
}
