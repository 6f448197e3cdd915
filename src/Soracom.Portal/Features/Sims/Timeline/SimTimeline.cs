using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Timeline;

/// <summary>
/// What happened to a SIM, from three sources in the order of time: its sessions (operation listSimSessionEvents), its status history
/// (listSimStatusHistory), and what people did through the portal (the audit trail).
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database.</param>
internal sealed class SimTimeline(TenantSoracom soracom, PortalDatabase database)
{
    /// <summary>Items of one stretch.</summary>
    public const int PageSize = 40;

    /// <summary>What is read of a source at once.</summary>
    private const int SourcePageSize = 100;

    /// <summary>The most pages of each source that one stretch may cost.</summary>
    private const int MostRounds = 10;

    /// <summary>A stretch of a SIM's timeline.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="query">Which kinds.</param>
    /// <param name="mark">Where to go on; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The stretch, which tells what of it could not be read; or the error when nothing could be. The portal's own entries are only
    /// there for those who may read the audit trail.
    /// </returns>
    public async Task<Result<TimelinePage>> ReadAsync(
        TenantContext tenant, SoracomCoverage coverage, string simId, TimelineQuery query, TimelineMark? mark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var isPortalLeftOut = (query.Kind is null or TimelineKind.Portal) && !tenant.May(Permission.AuditRead);
        var sources = mark?.Sources.ToArray()
            ?? [.. Enum.GetValues<TimelineKind>().Where(kind => (query.Kind ?? kind) == kind && (kind != TimelineKind.Portal || !isPortalLeftOut)).Select(kind => new TimelineSource(kind))];
        var items = new List<TimelineItem>(PageSize);
        for (var round = 0; round < MostRounds && items.Count < PageSize && sources.Any(NeedsReading); round++)
        {
            sources = await Task.WhenAll(sources.Select(source => NeedsReading(source) ? FetchAsync(tenant, coverage, simId, source, cancellationToken) : Task.FromResult(source)));
            Take(sources, items);
        }

        Take(sources, items);
        var missing = sources.Where(source => source.Error is not null).ToDictionary(source => source.Kind, source => source.Error!);
        return mark is null && items.Count == 0 && missing.Count > 0 && missing.Count == sources.Length
            ? missing.Values.First()
            : new TimelinePage(items, sources.All(source => source.HasEnded && source.Waiting.IsEmpty) ? null : new TimelineMark(sources), missing, isPortalLeftOut);
    }

    private static bool NeedsReading(TimelineSource source) => !source.HasEnded && source.Waiting.IsEmpty;

    /// <summary>Moves the newest items over, as long as no source that was not read to its end may hold a newer one.</summary>
    private static void Take(TimelineSource[] sources, List<TimelineItem> items)
    {
        while (items.Count < PageSize && !sources.Any(NeedsReading))
        {
            var newest = -1;
            for (var at = 0; at < sources.Length; at++)
            {
                if (!sources[at].Waiting.IsEmpty && (newest < 0 || sources[at].Waiting[0].At > sources[newest].Waiting[0].At))
                {
                    newest = at;
                }
            }

            if (newest < 0)
            {
                return;
            }

            items.Add(sources[newest].Waiting[0]);
            sources[newest] = sources[newest] with { Waiting = sources[newest].Waiting.RemoveAt(0) };
        }
    }

    private async Task<TimelineSource> FetchAsync(TenantContext tenant, SoracomCoverage coverage, string simId, TimelineSource source, CancellationToken cancellationToken)
    {
        if (source.Kind == TimelineKind.Portal)
        {
            return await FetchEntriesAsync(tenant, simId, source, cancellationToken);
        }

        var read = await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) =>
            {
                if (source.Kind == TimelineKind.Status)
                {
                    var entries = await client.Sims.ListSimStatusHistoryAsync(simId, lastEvaluatedKey: source.NextKey, limit: SourcePageSize, cancellationToken: token);
                    return source.WithStatuses(entries.Items, entries.NextKey);
                }

                var events = await client.Sims.ListSimSessionEventsAsync(simId, limit: SourcePageSize, lastEvaluatedKey: source.NextKey, cancellationToken: token);
                return source.With(events.Items.Where(one => one.Time is not null).Select(one => new TimelineItem.Session(one.Time!.Value, one)), events.NextKey);
            },
            cancellationToken);
        return read.Error is { } error ? source with { HasEnded = true, Error = error } : read.Value;
    }

    private async Task<TimelineSource> FetchEntriesAsync(TenantContext tenant, string simId, TimelineSource source, CancellationToken cancellationToken)
    {
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        var before = source.NextKey is { } key ? long.Parse(key, CultureInfo.InvariantCulture) : long.MaxValue;
        await using var db = database.ForTenant(tenant.TenantId);
        var entries = await db.AuditEntries.AsNoTracking()
            // What was about to be done stands twice in the trail; here its outcome is enough.
            .Where(entry => entry.ObjectId == simId && entry.Id < before && entry.Outcome != AuditOutcome.Begun)
            .OrderByDescending(entry => entry.Id)
            .Take(SourcePageSize)
            .ToListAsync(cancellationToken);
        return source.With(
            entries.Select(entry => new TimelineItem.Portal(entry.At, entry)), entries.Count < SourcePageSize ? null : entries[^1].Id.ToString(CultureInfo.InvariantCulture));
    }
}
