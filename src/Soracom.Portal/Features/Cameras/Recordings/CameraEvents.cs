using System.Globalization;
using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>
/// Reads what there is to know of cameras' events: labels, and pictures. Neither uses quota. The vendor hands pictures out at signed addresses,
/// which whoever knows them can read; they never leave this service.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="files">Fetches pictures.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class CameraEvents(TenantSoracom soracom, VendorFiles files, AuditTrail audit)
{
    /// <summary>So many events are read of a period, the newest.</summary>
    public const int Most = MostPages * PageSize;

    private const int PageSize = 100;
    private const int MostPages = 5;

    /// <summary>Somebody who looks at a picture again is recorded once.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromMinutes(10);

    /// <summary>The largest picture that is taken.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The events of a period (operation listSoraCamDeviceEventsForDevice).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">The period, which has begun.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The newest events, <see cref="Most"/> at most; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<EventsRead>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, Period period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        return await soracom.ReadAsync(tenant, coverage, (client, token) => ReadAsync(client.SoraCam, deviceId, period, token), cancellationToken);
    }

    /// <summary>The picture of an event, which the audit trail tells as it tells of stills (operation listSoraCamDeviceEventsForDevice, for an address that is good now).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A JPEG file; a <see cref="GoneError"/> where there is none any more; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<ReadOnlyMemory<byte>>> PictureAsync(
        TenantContext tenant, SoracomCoverage coverage, string deviceId, EventDetail happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(happened);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        var found = await soracom.ReadAsync(
            tenant,
            coverage,
            (client, token) => client.SoraCam.ListSoraCamDeviceEventsForDeviceAsync(
                deviceId, limit: PageSize, from: new UnixMilliseconds(happened.At), to: new UnixMilliseconds(happened.At.AddMilliseconds(1)), cancellationToken: token),
            linked.Token);
        if (found.Error is { } unread)
        {
            return unread;
        }

        var picture = found.Value.Items.FirstOrDefault(one => string.Equals(one.EventId, happened.EventId, StringComparison.Ordinal))?.EventInfo?.AtomEventV1?.Picture;
        if (picture is null)
        {
            return new GoneError();
        }

        var act = new AuditAct(AuditActions.CameraPictureFetched, AuditOutcome.Succeeded) { ObjectId = deviceId, Detail = happened.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        await audit.RecordOnceAsync(tenant, act, SameLook, linked.Token);
        return await files.ReadAsync(picture, coverage, MostBytes, linked.Token);
    }

    private static async Task<EventsRead> ReadAsync(ISoraCamApi cameras, string deviceId, Period period, CancellationToken cancellationToken)
    {
        var all = new List<EventDetail>();
        string? key = null;
        for (var page = 0; page < MostPages; page++)
        {
            var read = await cameras.ListSoraCamDeviceEventsForDeviceAsync(
                deviceId, key, PageSize, new UnixMilliseconds(period.From), new UnixMilliseconds(period.To), SortOrder.Descending, cancellationToken);
            all.AddRange(read.Items.SelectMany(Of));
            key = read.NextKey;
            if (key is null)
            {
                break;
            }
        }

        return new EventsRead(period, all, IsCutOff: key is not null);
    }

    private static IEnumerable<EventDetail> Of(CameraEvent one) => one.EventInfo?.AtomEventV1 is { } told && (told.StartTime ?? one.Time) is { } at
        ? [new EventDetail(one.EventId, PastItem.KindOf(told.Type), at, told.Labels ?? [], HasPicture: told.Picture is not null, VideoFailed: told.RecordingStatus == EventRecordingStatus.Failed)]
        : [];
}

/// <summary>What there is to know of an event besides its time.</summary>
/// <param name="EventId">The vendor's id.</param>
/// <param name="Kind">What was noticed.</param>
/// <param name="At">When it began.</param>
/// <param name="Labels">What was seen, in the vendor's words.</param>
/// <param name="HasPicture">Whether there is a picture of its beginning.</param>
/// <param name="VideoFailed">Whether its video could not be kept.</param>
public sealed record EventDetail(string EventId, PastKind Kind, DateTimeOffset At, IReadOnlyList<string> Labels, bool HasPicture, bool VideoFailed);

/// <summary>Events of a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="Events">The events.</param>
/// <param name="IsCutOff">Whether there are older ones in it that were not read.</param>
public sealed record EventsRead(Period Period, IReadOnlyList<EventDetail> Events, bool IsCutOff)
{
    private readonly ILookup<(PastKind Kind, long Second), EventDetail> bySecond = Events.ToLookup(one => (one.Kind, one.At.ToUnixTimeSeconds()));

    /// <summary>What is known of an event: the two lists of the vendor name no common id.</summary>
    /// <param name="item">The event.</param>
    /// <returns>The one of the same kind that began at the same moment; null where none did.</returns>
    public EventDetail? Of(PastItem item) => bySecond[(item.Kind, item.From.ToUnixTimeSeconds())].FirstOrDefault(one => one.At == item.From);
}
