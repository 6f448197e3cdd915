using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.SoraCam;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>Reads when cameras recorded and what they noticed. The vendor hands it out in pages whose size can't be chosen, and charges nothing for it.</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class CameraPast(TenantSoracom soracom)
{
    /// <summary>So many pages are read at once; then what was read is shown.</summary>
    public const int PagesAtOnce = 5;

    /// <summary>Reads a part of a period, the newest first (operation listSoraCamDeviceRecordingsAndEvents).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">The period, which has begun.</param>
    /// <param name="key">Where the part before ended; null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was read, or a <see cref="VendorError"/>. Where nothing was recorded, there is nothing in it.</returns>
    public async Task<Result<PastPart>> ReadAsync(
        TenantContext tenant, SoracomCoverage coverage, string deviceId, Period period, string? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        return await NothingIsNoErrorAsync(soracom.ReadAsync(tenant, coverage, (client, token) => ReadAsync(client.SoraCam, deviceId, period, key, token), cancellationToken));
    }

    /// <summary>What was recorded nearest before and after a period in which nothing was (operation listSoraCamDeviceRecordingsAndEvents, twice).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">The period, which has begun.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The end of the recording before and the beginning of the one after, as far as one page tells; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<NearestRecordings>> NearestAsync(
        TenantContext tenant, SoracomCoverage coverage, string deviceId, Period period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        var before = await PageAsync(from: null, period.From, SortOrder.Descending);
        if (before.Error is { } unread)
        {
            return unread;
        }

        var after = period.To < now ? await PageAsync(period.To, to: null, SortOrder.Ascending) : Result.Of(PastPart.Nothing);
        return after.Error is { } error
            ? error
            : new NearestRecordings(
                before.Value.Recordings.Select(item => (DateTimeOffset?)item.Until(now).To).Where(end => end <= period.From).Max(),
                after.Value.Recordings.Select(item => (DateTimeOffset?)item.From).Where(start => start >= period.To).Min());

        Task<Result<PastPart>> PageAsync(DateTimeOffset? from, DateTimeOffset? to, string sort) => NothingIsNoErrorAsync(soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => Of(
                (await client.SoraCam.ListSoraCamDeviceRecordingsAndEventsAsync(
                    deviceId, from: from is { } first ? new UnixMilliseconds(first) : null, to: to is { } last ? new UnixMilliseconds(last) : null, sort: sort, cancellationToken: token)).Content,
                nextKey: null),
            cancellationToken));
    }

    private static async Task<PastPart> ReadAsync(ISoraCamApi cameras, string deviceId, Period period, string? key, CancellationToken cancellationToken)
    {
        var all = PastPart.Nothing;
        for (var page = 0; page < PagesAtOnce; page++)
        {
            var read = await cameras.ListSoraCamDeviceRecordingsAndEventsAsync(
                deviceId, key, new UnixMilliseconds(period.From), new UnixMilliseconds(period.To), SortOrder.Descending, cancellationToken);
            all = all.And(Of(read.Content, read.NextKey));
            key = read.NextKey;
            if (key is null)
            {
                break;
            }
        }

        return all;
    }

    private static PastPart Of(RecordingsAndEvents content, string? nextKey) => new(
        [.. (content.Records ?? []).SelectMany(recording => Item(PastKind.Recording, recording.StartTime, recording.EndTime))],
        [.. (content.Events ?? []).SelectMany(happening => Item(PastItem.KindOf(happening.Type), happening.StartTime, happening.EndTime))],
        nextKey);

    private static IEnumerable<PastItem> Item(PastKind kind, DateTimeOffset? start, DateTimeOffset? end) => start is { } from ? [new PastItem(kind, from, end)] : [];

    /// <summary>The vendor's way of saying that nothing was recorded then is that nothing was found.</summary>
    private static async Task<Result<PastPart>> NothingIsNoErrorAsync(Task<Result<PastPart>> reading)
    {
        var read = await reading;
        return read.Error is VendorError { Kind: VendorErrorKind.NotFound } ? PastPart.Nothing : read;
    }
}

/// <summary>A part of a camera's past.</summary>
/// <param name="Recordings">When it recorded.</param>
/// <param name="Events">What it noticed.</param>
/// <param name="NextKey">Where the next part begins; null for the last.</param>
internal sealed record PastPart(IReadOnlyList<PastItem> Recordings, IReadOnlyList<PastItem> Events, string? NextKey)
{
    /// <summary>A part with nothing in it.</summary>
    public static readonly PastPart Nothing = new([], [], NextKey: null);

    /// <summary>The earliest moment that something in it begins at; null where there is nothing.</summary>
    public DateTimeOffset? Oldest => Recordings.Concat(Events).Select(item => (DateTimeOffset?)item.From).Min();

    /// <summary>This part and the one that follows it.</summary>
    public PastPart And(PastPart next) => new([.. Recordings, .. next.Recordings], [.. Events, .. next.Events], next.NextKey);
}

/// <summary>Recordings around a period without any.</summary>
/// <param name="Before">The end of the last before it; null where none is known.</param>
/// <param name="After">The beginning of the first after it; null where none is known.</param>
public sealed record NearestRecordings(DateTimeOffset? Before, DateTimeOffset? After);
