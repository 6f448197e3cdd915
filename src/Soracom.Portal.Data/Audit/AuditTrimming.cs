using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Audit;

/// <summary>Removes the oldest entries of a tenant's chain, and leaves an anchor from which the rest is verified.</summary>
public static class AuditTrimming
{
    /// <summary>The most entries that go at once: fewer than what has SQL Server lock the whole table.</summary>
    public const int MostAtOnce = 1_000;

    /// <summary>How much longer entries stay than they are kept: the database, which goes by its own clock, is not to refuse what goes by another.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <summary>Removes the oldest entries that are older than the tenant keeps them, unless something is wrong with them: what was forged stays to be found.</summary>
    /// <param name="db">A context of the tenant, in a transaction. The caller adds the entry that tells of it, and saves it in the same.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="keptDays">For how many days entries are kept; at least <see cref="AuditAnchor.LeastDays"/> and at most <see cref="AuditAnchor.MostDays"/>. A day later they go.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was removed; null where there is nothing to remove.</returns>
    /// <exception cref="AuditChainBrokenException">The entries are not as they were written; none was removed.</exception>
    public static async Task<AuditTrimmed?> RunAsync(PortalDbContext db, Guid tenantId, int keptDays, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentOutOfRangeException.ThrowIfLessThan(keptDays, AuditAnchor.LeastDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keptDays, AuditAnchor.MostDays);
        var anchors = db.Set<AuditAnchor>();
        var former = await anchors.AsNoTracking().SingleOrDefaultAsync(anchor => anchor.Id == tenantId, cancellationToken);
        var (removed, hash) = (former?.Number ?? 0, former?.Hash ?? AuditChain.Beginning);
        var olderThan = now.ToUniversalTime().AddDays(-keptDays) - Slack;
        if (former?.OlderThan > olderThan)
        {
            // Kept for longer since: what is older than the former limit is gone already.
            return null;
        }

        var oldest = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Number > removed)
            .OrderBy(entry => entry.Number)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
        var last = removed;
        foreach (var entry in oldest.TakeWhile(entry => entry.At < olderThan))
        {
            if (entry.Number != last + 1 || entry.Hash is null || !entry.Hash.AsSpan().SequenceEqual(AuditChain.HashOf(entry, last + 1, hash)))
            {
                throw new AuditChainBrokenException($"The audit trail of tenant {tenantId} is not whole at {last + 1}.");
            }

            (last, hash) = (last + 1, entry.Hash);
        }

        if (last == removed)
        {
            return null;
        }

        // First where the chain begins from now on, which the database compares with the entry that is still there; then what may go by that.
        if (former is null)
        {
            anchors.Add(new AuditAnchor { Id = tenantId, Number = last, Hash = hash, OlderThan = olderThan, RemovedAt = now, KeptDays = keptDays });
            await db.SaveChangesAsync(cancellationToken);
        }
        else
        {
            await anchors.Where(anchor => anchor.Id == tenantId).ExecuteUpdateAsync(
                set => set.SetProperty(anchor => anchor.Number, last)
                    .SetProperty(anchor => anchor.Hash, hash)
                    .SetProperty(anchor => anchor.OlderThan, olderThan)
                    .SetProperty(anchor => anchor.RemovedAt, now)
                    .SetProperty(anchor => anchor.KeptDays, keptDays),
                cancellationToken);
        }

        // What has a place before the former anchor was inserted, and stays to be found.
        var gone = await db.AuditEntries.Where(entry => entry.Number > removed && entry.Number <= last).ExecuteDeleteAsync(cancellationToken);
        if (gone != last - removed)
        {
            throw new AuditChainBrokenException($"Of the audit trail of tenant {tenantId}, {gone} entries would go in place of those from {removed + 1} to {last}.");
        }

        return new AuditTrimmed(last - removed, last, hash, olderThan);
    }
}

/// <summary>Entries that were removed from the beginning of a chain.</summary>
/// <param name="Entries">How many.</param>
/// <param name="Last">The place of the last of them.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="OlderThan">All of them were older than this.</param>
public sealed record AuditTrimmed(long Entries, long Last, byte[] Hash, DateTimeOffset OlderThan)
{
    /// <summary>What the trail says of where the chain begins since.</summary>
    public string Told => Convert.ToHexStringLower(Hash);
}

/// <summary>Entries of the audit trail are not as they were written.</summary>
public sealed class AuditChainBrokenException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AuditChainBrokenException()
        : this("The audit trail is not whole.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Which entries.</param>
    public AuditChainBrokenException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">Which entries.</param>
    /// <param name="innerException">The cause.</param>
    public AuditChainBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
