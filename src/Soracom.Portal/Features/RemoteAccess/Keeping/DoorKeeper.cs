using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.RemoteAccess;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Keeping;

/// <summary>
/// Looks after doors: finds those whose answer was lost, makes sure that they close at their time, and closes those whose opener or SIM is
/// no more. All that it goes by is in the database and at the vendor, so it goes on where a program that ended has left it.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="book">Writes down what becomes of doors.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class DoorKeeper(PortalDatabase database, TenantSoracom soracom, DoorBook book, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long an instance has for doors that it has taken on; longer than the vendor's calls take as a rule.</summary>
    private static readonly TimeSpan TakenFor = TimeSpan.FromSeconds(90);

    /// <summary>How soon after it was opened a door that the vendor does not list is taken for closed.</summary>
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(30);

    /// <summary>How soon a door that is not settled is looked for again.</summary>
    private static readonly TimeSpan SoughtEvery = TimeSpan.FromSeconds(15);

    /// <summary>How long after its time the portal goes on asking for a door at a vendor that does not answer.</summary>
    private static readonly TimeSpan AskedAfterFor = TimeSpan.FromDays(1);

    /// <summary>Which tenants have doors to be looked after now. Doors whose opener or SIM is no more are among them from the moment on that the portal knows.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Tenants and coverages.</returns>
    public async Task<IReadOnlyList<(Guid TenantId, SoracomCoverage Coverage)>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var all = DoorBook.Live(db.RemoteDoors.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]));
        var due = await Due(all, clock.GetUtcNow()).Select(door => new { door.TenantId, door.Coverage }).Distinct().ToListAsync(cancellationToken);
        var unheld = await UnheldDoors.FindAsync(db, all, clock.GetUtcNow(), cancellationToken);
        return
        [
            .. from row in due.Union(unheld.Select(found => new { found.Door.TenantId, found.Door.Coverage }))
               from coverage in Enum.GetValues<SoracomCoverage>()
               where coverage.ToWireName() == row.Coverage
               select (row.TenantId, coverage),
        ];
    }

    /// <summary>Looks after one tenant's doors.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Ends it; the rest is done the next time.</param>
    public async Task RunAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        await EndUnheldAsync(tenantId, coverage, cancellationToken);
        var doors = await TakeAsync(tenantId, coverage, cancellationToken);
        if (doors.Count == 0)
        {
            return;
        }

        try
        {
            await KeepAsync(tenantId, coverage, doors, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await GiveBackAsync(tenantId, doors);
            throw;
        }
    }

    private async Task KeepAsync(Guid tenantId, SoracomCoverage coverage, IReadOnlyList<RemoteDoor> doors, CancellationToken cancellationToken)
    {
        var read = await soracom.ReadForJobAsync(tenantId, coverage, DoorMatch.ListAsync, cancellationToken);
        if (read.Error is { } unread)
        {
            await Parallel.ForEachAsync(doors, AtOnce(cancellationToken), async (door, token) => await UnreadAsync(door, unread, token));

            return;
        }

        // What is to be closed comes first.
        await Parallel.ForEachAsync(doors.Where(door => door.State == RemoteDoorState.Closing), AtOnce(cancellationToken), async (door, token) =>
        {
            // One that was opened a moment ago may not be listed yet: it is closed all the same.
            var isThere = clock.GetUtcNow() - door.OpenedAt <= ListedWithin || read.Value.Any(mapping => DoorIdentity.Is(mapping, door) && mapping.Expired != true);
            await CloseAsync(door, isThere, token);
        });

        foreach (var door in doors.Where(door => door.State is RemoteDoorState.Asked or RemoteDoorState.Unknown))
        {
            await SeekAsync(door, read.Value, cancellationToken);
        }

        var states = await SimStates.ReadAsync(soracom, tenantId, coverage, [.. doors.Where(door => door.State == RemoteDoorState.Open).Select(door => door.SimId).Distinct(StringComparer.Ordinal)], cancellationToken);
        foreach (var door in doors.Where(door => door.State == RemoteDoorState.Open))
        {
            await VerifyAsync(door, read.Value.FirstOrDefault(mapping => DoorIdentity.Is(mapping, door)), states.GetValueOrDefault(door.SimId), cancellationToken);
        }
    }

    private static IQueryable<RemoteDoor> Due(IQueryable<RemoteDoor> doors, DateTimeOffset now)
    {
        var given = now - DoorSteps.AskedFor;
        return DoorBook.Live(doors).Where(door => (door.NotBefore == null || door.NotBefore <= now) && (door.State != RemoteDoorState.Asked || door.AskedAt <= given));
    }

    /// <summary>Notes of a tenant's doors whose opener may not open any more, or whose SIM has come to its end, that they are to be closed.</summary>
    private async Task EndUnheldAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForInstallation();
        var doors = DoorBook.Live(db.RemoteDoors.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter])).Where(door => door.TenantId == tenantId && door.Coverage == name);
        foreach (var (door, end) in await UnheldDoors.FindAsync(db, doors, clock.GetUtcNow(), cancellationToken))
        {
            await book.ClosingAsync(tenantId, door.Id, end, by: null, cancellationToken);
        }
    }

    private static ParallelOptions AtOnce(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };

    private Task<IReadOnlyList<RemoteDoor>> TakeAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken) => database.InTurnAsync<IReadOnlyList<RemoteDoor>>(
        tenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var name = coverage.ToWireName();
            var mine = new List<RemoteDoor>();
            foreach (var door in await Due(db.RemoteDoors, now).Where(door => door.Coverage == name).OrderBy(door => door.AskedAt).ToListAsync(token))
            {
                if (await DoorClosing.IsAnothersAsync(db, door, token))
                {
                    Leave(db, door, now);
                    continue;
                }

                door.NotBefore = now + TakenFor;
                mine.Add(door);
            }

            await db.SaveChangesAsync(token);
            return mine;
        },
        cancellationToken);

    /// <summary>Lets another instance look at once at doors that this one took on and did not come to: it is asked to stop.</summary>
    private async Task GiveBackAsync(Guid tenantId, IReadOnlyList<RemoteDoor> doors)
    {
        var now = clock.GetUtcNow();
        var until = doors[0].NotBefore;
        var ids = doors.Select(door => door.Id).ToList();
        await using var db = database.ForTenant(tenantId);
        // What became of the others is written already, with their own time.
        await db.RemoteDoors.Where(door => ids.Contains(door.Id) && door.NotBefore == until)
            .ExecuteUpdateAsync(set => set.SetProperty(door => door.NotBefore, now), CancellationToken.None);
    }

    /// <summary>Leaves a door to the vendor, which closes it at its time: of another account's entries nothing can be learned about it.</summary>
    private void Leave(PortalDbContext db, RemoteDoor door, DateTimeOffset now)
    {
        (door.Trouble, door.NotBefore) = (DoorTrouble.OtherAccount, now + DoorSteps.LookedAtEvery);
        if ((door.ExpiresAt ?? door.AskedAt.AddSeconds(door.DurationSeconds) + DoorMatch.MadeWithin) <= now)
        {
            (door.State, door.End, door.EndedAt) = door.IpAddress is null
                ? (RemoteDoorState.Unknown, RemoteDoorEnd.NeverKnown, now)
                : (RemoteDoorState.Expired, RemoteDoorEnd.Time, door.ExpiresAt ?? now);
            audit.AddOfItself(db, door.TenantId, DoorAudit.Act(AuditActions.DoorEnded, door, AuditOutcome.Unknown, DoorTrouble.OtherAccount));
        }
    }

    private async Task UnreadAsync(RemoteDoor door, PortalError error, CancellationToken cancellationToken)
    {
        if (door.State == RemoteDoorState.Closing && door.ExpiresAt > clock.GetUtcNow() && error is VendorError { Kind: not (VendorErrorKind.NoCredential or VendorErrorKind.BadCredential or VendorErrorKind.NewCredentialRefused or VendorErrorKind.UnreadableCredential) })
        {
            // What can't be listed may be closed all the same. After its time the address may be another's.
            await DeleteAsync(door, cancellationToken);
        }
        else if ((door.ExpiresAt ?? (door.AskedAt.AddSeconds(door.DurationSeconds) + DoorMatch.MadeWithin)) + AskedAfterFor < clock.GetUtcNow())
        {
            await (door.IpAddress is null
                ? book.NeverKnownAsync(door.TenantId, door.Id, cancellationToken)
                : book.GoneAsync(door.TenantId, door.Id, RemoteDoorEnd.Time, verified: false, cancellationToken));
        }
        else
        {
            await book.TroubleAsync(door.TenantId, door.Id, (error as VendorError)?.Kind.ToString() ?? error.Key, (error as VendorError)?.RetryAfter, cancellationToken);
        }
    }

    /// <summary>Looks for the door that an answer which was lost has told of.</summary>
    private async Task SeekAsync(RemoteDoor door, IReadOnlyList<PortMapping> mappings, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var could = await DoorOpening.CandidatesAsync(database, mappings, door, cancellationToken);
        if (could.Count == 1)
        {
            var opened = await book.OpenedAsync(door.TenantId, door.Id, could[0], found: true, cancellationToken);
            if (opened.State == RemoteDoorState.Closing)
            {
                await DeleteAsync(opened, cancellationToken);
            }
        }
        else if (could.Count == 0 && door.Trouble is not (DoorTrouble.Several or nameof(VendorErrorKind.NotUnderstood)) && now > door.AskedAt + DoorMatch.MadeWithin && now < door.AskedAt.AddSeconds(door.DurationSeconds))
        {
            await book.FailedAsync(door.TenantId, door.Id, RemoteDoorEnd.NotThere, trouble: null, told: true, cancellationToken);
        }
        else if (now > door.AskedAt.AddSeconds(door.DurationSeconds) + DoorMatch.MadeWithin)
        {
            await book.NeverKnownAsync(door.TenantId, door.Id, cancellationToken);
        }
        else
        {
            await book.UnknownAsync(door.TenantId, door.Id, could.Count > 1 ? DoorTrouble.Several : door.Trouble ?? nameof(VendorErrorKind.Unavailable), SoughtEvery, cancellationToken);
        }
    }

    private async Task VerifyAsync(RemoteDoor door, PortMapping? mapping, SimState sim, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isOver = door.ExpiresAt <= now;
        if (mapping is null || mapping.Expired == true)
        {
            await (isOver || now - door.OpenedAt > ListedWithin
                ? book.GoneAsync(door.TenantId, door.Id, isOver ? RemoteDoorEnd.Time : RemoteDoorEnd.Elsewhere, verified: true, cancellationToken)
                : book.LaterAsync(door.TenantId, door.Id, SoughtEvery, cancellationToken));
        }
        else if (isOver && now >= door.ExpiresAt + DoorSteps.Grace)
        {
            await CloseAsync(await book.OverstayedAsync(door.TenantId, door.Id, cancellationToken), isThere: true, cancellationToken);
        }
        else if (sim == SimState.Ended && !isOver)
        {
            await CloseAsync(await book.ClosingAsync(door.TenantId, door.Id, RemoteDoorEnd.SimEnded, by: null, cancellationToken), isThere: true, cancellationToken);
        }
        else
        {
            await book.VerifiedAsync(door.TenantId, door.Id, cancellationToken);
        }
    }

    private async Task CloseAsync(RemoteDoor door, bool isThere, CancellationToken cancellationToken)
    {
        if (isThere && door.EndedAt is null)
        {
            await DeleteAsync(door, cancellationToken);
        }
        else
        {
            if (door.EndedAt is null)
            {
                await RecordAsync(door, AuditOutcome.Succeeded, "was gone", cancellationToken);
            }

            await book.GoneAsync(door.TenantId, door.Id, found: null, verified: true, cancellationToken);
        }
    }

    private async Task DeleteAsync(RemoteDoor door, CancellationToken cancellationToken)
    {
        // Recorded before, as each change of the vendor's is; a person is not there to be asked.
        await RecordAsync(door, AuditOutcome.Begun, detail: null, cancellationToken);
        string? requestId = null;
        var closed = await soracom.ChangeForJobAsync(
            door.TenantId, DoorClosing.CoverageOf(door), (client, token) => DoorClosing.DeleteAsync(client, door.IpAddress!, door.Port!.Value, token), cancellationToken, id => requestId ??= id);
        var error = closed.Error as VendorError;
        await RecordAsync(door, error is null ? AuditOutcome.Succeeded : error.OutcomeUnknown ? AuditOutcome.Unknown : AuditOutcome.Failed, error?.Kind.ToString(), CancellationToken.None, requestId);
        await (error is null
            ? book.GoneAsync(door.TenantId, door.Id, found: null, verified: true, CancellationToken.None)
            : book.TroubleAsync(door.TenantId, door.Id, error.Kind.ToString(), error.RetryAfter, CancellationToken.None));
    }

    private async Task RecordAsync(RemoteDoor door, AuditOutcome outcome, string? detail, CancellationToken cancellationToken, string? requestId = null)
    {
        await using var db = database.ForTenant(door.TenantId);
        audit.AddOfItself(db, door.TenantId, DoorAudit.Act(AuditActions.DoorClosed, door, outcome, string.Join(' ', new[] { door.End?.ToString(), detail }.OfType<string>())) with { VendorRequestId = requestId });
        await db.SaveChangesAsync(cancellationToken);
    }
}
