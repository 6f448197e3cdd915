using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Who connected to a tenant's devices from where and when, with the request that opened the door.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="reader">Reads the vendor's log.</param>
/// <param name="known">Has the SIMs read that the log tells of by their IMSI alone, where they are not known yet.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="words">The texts.</param>
internal sealed class RemoteLog(PortalDatabase database, TenantSoracom soracom, RemoteLogReader reader, KnownSims known, AuditTrail audit, IStringLocalizer<Strings> words)
{
    /// <summary>Events on a page.</summary>
    public const int PageSize = 50;

    /// <summary>Events that are written to a file at a time.</summary>
    private const int RowsAtOnce = 500;

    /// <summary>One page of the log, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What to look for, and where the page begins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page.</returns>
    public async Task<RemoteLogContent> ListAsync(TenantContext tenant, RemoteLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        var lines = await LinesAsync(tenant, query, PageSize + 1, cancellationToken);
        List<RemoteLogLine> page = [.. lines.Take(PageSize)];
        return new RemoteLogContent(page, lines.Count > PageSize ? RemoteLogPlace.Of(page[^1].Event) : null);
    }

    /// <summary>How fresh the log is, of each coverage that there is a credential for.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The coverages, Japan first.</returns>
    public async Task<IReadOnlyList<RemoteLogStanding>> StandingAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var standings = await (
            from credential in db.VendorCredentials.AsNoTracking()
            join reading in db.RemoteAccessReadings on new { credential.Coverage, credential.OperatorId } equals new { reading.Coverage, reading.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new { credential.Coverage, Reading = reading }).ToListAsync(cancellationToken);
        return
        [
            .. from coverage in Enum.GetValues<SoracomCoverage>()
               from standing in standings
               where standing.Coverage == coverage.ToWireName()
               select new RemoteLogStanding(coverage, standing.Reading?.ReadAt, Enum.TryParse<VendorErrorKind>(standing.Reading?.Failure, out var kind) ? new VendorError(kind, coverage) : null),
        ];
    }

    /// <summary>Reads what is new from the vendor, coverage by coverage.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="evenIfRecent">Whether to read though somebody did a moment ago.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How fresh the log is then.</returns>
    public async Task<IReadOnlyList<RemoteLogStanding>> RefreshAsync(TenantContext tenant, bool evenIfRecent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        foreach (var coverage in await soracom.CoveragesAsync(tenant, cancellationToken))
        {
            await known.AsOfAsync(db, tenant, coverage, cancellationToken);
            await reader.ReadAsync(tenant.TenantId, coverage, (_, place, call, token) => soracom.ReadAsync(tenant, place, call, token), evenIfRecent, cancellationToken);
        }

        return await StandingAsync(tenant, cancellationToken);
    }

    /// <summary>The people whom the log can be searched by: whoever opened a door that it knows something of.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The people, by name.</returns>
    public async Task<IReadOnlyList<RemoteOpener>> PeopleAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var people = await db.RemoteAccessEvents
            .Where(happened => happened.OpenerId != null)
            .GroupBy(happened => happened.OpenerId!.Value)
            .Select(person => new { Id = person.Key, Name = person.Max(happened => happened.OpenerName) })
            .ToListAsync(cancellationToken);
        return [.. people.Select(person => new RemoteOpener(person.Id, person.Name ?? "")).OrderBy(person => person.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Writes what a query finds as CSV, with times in UTC and the vendor's own words, and records in the audit trail how much it was.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many events were written.</returns>
    public async Task<int> WriteAsync(TenantContext tenant, RemoteLogQuery query, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        var (written, outcome) = (0, AuditOutcome.Failed);
        try
        {
            await using var file = CsvText.WriterTo(output);
            await file.WriteAsync(CsvText.Row(RemoteEventWords.Headers(words)));
            var rest = query with { Before = null };
            while (await LinesAsync(tenant, rest, RowsAtOnce, cancellationToken) is { Count: > 0 } lines)
            {
                foreach (var line in lines)
                {
                    await file.WriteAsync(CsvText.Row(RemoteEventWords.Cells(words, line)));
                    written++;
                }

                rest = rest with { Before = RemoteLogPlace.Of(lines[^1].Event) };
                // A long file ends with the right to it.
                await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            outcome = AuditOutcome.Succeeded;
            return written;
        }
        finally
        {
            // Also of what was broken off: those rows have left the portal.
            await audit.RecordAsync(
                tenant,
                new AuditAct(AuditActions.RemoteLogExported, outcome) { ObjectName = written.ToString(CultureInfo.InvariantCulture), Detail = (query with { Before = null }).ToQueryString() },
                CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<RemoteLogLine>> LinesAsync(TenantContext tenant, RemoteLogQuery query, int count, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenant.TenantId);
        var events = await db.RemoteAccessEvents.AsNoTracking().Of(query, tenant.Tenant.OwnTimeZone).Take(count).ToListAsync(cancellationToken);
        var ids = events.Select(happened => happened.DoorId).OfType<Guid>().Distinct().ToList();
        var doors = await db.RemoteDoors.AsNoTracking().Where(door => ids.Contains(door.Id)).ToDictionaryAsync(door => door.Id, cancellationToken);
        return [.. events.Select(happened => new RemoteLogLine(happened, happened.DoorId is { } id ? doors.GetValueOrDefault(id) : null))];
    }
}

/// <summary>One page of the log.</summary>
/// <param name="Lines">What happened, newest first.</param>
/// <param name="Before">Where the next, older page begins; null at the end.</param>
public sealed record RemoteLogContent(IReadOnlyList<RemoteLogLine> Lines, RemoteLogPlace? Before);

/// <summary>Something that happened, and the request that opened the door.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Door">The door that was opened here; null when it was another.</param>
public sealed record RemoteLogLine(RemoteAccessEvent Event, RemoteDoor? Door);

/// <summary>How fresh the log is.</summary>
/// <param name="Coverage">Of which coverage.</param>
/// <param name="ReadAt">What happened before is in it; null when it was never read.</param>
/// <param name="Failure">Why it could not be read the last time; null when it could.</param>
public sealed record RemoteLogStanding(SoracomCoverage Coverage, DateTimeOffset? ReadAt, VendorError? Failure);

/// <summary>Somebody who opened a door.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">The name at the time.</param>
public sealed record RemoteOpener(Guid Id, string Name);
