using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security;

/// <summary>What a tenant lets its partner's people do.</summary>
/// <param name="Ceiling">At most what this role may; null for everything that a partner can be given.</param>
public sealed record PartnerTerms(TenantRole? Ceiling)
{
    /// <summary>The roles that a partner can be held to.</summary>
    public static IReadOnlyList<TenantRole> Ceilings { get; } = [TenantRole.Operator, TenantRole.Viewer, TenantRole.Billing];

    /// <summary>Whether these are terms that there are.</summary>
    internal bool IsKnown => Ceiling is not { } ceiling || Ceilings.Contains(ceiling);

    /// <summary>How they stand in the trail.</summary>
    internal static string InTrail(TenantRole? ceiling) => ceiling?.ToString() ?? "everything";
}
