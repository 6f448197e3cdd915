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
/// gone.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="closing">Closes single doors.</param>
/// <param name="book">Writes down what becomes of doors.</param>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class KillSwitch(TenantSoracom soracom, DoorClosing closing, DoorBook book, PortalDatabase database, AuditTrail audit)
{
    /// <summary>How many are closed at a time.</summary>
    private const int AtOnce = 4;

    /// <summary>Closes all doors of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="elsewhere">Whether those too that were opened elsewhere.</param>
    /// <param name="cancellationToken">Cancels, until the first is sent.</param>
    /// <returns>What was closed and what was not.</returns>
    public async Task<KillReport> CloseAllAsync(TenantContext tenant, bool elsewhere, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessClose, cancellationToken);
        var act = new AuditAct(AuditActions.DoorsClosed, AuditOutcome.Begun) { ObjectId = tenant.Slug, Detail = elsewhere ? "those opened elsewhere too" : "those opened here" };
        await audit.RecordAsync(tenant, act, cancellationToken);
        var doors = await book.ClosingAllAsync(tenant.TenantId, tenant.Actor, CancellationToken.None);
        var left = new ConcurrentBag<KillLeft>(doors.Where(door => door.IpAddress is null).Select(door => new KillLeft(tenant.Tenant, door, Foreign: null, Error: null)));
        var closed = 0;
        await Parallel.ForEachAsync(doors.Where(door => door.IpAddress is not null), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (door, _) =>
        {
            if (await CloseAsync(tenant, door) is { } error)
            {
                left.Add(new KillLeft(tenant.Tenant, door, Foreign: null, error));
            }
            else
            {
                Interlocked.Increment(ref closed);
            }
        });
        if (elsewhere)
        {
            foreach (var coverage in await soracom.CoveragesAsync(tenant, CancellationToken.None))
            {
                closed += await CloseForeignAsync(tenant, coverage, left);
            }
        }

        var report = new KillReport(closed, [.. left.OrderBy(door => door.Door?.AskedAt)]);
        await audit.RecordAsync(
            tenant,
            act with
            {
                Outcome = report.Left.Count == 0 ? AuditOutcome.Succeeded : AuditOutcome.Unknown,
                Detail = string.Create(CultureInfo.InvariantCulture, $"{act.Detail}; {closed} closed, {report.Left.Count} left"),
            },
            CancellationToken.None);
        return report;
    }

    /// <summary>Closes all doors of several tenants: of those where that is permitted.</summary>
    /// <param name="portfolio">The tenants.</param>
    /// <param name="elsewhere">Whether those too that were opened elsewhere.</param>
    /// <param name="cancellationToken">Cancels, until the doors are noted to be closed.</param>
    /// <returns>What was closed and what was not, in all of them.</returns>
    public async Task<KillReport> CloseEverywhereAsync(Portfolio portfolio, bool elsewhere, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var reports = new ConcurrentBag<KillReport>();
        var tenants = await portfolio.PermittingAsync(Permission.RemoteAccessClose, cancellationToken);
        foreach (var tenant in tenants)
        {
            // Noted for all before the first is sent: whatever comes in between, the worker closes them.
            await book.ClosingAllAsync(tenant.TenantId, tenant.Actor, CancellationToken.None);
        }

        await Parallel.ForEachAsync(
            tenants,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (tenant, _) => reports.Add(await CloseAllOfAsync(tenant, elsewhere)));
        return new KillReport(reports.Sum(report => report.Closed), [.. reports.SelectMany(report => report.Left).OrderBy(left => left.Tenant.Name, StringComparer.CurrentCulture)]);
    }

    /// <summary>One of several tenants': where the right ended meanwhile the others' are closed all the same.</summary>
    private async Task<KillReport> CloseAllOfAsync(TenantContext tenant, bool elsewhere)
    {
        try
        {
            return await CloseAllAsync(tenant, elsewhere, CancellationToken.None);
        }
        catch (Exception error) when (error is PermissionDeniedException or OperationCanceledException)
        {
            return new KillReport(0, [new KillLeft(tenant.Tenant, Door: null, Foreign: null, new ClosingRightEndedError())]);
        }
    }

    private async Task<PortalError?> CloseAsync(TenantContext tenant, RemoteDoor door)
    {
        try
        {
            await using var db = database.ForTenant(tenant.TenantId);
            return await DoorClosing.IsAnothersAsync(db, door, CancellationToken.None) ? new DoorOfOtherAccountError() : (await closing.SendAsync(tenant, door)).Error;
        }
        catch (OperationCanceledException)
        {
            // Whoever pressed the switch lost the right meanwhile: the worker closes it.
            return new ClosingRightEndedError();
        }
    }

    private async Task<int> CloseForeignAsync(TenantContext tenant, SoracomCoverage coverage, ConcurrentBag<KillLeft> left)
    {
        var closed = 0;
        try
        {
            var read = await soracom.ReadAsync(tenant, coverage, DoorMatch.ListAsync, CancellationToken.None);
            if (read.Error is { } unread)
            {
                left.Add(new KillLeft(tenant.Tenant, Door: null, Foreign: null, unread));
                return 0;
            }

            await using var db = database.ForTenant(tenant.TenantId);
            foreach (var foreign in await RemoteDoors.ForeignAsync(db, coverage, read.Value, CancellationToken.None))
            {
                if ((await closing.SendAsync(tenant, foreign, CancellationToken.None)).Error is { } error)
                {
                    left.Add(new KillLeft(tenant.Tenant, Door: null, foreign, error));
                }
                else
                {
                    closed++;
                }
            }
        }
        catch (OperationCanceledException) when (tenant.Ended.IsCancellationRequested)
        {
            left.Add(new KillLeft(tenant.Tenant, Door: null, Foreign: null, new ClosingRightEndedError()));
        }

        return closed;
    }
}

/// <summary>What came of closing all doors at once.</summary>
/// <param name="Closed">How many were closed.</param>
/// <param name="Left">What would not close, or could not be found out about.</param>
public sealed record KillReport(int Closed, IReadOnlyList<KillLeft> Left);

/// <summary>Something that is left when all doors were to be closed.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Door">A door that was opened here; it is tried again. Null for another.</param>
/// <param name="Foreign">A door that was opened elsewhere; null for another, and where nobody could tell which there are.</param>
/// <param name="Error">Why; null for a door whose public address is not known yet: it is closed as soon as it is found.</param>
public sealed record KillLeft(TenantIdentity Tenant, RemoteDoor? Door, ForeignDoor? Foreign, PortalError? Error);
