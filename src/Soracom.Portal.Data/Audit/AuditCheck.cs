using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Audit;

/// <summary>What became of a chain of audit entries when it was looked through.</summary>
/// <param name="Entries">How many entries were looked at.</param>
/// <param name="Unchained">How many there are from before the chain began, of which nothing can be said.</param>
/// <param name="Head">The last entry's hash, to be kept where the database's masters can't reach it; null for an empty chain.</param>
/// <param name="Faults">What was found; the first <see cref="MostFaults"/>.</param>
public sealed record AuditCheck(long Entries, long Unchained, byte[]? Head, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>Where the chain begins since its oldest entries were removed; null where it has them all.</summary>
    public AuditAnchor? Anchor { get; init; }

    /// <summary>For how many days the entries say that the trail is kept; null for ever.</summary>
    public int? KeptDays { get; init; }

    /// <summary>The most faults that are told.</summary>
    public const int MostFaults = 100;

    /// <summary>Looks through the chain of a context's tenant, or the installation's own.</summary>
    /// <param name="db">The context.</param>
    /// <param name="chain">The tenant; <see cref="Guid.Empty"/> for the installation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was found.</returns>
    public static async Task<AuditCheck> RunAsync(PortalDbContext db, Guid chain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        while (true)
        {
            var (anchor, setting) = (await AnchorAsync(), await SettingAsync());
            var check = await RunAsync(db, chain, anchor, setting, cancellationToken);
            if ((await AnchorAsync())?.Number == anchor?.Number && await SettingAsync() == setting)
            {
                return check;
            }

            // The oldest were removed meanwhile, or are kept for another time: once more, from the new beginning.
        }

        Task<AuditAnchor?> AnchorAsync() => db.Set<AuditAnchor>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == chain, cancellationToken);
        Task<Setting?> SettingAsync() => db.Tenants.Where(row => row.Id == chain).Select(row => new Setting(row.AuditKeepDays)).SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<AuditCheck> RunAsync(PortalDbContext db, Guid chain, AuditAnchor? anchor, Setting? setting, CancellationToken cancellationToken)
    {
        var faults = new List<AuditFault>();

        // The end first: what is added meanwhile lies behind it.
        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == chain, cancellationToken);
        var (seen, next, before) = (0L, (anchor?.Number ?? 0) + 1, anchor?.Hash ?? AuditChain.Beginning);
        var isAnchorTold = anchor is null;
        var kept = (int?)null;
        await foreach (var entry in db.AuditEntries.AsNoTracking().Where(row => row.Number != null).OrderBy(row => row.Number).ThenBy(row => row.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var number = entry.Number!.Value;
            if (number > (head?.Number ?? 0))
            {
                break;
            }

            seen++;
            if (number < next)
            {
                Add(AuditFaultKind.Inserted, number, entry.Id);
                continue;
            }

            if (number > next)
            {
                Add(AuditFaultKind.Missing, next, null);
            }
            else if (entry.Hash is not { } hash || !hash.AsSpan().SequenceEqual(AuditChain.HashOf(entry, number, before)))
            {
                Add(AuditFaultKind.Altered, number, entry.Id);
            }

            isAnchorTold |= entry.Action == AuditActions.AuditTrimmed && entry.ObjectId == anchor?.Number.ToString(CultureInfo.InvariantCulture) && entry.After == anchor?.Told;
            kept = AuditKept.After(entry, kept);
            (next, before) = (number + 1, entry.Hash ?? AuditChain.Beginning);
        }

        if (setting is not null && anchor is null && seen == 0 && (head is null || head is { Number: 0, Unchained: 0 }) && !await db.AuditEntries.AnyAsync(cancellationToken))
        {
            // A tenant that is there was added at least: where nothing tells of it, all of the trail and its end are gone.
            Add(AuditFaultKind.Missing, 1, null);
        }
        else if (head is not null && next <= head.Number)
        {
            Add(AuditFaultKind.Missing, next, null);
        }
        else if (head is not null && !before.AsSpan().SequenceEqual(head.Hash))
        {
            Add(AuditFaultKind.EndDiffers, head.Number, null);
        }

        if (!isAnchorTold)
        {
            // Whoever moves the beginning has the trail tell of it.
            Add(AuditFaultKind.BeginningDiffers, anchor!.Number, null);
        }

        if (setting is not null && setting.Days != kept)
        {
            // Whoever changes it has the trail tell of it. Of a tenant that was removed there is none, and nothing goes any more.
            Add(AuditFaultKind.KeepDiffers, 0, null);
        }

        await CheckOutsideAsync();
        return new AuditCheck(seen, head?.Unchained ?? 0, head is null || head.Number == 0 ? null : head.Hash, faults) { Anchor = anchor, KeptDays = kept };

        void Add(AuditFaultKind kind, long number, long? entryId)
        {
            if (faults.Count < MostFaults)
            {
                faults.Add(new AuditFault(kind, number, entryId));
            }
        }

        // What lies outside of the chain: behind its end, and without a place.
        async Task CheckOutsideAsync()
        {
            var now = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == chain, cancellationToken);
            var end = now?.Number ?? 0;
            foreach (var behind in await db.AuditEntries.Where(row => row.Number > end).OrderBy(row => row.Number).Select(row => new { row.Id, row.Number }).Take(MostFaults).ToListAsync(cancellationToken))
            {
                Add(AuditFaultKind.Inserted, behind.Number!.Value, behind.Id);
            }

            var unchained = await db.AuditEntries.LongCountAsync(row => row.Number == null, cancellationToken);
            if (now is not null && unchained != now.Unchained)
            {
                Add(unchained > now.Unchained ? AuditFaultKind.Inserted : AuditFaultKind.Missing, 0, null);
            }
        }
    }

    /// <summary>For how many days the tenant's row says that the trail is kept.</summary>
    private sealed record Setting(int? Days);
}

/// <summary>Something that is not as it was written.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The place in the chain; 0 for what has none.</param>
/// <param name="EntryId">The entry; null where it is missing.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Number, long? EntryId);

/// <summary>What can be wrong with a chain of audit entries.</summary>
public enum AuditFaultKind
{
    /// <summary>An entry does not say what it said.</summary>
    Altered,

    /// <summary>One or more entries are not there, from that place on.</summary>
    Missing,

    /// <summary>An entry was not written by the portal.</summary>
    Inserted,

    /// <summary>The chain ends otherwise than it did.</summary>
    EndDiffers,

    /// <summary>The chain begins where the trail does not say: more was removed than by the portal.</summary>
    BeginningDiffers,

    /// <summary>The tenant's row says another time for which the trail is kept than the trail itself: no owner said so.</summary>
    KeepDiffers,
}
