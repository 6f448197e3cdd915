using Soracom.Api;
using Soracom.Api.Billing;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>An account whose bills are read.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="OperatorId">Whose it is.</param>
internal sealed record BillingAccount(Guid TenantId, SoracomCoverage Coverage, string OperatorId)
{
    /// <summary>The coverage as the database has it.</summary>
    public string CoverageName => Coverage.ToWireName();

    /// <summary>What the vendor says that it is billed in now; null where that is not known.</summary>
    public string? ToldCurrency { get; init; }

    /// <summary>What it is billed in where the vendor does not say: accounts of the Global coverage are in dollars or in euros.</summary>
    public string UsualCurrency => ToldCurrency ?? (Coverage == SoracomCoverage.Japan ? Currencies.Yen : Currencies.Dollar);
}

/// <summary>Somebody's turn to read an account's bills.</summary>
/// <param name="Holder">Whose.</param>
/// <param name="BegunAt">Since when, UTC.</param>
internal sealed record BillingTurn(Guid Holder, DateTimeOffset BegunAt);
