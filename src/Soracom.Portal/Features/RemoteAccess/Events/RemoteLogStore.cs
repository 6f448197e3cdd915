using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Api.AuditLogs;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Writes the portal's own log of remote access.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class RemoteLogStore(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How long what was read is new enough for those who don't ask for it anew.</summary>
    private static readonly TimeSpan RecentFor = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody tries again by itself after a failure that says nothing of it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    /// <summary>How long an event without a door may still find one: as long as a door lives, and one that is asked for is known late.</summary>
    private static readonly TimeSpan OpenFor = RemoteDoor.Longest + TimeSpan.FromHours(1);

    /// <summary>Takes the turn to read an account's log, unless somebody reads it just now or did a moment ago.</summary>
    /// <param name="account">The account.</param>
    /// <param name="evenIfRecent">Whether somebody wants it all the same.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How far it has been read, null where it has not; and whether it is to be read.</returns>
    public Task<(bool Taken, DateTimeOffset? ReadAt)> TakeAsync(LogAccount account, bool evenIfRecent, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var reading = await FindAsync(db, account, token);
            if (!evenIfRecent && reading.NotBefore > now)
            {
                return (false, null);
            }

            reading.NotBefore = now + RecentFor;
            await db.SaveChangesAsync(token);
            return (true, reading.ReadAt);
        },
        cancellationToken);

    /// <summary>Notes what came of a reading.</summary>
    public Task<bool> NoteAsync(LogAccount account, DateTimeOffset begun, VendorError? failure, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var reading = await FindAsync(db, account, token);
            if (failure is null)
            {
                reading.ReadAt = reading.ReadAt > begun ? reading.ReadAt : begun;
                (reading.FailedAt, reading.Failure) = (null, null);
            }
            else
            {
                (reading.FailedAt, reading.Failure, reading.NotBefore) = (now, failure.Kind.ToString(), now + (failure.RetryAfter ?? Pause));
            }

            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Takes entries in that are not there yet.</summary>
    /// <returns>How many were new.</returns>
    public Task<int> PutAsync(LogAccount account, IReadOnlyList<NapterAuditLogEntry> entries, CancellationToken cancellationToken)
    {
        // What has no time can't be put in any order, and what is told twice in one page is one.
        var told = entries.Where(entry => entry.CreatedAt is not null).DistinctBy(entry => IdentityOf(account, entry), StringComparer.Ordinal).ToList();
        return told.Count == 0 ? Task.FromResult(0) : database.InTurnAsync(account.TenantId, (db, token) => PutAsync(db, account, told, token), cancellationToken);
    }

    /// <summary>Looks once more for the doors of what happened lately and has none: a door may become known after what happened at it.</summary>
    /// <returns>How many found theirs.</returns>
    public Task<int> MatchAsync(LogAccount account, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var since = clock.GetUtcNow() - OpenFor;
            var doors = await DoorsAsync(db, account, since, token);
            var imsis = doors.Select(door => door.Imsi).Distinct(StringComparer.Ordinal).ToList();
            var sims = doors.Select(door => door.SimId).Distinct(StringComparer.Ordinal).ToList();
            var open = await db.RemoteAccessEvents
                .Where(happened => happened.Coverage == account.CoverageName && happened.OperatorId == account.OperatorId && happened.DoorId == null && happened.At >= since)
                // What happened at other devices, and there may be much, has no door here.
                .Where(happened => imsis.Contains(happened.Imsi) || sims.Contains(happened.SimId))
                .ToListAsync(token);
            Match(open, doors);

            await NameAsync(db, account, token);
            return await db.SaveChangesAsync(token);
        },
        cancellationToken);

    /// <summary>How far an account's log has been read, to be saved; from the beginning for another operator's than before.</summary>
    private static async Task<RemoteAccessReading> FindAsync(PortalDbContext db, LogAccount account, CancellationToken cancellationToken)
    {
        var reading = await db.RemoteAccessReadings.SingleOrDefaultAsync(row => row.Coverage == account.CoverageName, cancellationToken);
        if (reading is null)
        {
            reading = new RemoteAccessReading { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId };
            db.Add(reading);
        }
        else if (reading.OperatorId != account.OperatorId)
        {
            (reading.OperatorId, reading.ReadAt, reading.NotBefore) = (account.OperatorId, null, null);
        }

        return reading;
    }

    /// <summary>Tells the SIMs of what happened before the inventory knew them; those with several subscriptions are told when they are read.</summary>
    private static async Task NameAsync(PortalDbContext db, LogAccount account, CancellationToken cancellationToken)
    {
        var nameless = db.RemoteAccessEvents.Where(happened => happened.Coverage == account.CoverageName && happened.OperatorId == account.OperatorId && happened.SimId == "");
        if (!await nameless.AnyAsync(cancellationToken))
        {
            return;
        }

        var sims = await (
            from imsi in nameless.Select(happened => happened.Imsi).Distinct()
            join sim in db.InventorySims.Where(sim => sim.Coverage == account.CoverageName && sim.GoneAt == null) on imsi equals sim.Imsis
            select new { Imsi = imsi, sim.SimId, sim.Name }).ToListAsync(cancellationToken);
        foreach (var sim in sims)
        {
            await nameless.Where(happened => happened.Imsi == sim.Imsi).ExecuteUpdateAsync(
                set => set.SetProperty(happened => happened.SimId, sim.SimId).SetProperty(happened => happened.SimName, sim.Name), cancellationToken);
        }
    }

    private static void Match(IEnumerable<RemoteAccessEvent> events, IReadOnlyList<RemoteDoor> doors)
    {
        foreach (var happened in events)
        {
            var (origin, door) = RemoteEventMatch.Of(happened, doors);
            (happened.Origin, happened.DoorId, happened.OpenerId, happened.OpenerName) = (origin, door?.Id, door?.OpenerId, door?.OpenerName ?? "");
            if (door is not null && happened.SimId.Length == 0)
            {
                (happened.SimId, happened.SimName) = (door.SimId, door.SimName);
            }
        }
    }

    private static async Task<int> PutAsync(PortalDbContext db, LogAccount account, List<NapterAuditLogEntry> told, CancellationToken cancellationToken)
    {
        var identities = told.ConvertAll(entry => IdentityOf(account, entry));
        var known = (await db.RemoteAccessEvents.Where(happened => identities.Contains(happened.Identity)).Select(happened => happened.Identity).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var fresh = told.Where(entry => !known.Contains(IdentityOf(account, entry))).ToList();
        if (fresh.Count == 0)
        {
            return 0;
        }

        var sims = await SimsByImsi.FindAsync(db, account.CoverageName, fresh.Select(entry => entry.Imsi ?? ""), cancellationToken);
        var events = fresh.ConvertAll(entry => EventOf(account, entry, sims.GetValueOrDefault(entry.Imsi ?? "")));
        Match(events, await DoorsAsync(db, account, events.Min(happened => happened.At), cancellationToken));
        db.AddRange(events.OrderBy(happened => happened.At));
        await db.SaveChangesAsync(cancellationToken);
        return events.Count;
    }

    private static Task<List<RemoteDoor>> DoorsAsync(PortalDbContext db, LogAccount account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var asked = since - OpenFor;
        return db.RemoteDoors.AsNoTracking()
            .Where(door => door.Coverage == account.CoverageName && door.OperatorId == account.OperatorId && door.AskedAt >= asked)
            .ToListAsync(cancellationToken);
    }

    private static RemoteAccessEvent EventOf(LogAccount account, NapterAuditLogEntry entry, (string SimId, string Name) sim) => new()
    {
        TenantId = account.TenantId,
        Identity = IdentityOf(account, entry),
        Coverage = account.CoverageName,
        OperatorId = account.OperatorId,
        At = entry.CreatedAt!.Value,
        Type = Word(entry.Type),
        Imsi = Word(entry.Imsi),
        ConnectionId = Word(entry.ConnectionId),
        SourceAddress = Word(entry.Direction?.SourceIpAddress),
        SourcePort = Port(entry.Direction?.SourcePort),
        DeviceAddress = Word(entry.Direction?.DestinationIpAddress),
        DevicePort = Port(entry.Direction?.DestinationPort),
        Tls = entry.Tls,
        SimId = sim.SimId ?? "",
        SimName = sim.Name ?? "",
        Origin = RemoteEventOrigin.Elsewhere,
        OpenerName = "",
    };

    private static string IdentityOf(LogAccount account, NapterAuditLogEntry entry)
    {
        var direction = entry.Direction;
        var told = string.Create(
            CultureInfo.InvariantCulture,
            $"{account.CoverageName}\n{account.OperatorId}\n{entry.Imsi}\n{entry.ConnectionId}\n{entry.Type}\n{entry.CreatedAt?.ToUnixTimeMilliseconds()}\n{direction?.SourceIpAddress}\n{direction?.SourcePort}\n{direction?.DestinationIpAddress}\n{direction?.DestinationPort}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)));
    }

    private static string Word(string? text) => text is null ? "" : text.Length <= RemoteAccessEvent.WordLength ? text : text[..RemoteAccessEvent.WordLength];

    private static int? Port(long? port) => port is >= 0 and <= ushort.MaxValue ? (int)port : null;
}
