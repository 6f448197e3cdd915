using Soracom.Api;
using Soracom.Api.Stats;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Usage;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Usage;

/// <summary>Reads how much the SIMs of a group sent and received (operation getAirStatsOfGroup).</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class GroupUsage(TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>Days that are kept of a group, today included; the vendor refuses to go further back.</summary>
    public const int Days = 7;

    /// <summary>Months that are kept of a group, the present one included.</summary>
    public const int Months = 3;

    /// <summary>The one series of a report: the vendor does not tell a group's speed classes apart.</summary>
    private const string Sum = "";

    /// <summary>A group's usage.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="period">Days or months.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The usage, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<UsageReport>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, UsagePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        var now = clock.GetUtcNow();
        var periods = period == UsagePeriod.Month ? UsagePeriods.OfMonths(now, Months) : UsagePeriods.OfDays(now, Days);
        var rows = await soracom.ReadAsync(
            tenant,
            coverage,
            (client, token) => client.Stats.GetAirStatsOfGroupAsync(groupId, periods.Starts[0], periods.End.AddSeconds(-1), period == UsagePeriod.Month ? SummedStatsPeriod.Month : SummedStatsPeriod.Day, token),
            cancellationToken);
        return rows.Then(stats => Report(periods, stats));
    }

    private static UsageReport Report(UsagePeriods periods, IEnumerable<SummedAirStats> rows)
    {
        var slots = new UsageAmount[periods.Starts.Count];
        foreach (var row in rows)
        {
            if (row.Time is { } time && periods.IndexOf(time) is >= 0 and var index)
            {
                slots[index] += new UsageAmount(row.UploadBytes ?? 0, row.DownloadBytes ?? 0);
            }
        }

        return new UsageReport(
            [.. periods.Starts.Zip(slots, (start, amount) => new UsageSlot(start, new Dictionary<string, UsageAmount>(StringComparer.Ordinal) { [Sum] = amount }))],
            [Sum]);
    }
}
