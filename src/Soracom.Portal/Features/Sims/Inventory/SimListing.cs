using Soracom.Api;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>SIMs that were found.</summary>
/// <param name="Total">How many in all.</param>
/// <param name="Rows">Those of the window, in order; null for a SIM that went this very moment.</param>
/// <param name="Counts">How many each facet value would leave; see <see cref="SimsFound.Counts"/>.</param>
/// <param name="Accounts">How each account's inventory stands.</param>
internal sealed record SimListing(
    int Total, IReadOnlyList<ListedSim?> Rows, IReadOnlyDictionary<(SimFacet Facet, string Value), int> Counts, IReadOnlyList<AccountState> Accounts)
{
    /// <summary>Names of the groups that have one, by id.</summary>
    public required IReadOnlyDictionary<string, string> GroupNames { get; init; }

    /// <summary>The tenants of a list of several, by name; empty in a tenant's own.</summary>
    public IReadOnlyList<TenantContext> Tenants { get; init; } = [];
}

/// <summary>A SIM of a list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Coverage">In which coverage.</param>
/// <param name="Sim">What is known of it.</param>
internal sealed record ListedSim(TenantContext Tenant, SoracomCoverage Coverage, InventorySim Sim);

/// <summary>A SIM that was found, by its id alone.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Coverage">In which coverage.</param>
/// <param name="SimId">The SIM id.</param>
internal sealed record FoundSim(TenantContext Tenant, SoracomCoverage Coverage, string SimId);

/// <summary>How an account's inventory stands.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
internal sealed record AccountState(TenantContext Tenant, SoracomCoverage Coverage)
{
    /// <summary>How many of its SIMs the view finds; what it would find where the view leaves its tenant out.</summary>
    public int Found { get; init; }

    /// <summary>Whether the view shows its tenant's SIMs.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether this instance of the portal reads accounts; if not, it leaves that to another one.</summary>
    public bool IsReadHere { get; init; } = true;

    /// <summary>No SIM of the list is older; null before the first whole walk.</summary>
    public DateTimeOffset? CompleteAsOf { get; init; }

    /// <summary>When the refresh under way began, or the one that was put down halfway; null when there is none.</summary>
    public DateTimeOffset? WalkStartedAt { get; init; }

    /// <summary>Whether it is being refreshed now, or waits for its turn to be.</summary>
    public bool IsWalked { get; init; }

    /// <summary>SIMs that the refresh under way has seen.</summary>
    public int Seen { get; init; }

    /// <summary>SIMs that are known of the account.</summary>
    public int Known { get; init; }

    /// <summary>When the last try failed; null when it went well.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>In which way.</summary>
    public VendorErrorKind? Failure { get; init; }
}
