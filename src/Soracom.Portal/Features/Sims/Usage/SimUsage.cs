using Soracom.Api;
using Soracom.Api.Stats;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Usage;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>Reads how much a SIM sent and received (operation getAirStatsOfSim).</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimUsage(TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>A SIM's usage.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="query">Which periods.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The usage, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<UsageReport>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string simId, UsageQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var range = UsageRange.Of(query, clock.GetUtcNow(), tenant.Tenant.OwnTimeZone);
        var period = query.Period switch { UsagePeriod.Month => StatsPeriod.Month, UsagePeriod.Minutes => StatsPeriod.Minutes, _ => StatsPeriod.Day };
        var rows = await soracom.ReadAsync(
            tenant, coverage, (client, token) => client.Stats.GetAirStatsOfSimAsync(simId, range.Starts[0], range.End.AddSeconds(-1), period, token), cancellationToken);
        return rows.Then(stats => Report(range, stats));
    }

    /// <summary>The vendor's rows in the periods that they lie in; what lies in none was not asked for.</summary>
    internal static UsageReport Report(UsagePeriods range, IEnumerable<AirStats> rows)
    {
        var slots = range.Starts.Select(_ => new Dictionary<string, UsageAmount>(StringComparer.Ordinal)).ToArray();
        foreach (var row in rows)
        {
            if (row.Time is not { } time || range.IndexOf(time) is not (>= 0 and var index))
            {
                continue;
            }

            foreach (var (speedClass, traffic) in row.Traffic ?? new Dictionary<string, Traffic>(StringComparer.Ordinal))
            {
                var before = slots[index].GetValueOrDefault(speedClass, UsageAmount.None);
                slots[index][speedClass] = before + new UsageAmount(traffic.UploadBytes ?? 0, traffic.DownloadBytes ?? 0);
            }
        }

        return new UsageReport(
            [.. range.Starts.Zip(slots, (start, amounts) => new UsageSlot(start, amounts))],
            [.. slots.SelectMany(amounts => amounts).Where(amount => amount.Value.Both > 0).Select(amount => amount.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
