using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.Logs;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Logs;

/// <summary>What went wrong in the vendor's services on the way from and to a SIM (operations getSim and getLogs).</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class SimLogs(TenantSoracom soracom)
{
    /// <summary>Entries of one stretch.</summary>
    public const int PageSize = 50;

    /// <summary>A stretch of the log of a SIM's subscriptions, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="before">Only what is older; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The stretch, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<SimLogPage>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string simId, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        return await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) =>
            {
                // The log goes by IMSI, and a SIM may have several.
                var sim = await client.Sims.GetSimAsync(simId, token);
                var imsis = sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).Select(subscriber => subscriber.Imsi).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
                UnixMilliseconds? to = before is { } end ? end.AddMilliseconds(-1) : null;
                var pages = await Task.WhenAll(imsis.Select(imsi => client.Logs.GetLogsAsync(LogResourceType.Subscriber, imsi, to: to, limit: PageSize, cancellationToken: token)));
                // Each list ends somewhere; beyond the youngest of their ends one of them would be missing.
                var open = pages.Where(page => page.NextKey is not null && page.Items.Count > 0).Select(page => page.Items.Min(entry => entry.Time)).Max();
                List<LogEntry> entries = [.. pages.SelectMany(page => page.Items).Where(entry => open is null || entry.Time >= open).OrderByDescending(entry => entry.Time)];
                return new SimLogPage(entries, open);
            },
            cancellationToken);
    }
}

/// <summary>A stretch of a SIM's log.</summary>
/// <param name="Entries">The entries, the newest first.</param>
/// <param name="Before">Where it goes on; null at its end.</param>
public sealed record SimLogPage(IReadOnlyList<LogEntry> Entries, DateTimeOffset? Before);
