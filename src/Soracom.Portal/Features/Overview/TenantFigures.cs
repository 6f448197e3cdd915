using Soracom.Api;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Overview;

/// <summary>What there is to say of one of several tenants. What somebody may not see there is null.</summary>
/// <param name="Tenant">The tenant: also says what may be looked at more closely.</param>
/// <param name="Sims">Its SIMs.</param>
/// <param name="Costs">What the month has cost so far, one amount a currency; null amounts are left out.</param>
/// <param name="Doors">Doors to its devices that are open, or may be.</param>
/// <param name="Exports">Exports of footage that run or stand still before their end.</param>
/// <param name="Jobs">Jobs over SIMs that run or stand still before their end.</param>
/// <param name="Troubles">What keeps its figures from being complete and new.</param>
public sealed record TenantFigures(
    TenantContext Tenant, SimFigures? Sims, IReadOnlyList<Money>? Costs, int? Doors, int? Exports, int? Jobs, IReadOnlyList<TenantTrouble> Troubles)
{
    /// <summary>What runs, whatever it is; null where nothing of it may be seen.</summary>
    public int? Running => Exports is null && Jobs is null ? null : Exports.GetValueOrDefault() + Jobs.GetValueOrDefault();
}

/// <summary>A tenant's SIMs, those of all its accounts together.</summary>
/// <param name="Counts">By status.</param>
/// <param name="Online">How many are online.</param>
/// <param name="AsOf">As of when; of several accounts the oldest; null where one has never been read whole.</param>
public sealed record SimFigures(StatusCounts Counts, int Online, DateTimeOffset? AsOf)
{
    /// <summary>Which share is online, from 0 to 1; null where there is none.</summary>
    public double? OnlineShare => Counts.Total == 0 ? null : (double)Online / Counts.Total;
}

/// <summary>Why figures of a tenant are missing or old.</summary>
/// <param name="Kind">The failure.</param>
/// <param name="Coverage">Of which account; null where there is none at all.</param>
public sealed record TenantTrouble(VendorErrorKind Kind, SoracomCoverage? Coverage);
