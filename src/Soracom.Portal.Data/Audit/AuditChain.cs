using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Audit;

/// <summary>
/// Chains each tenant's audit entries, and the installation's own: each holds a hash over what it says and the hash of the one before, so
/// that what was altered, removed or inserted behind the portal's back is found.
/// </summary>
internal static class AuditChain
{
    /// <summary>What the first entry of a chain has before it.</summary>
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    /// <summary>Of entries that say none of what was added since: as all were hashed before.</summary>
    private const byte FirstFormat = 1;

    /// <summary>Of entries that say on whose behalf, what was before and after, why, or which call of the vendor's.</summary>
    private const byte Format = 2;

    /// <summary>Gives new entries their places. Whoever does so in the same chain waits until this transaction has ended.</summary>
    /// <param name="db">A context in a transaction.</param>
    /// <param name="entries">The entries, in the order in which they are saved; of one chain.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task LinkAsync(PortalDbContext db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var chain = entries[0].TenantId ?? Guid.Empty;
        var heads = db.Set<AuditHead>().Where(head => head.Id == chain);
        if (await TakeAsync() == 0)
        {
            await BeginAsync(db, chain, cancellationToken);
            await TakeAsync();
        }

        var taken = await heads.AsNoTracking().SingleAsync(cancellationToken);
        var (number, hash) = (taken.Number - entries.Count, taken.Hash);
        foreach (var entry in entries)
        {
            hash = HashOf(entry, ++number, hash);
            (entry.Number, entry.Hash) = (number, hash);
        }

        await heads.ExecuteUpdateAsync(set => set.SetProperty(head => head.Hash, hash), cancellationToken);

        Task<int> TakeAsync() => heads.ExecuteUpdateAsync(set => set.SetProperty(head => head.Number, head => head.Number + entries.Count), cancellationToken);
    }

    /// <summary>An entry's hash: SHA-256 over its chain, place and contents, each with its length, and the hash of the one before.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="number">Its place.</param>
    /// <param name="before">The hash of the one before.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] HashOf(AuditEntry entry, long number, byte[] before)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] added = [entry.OnBehalfOf, entry.Before, entry.After, entry.Reason, entry.VendorRequestId];
        var isFirst = added.All(text => text is null);
        hash.AppendData([isFirst ? FirstFormat : Format]);
        hash.AppendData((entry.TenantId ?? Guid.Empty).ToByteArray());
        Add(number);
        hash.AppendData(before);
        Add(entry.At.UtcTicks);
        AddText(entry.ActorId?.ToString());
        AddText(entry.ActorName);
        AddText(entry.SessionId?.ToString());
        AddText(entry.Address);
        AddText(entry.Action);
        AddText(entry.ObjectId);
        AddText(entry.ObjectName);
        AddText(entry.Outcome.ToString());
        AddText(entry.RequestId);
        AddText(entry.Detail);
        foreach (var text in isFirst ? [] : added)
        {
            AddText(text);
        }

        return hash.GetHashAndReset();

        void Add(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            hash.AppendData(bytes);
        }

        void AddText(string? text)
        {
            // Nothing and the empty text are not the same.
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            Add(text is null ? -1 : bytes.Length);
            hash.AppendData(bytes);
        }
    }

    /// <summary>Begins a chain, unless somebody else does so at the same moment.</summary>
    private static async Task BeginAsync(PortalDbContext db, Guid chain, CancellationToken cancellationToken)
    {
        var unchained = await db.AuditEntries.LongCountAsync(entry => entry.Number == null, cancellationToken);
        await (db.Database.IsSqlite()
            ? db.Database.ExecuteSqlAsync($"INSERT OR IGNORE INTO AuditHeads (Id, Number, Hash, Unchained) VALUES ({chain}, 0, {Beginning}, {unchained})", cancellationToken)
            : db.Database.ExecuteSqlAsync(
                $"INSERT INTO AuditHeads (Id, Number, Hash, Unchained) SELECT {chain}, 0, {Beginning}, {unchained} WHERE NOT EXISTS (SELECT 1 FROM AuditHeads WITH (UPDLOCK, HOLDLOCK) WHERE Id = {chain})",
                cancellationToken));
    }
}
