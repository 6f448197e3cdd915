using Soracom.Api;
using Soracom.Api.AuditLogs;
using Soracom.Api.Http;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Audit.AtVendor;

/// <summary>The vendor's own record of the calls of a tenant's accounts, whoever made them (operation getApiAuditLogs). Nothing of it is kept.</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class VendorAuditLog(TenantSoracom soracom)
{
    /// <summary>Calls on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The coverages whose log can be asked for.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The coverages, Japan first; empty where the tenant has no credential.</returns>
    public async Task<IReadOnlyList<SoracomCoverage>> CoveragesAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        return await soracom.CoveragesAsync(tenant, cancellationToken);
    }

    /// <summary>One page of the log, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="query">What to look for, and where the page begins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<VendorAuditPageContent>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, VendorAuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        UnixMilliseconds? from = query.From is { } first ? Times.StartOf(first, tenant.Tenant.TimeZone) : null;
        UnixMilliseconds? to = query.Until is { } last ? Times.StartOf(last.AddDays(1), tenant.Tenant.TimeZone).AddMilliseconds(-1) : null;
        var read = await soracom.ReadAsync(
            tenant,
            coverage,
            (client, token) => client.AuditLogs.GetApiAuditLogsAsync(query.Kind.Length == 0 ? null : query.Kind, from, to, PageSize, query.After, token),
            cancellationToken);
        return read.Then(page => new VendorAuditPageContent([.. page.Items.OrderByDescending(Time)], page.NextKey));
    }

    /// <summary>When a call was made, by either of the vendor's spellings.</summary>
    public static DateTimeOffset? Time(ApiAuditLogEntry call) => call.RequestedTimeEpochMs ?? call.RequestedTimeEpocMs;
}

/// <summary>One page of the vendor's log.</summary>
/// <param name="Calls">The calls, newest first.</param>
/// <param name="Next">Where the next, older page begins; null at the end.</param>
public sealed record VendorAuditPageContent(IReadOnlyList<ApiAuditLogEntry> Calls, string? Next);
