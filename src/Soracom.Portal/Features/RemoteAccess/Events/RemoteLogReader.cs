using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.AuditLogs;
using Soracom.Api.Http;
using Soracom.Portal.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Reads the vendor's log of remote access (operation getNapterAuditLogs) into the portal's own. Reading it again, or twice at once, changes nothing.</summary>
/// <param name="store">The portal's own log.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How long the log is kept: no more is read.</param>
/// <param name="clock">The clock.</param>
internal sealed class RemoteLogReader(RemoteLogStore store, PortalDatabase database, IOptions<RemoteLogOptions> options, TimeProvider clock)
{
    /// <summary>The most entries that the vendor gives in one page.</summary>
    private const int PageSize = 1000;

    /// <summary>How far back is read again each time: the vendor's log may be late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Reads what is new of one account. Whoever asks has made sure that it may be read.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="read">The way to the vendor, of a person or of a job.</param>
    /// <param name="evenIfRecent">Whether to read though somebody did a moment ago.</param>
    /// <param name="cancellationToken">Cancels; what was read by then is kept.</param>
    /// <returns>Why not all could be read; null when all was, or nobody needed to.</returns>
    public async Task<VendorError?> ReadAsync(Guid tenantId, SoracomCoverage coverage, VendorRead read, bool evenIfRecent, CancellationToken cancellationToken)
    {
        var begun = clock.GetUtcNow();
        if (await OperatorAsync(tenantId, coverage, cancellationToken) is not { } operatorId)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        var account = new LogAccount(tenantId, coverage, operatorId);
        var (taken, readAt) = await store.TakeAsync(account, evenIfRecent, cancellationToken);
        if (!taken)
        {
            return null;
        }

        var from = readAt - Overlap ?? begun - options.Value.KeepFor;
        var error = await PagesAsync(account, new UnixMilliseconds(from), read, cancellationToken);
        if (error is null)
        {
            await store.MatchAsync(account, cancellationToken);
        }

        await store.NoteAsync(account, begun, error, cancellationToken);
        return error;
    }

    private async Task<VendorError?> PagesAsync(LogAccount account, UnixMilliseconds from, VendorRead read, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? key = null;
        do
        {
            var page = await read(
                account.TenantId,
                account.Coverage,
                (client, token) => client.AuditLogs.GetNapterAuditLogsAsync(from: from, limit: PageSize, lastEvaluatedKey: key, cancellationToken: token),
                cancellationToken);
            if (page.Error is VendorError error)
            {
                return error;
            }

            await store.PutAsync(account, page.Value.Items, cancellationToken);
            key = page.Value.NextKey;
            if (key is not null && !seen.Add(key))
            {
                // The list leads back to where it was: it would never end.
                return new VendorError(VendorErrorKind.NotUnderstood, account.Coverage);
            }
        }
        while (key is not null);

        return null;
    }

    private async Task<string?> OperatorAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        return await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
    }
}

/// <summary>A way to read the vendor's log.</summary>
internal delegate Task<Result<SoracomPage<NapterAuditLogEntry>>> VendorRead(
    Guid tenantId, SoracomCoverage coverage, Func<ISoracomClient, CancellationToken, Task<SoracomPage<NapterAuditLogEntry>>> call, CancellationToken cancellationToken);

/// <summary>An account whose log is read.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="OperatorId">Whose it is.</param>
internal sealed record LogAccount(Guid TenantId, SoracomCoverage Coverage, string OperatorId)
{
    /// <summary>The coverage as the database has it.</summary>
    public string CoverageName => Coverage.ToWireName();
}
