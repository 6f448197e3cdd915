using System.Collections.Concurrent;
using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>
/// Closes all doors at once. What would not close is told, and those of the portal's own doors are tried again by the worker until they are
/// gone. Whatever goes wrong at one door, or in one tenant, the others are closed.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="closing">Closes single doors.</param>
/// <param name="book">Writes down what becomes of doors.</param>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="log">The log.</param>
internal sealed partial class KillSwitch(TenantSoracom soracom, DoorClosing closing, DoorBook book, PortalDatabase database, AuditTrail audit, ILogger<KillSwitch> log)
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>Closes all doors of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="elsewhere">Whether those too that were opened elsewhere.</param>
    /// <param name="cancellationToken">Cancels, until the doors are noted to be closed.</param>
    /// <returns>What was closed and what was not.</returns>
    public async Task<KillReport> CloseAllAsync(TenantContext tenant, bool elsewhere, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessClose, cancellationToken);
        var begun = await BeginAsync(tenant, elsewhere, cancellationToken);
        var left = await FinishAsync(begun);
        return new KillReport(begun.Closed, left, elsewhere);
    }

    /// <summary>Closes all doors of several tenants: of those where that is permitted.</summary>
    /// <param name="portfolio">The tenants.</param>
    /// <param name="elsewhere">Whether those too that were opened elsewhere.</param>
    /// <param name="cancellationToken">Cancels, until the doors are noted to be closed.</param>
    /// <returns>What was closed and what was not, in all of them, and where nothing was closed as it is not permitted.</returns>
    public async Task<KillReport> CloseEverywhereAsync(Portfolio portfolio, bool elsewhere, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = await portfolio.PermittingAsync(Permission.RemoteAccessClose, cancellationToken);
        var onlyLooking = (await portfolio.PermittingAsync(Permission.RemoteAccessRead, cancellationToken)).Except(tenants);
        var (begun, left) = (new List<Killing>(), new ConcurrentBag<KillLeft>());
        foreach (var tenant in tenants)
        {
            // Noted for all before the first is sent: whatever comes in between, the worker closes them.
            if (await TryAsync(tenant, left, () => BeginAsync(tenant, elsewhere, CancellationToken.None)) is { } killing)
            {
                begun.Add(killing);
            }
        }

        await Parallel.ForEachAsync(begun, AtOnce, async (killing, _) =>
        {
            foreach (var one in await TryAsync(killing.Tenant, left, () => FinishAsync(killing)) ?? [])
            {
                left.Add(one);
            }
        });
        return new KillReport(begun.Sum(killing => killing.Closed), [.. left.OrderBy(one => one.Tenant.Name, StringComparer.CurrentCulture)], elsewhere)
        {
            NotPermitted = [.. onlyLooking.Select(tenant => tenant.Tenant)],
        };
    }

    /// <summary>Records that all doors are to be closed, and notes it of each.</summary>
    private async Task<Killing> BeginAsync(TenantContext tenant, bool elsewhere, CancellationToken cancellationToken)
    {
        var act = new AuditAct(AuditActions.DoorsClosed, AuditOutcome.Begun) { ObjectId = tenant.Slug, Detail = elsewhere ? "those opened elsewhere too" : "those opened here" };
        await audit.RecordAsync(tenant, act, cancellationToken);
        return new Killing(tenant, elsewhere, act, await book.ClosingAllAsync(tenant.TenantId, tenant.Actor, CancellationToken.None));
    }

    /// <summary>Has the vendor close what is noted.</summary>
    /// <returns>What is left.</returns>
    private async Task<IReadOnlyList<KillLeft>> FinishAsync(Killing killing)
    {
        var tenant = killing.Tenant;
        await tenant.RequireAsync(Permission.RemoteAccessClose, CancellationToken.None);
        var left = new ConcurrentBag<KillLeft>(killing.Doors.Where(door => door.IpAddress is null).Select(door => new KillLeft(tenant.Tenant, door, Foreign: null, Error: null)));
        await Parallel.ForEachAsync(killing.Doors.Where(door => door.IpAddress is not null), AtOnce, async (door, _) =>
            killing.Note(left, await TryCloseAsync(tenant, () => CloseAsync(tenant, door)) is { } error ? new KillLeft(tenant.Tenant, door, Foreign: null, error) : null));
        if (killing.Elsewhere)
        {
            foreach (var coverage in await soracom.CoveragesAsync(tenant, CancellationToken.None))
            {
                if (await TryCloseAsync(tenant, () => CloseForeignAsync(killing, coverage, left)) is { } error)
                {
                    left.Add(new KillLeft(tenant.Tenant, Door: null, Foreign: null, error));
                }
            }
        }

        IReadOnlyList<KillLeft> all = [.. left.OrderBy(one => one.Door?.AskedAt)];
        await audit.RecordAsync(
            tenant,
            killing.Act with
            {
                Outcome = all.Count == 0 ? AuditOutcome.Succeeded : AuditOutcome.Unknown,
                Detail = string.Create(CultureInfo.InvariantCulture, $"{killing.Act.Detail}; {killing.Closed} closed, {all.Count} left{(all.Count == 0 ? "" : ": ")}{string.Join(", ", all.Select(NameOf))}"),
            },
            CancellationToken.None);
        return all;
    }

    private static string NameOf(KillLeft left) =>
        left.Foreign?.Endpoint ?? (left.Door is { IpAddress: not null } known ? DoorAudit.Endpoint(known) : left.Door is { } door ? $"{door.SimId} port {door.DevicePort}" : "not known which");

    private async Task<PortalError?> CloseAsync(TenantContext tenant, RemoteDoor door)
    {
        await using var db = database.ForTenant(tenant.TenantId);
        return await DoorClosing.IsAnothersAsync(db, door, CancellationToken.None) ? new DoorOfOtherAccountError()
            : closing.IsLate(door) ? (await closing.SettleAsync(tenant, door, CancellationToken.None)).Error
            : (await closing.SendAsync(tenant, door)).Error;
    }

    private async Task<PortalError?> CloseForeignAsync(Killing killing, SoracomCoverage coverage, ConcurrentBag<KillLeft> left)
    {
        var tenant = killing.Tenant;
        var read = await soracom.ReadAsync(tenant, coverage, DoorMatch.ListAsync, CancellationToken.None);
        if (read.Error is { } unread)
        {
            return unread;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        await Parallel.ForEachAsync(await RemoteDoors.ForeignAsync(db, coverage, read.Value, CancellationToken.None), AtOnce, async (foreign, _) =>
            killing.Note(left, await TryCloseAsync(tenant, async () => (await closing.SendAsync(tenant, foreign, CancellationToken.None)).Error) is { } error ? new KillLeft(tenant.Tenant, Door: null, foreign, error) : null));
        return null;
    }

    /// <summary>Does what may fail for one tenant without the others' being left.</summary>
    private async Task<T?> TryAsync<T>(TenantContext tenant, ConcurrentBag<KillLeft> left, Func<Task<T>> act)
        where T : class
    {
        T? done = null;
        if (await TryCloseAsync(tenant, async () => { done = await act(); return null; }) is { } error)
        {
            left.Add(new KillLeft(tenant.Tenant, Door: null, Foreign: null, error));
        }

        return done;
    }

    /// <summary>What stood in the way; null where nothing did.</summary>
    private async Task<PortalError?> TryCloseAsync(TenantContext tenant, Func<Task<PortalError?>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (error is PermissionDeniedException or OperationCanceledException)
        {
            // Whoever pressed the switch lost the right meanwhile: what is noted the worker closes.
            return new ClosingRightEndedError();
        }
        catch (Exception error)
        {
            LogFailed(error, tenant.TenantId);
            return new ClosingFailedError();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Of all doors of tenant {TenantId} that were to be closed at once, some could not be.")]
    private partial void LogFailed(Exception error, Guid tenantId);

    /// <summary>A tenant's doors that are being closed.</summary>
    private sealed class Killing(TenantContext tenant, bool elsewhere, AuditAct act, IReadOnlyList<RemoteDoor> doors)
    {
        private int closed;

        public TenantContext Tenant => tenant;

        public bool Elsewhere => elsewhere;

        public AuditAct Act => act;

        public IReadOnlyList<RemoteDoor> Doors => doors;

        public int Closed => closed;

        public void Note(ConcurrentBag<KillLeft> left, KillLeft? one)
        {
            if (one is null)
            {
                Interlocked.Increment(ref closed);
            }
            else
            {
                left.Add(one);
            }
        }
    }
}

/// <summary>What came of closing all doors at once.</summary>
/// <param name="Closed">How many were closed.</param>
/// <param name="Left">What would not close, or could not be found out about.</param>
/// <param name="Elsewhere">Whether doors that were opened elsewhere were to be closed too; else they stay open.</param>
public sealed record KillReport(int Closed, IReadOnlyList<KillLeft> Left, bool Elsewhere)
{
    /// <summary>Tenants of which one may see the doors and not close them: theirs stay open.</summary>
    public IReadOnlyList<TenantIdentity> NotPermitted { get; init; } = [];
}

/// <summary>Something that is left when all doors were to be closed.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Door">A door that was opened here; it is tried again. Null for another.</param>
/// <param name="Foreign">A door that was opened elsewhere; null for another, and where nobody could tell which there are.</param>
/// <param name="Error">Why; null for a door whose public address is not known yet: it is closed as soon as it is found.</param>
public sealed record KillLeft(TenantIdentity Tenant, RemoteDoor? Door, ForeignDoor? Foreign, PortalError? Error);
