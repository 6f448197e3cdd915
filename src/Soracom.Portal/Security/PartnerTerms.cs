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

    /// <summary>Whether they let the partner do nothing that others do not. Both have to be known.</summary>
    /// <param name="others">The others.</param>
    /// <returns>True where they are narrower, or the same.</returns>
    internal bool IsWithin(PartnerTerms others) => Permits.IsSubsetOf(others.Permits);

    /// <summary>The roles by which they can be narrowed; empty where nothing is less.</summary>
    internal IReadOnlyList<TenantRole> Narrower => [.. Ceilings.Where(ceiling => ceiling != Ceiling && new PartnerTerms(ceiling).IsWithin(this))];

    /// <summary>How they stand in the trail.</summary>
    internal static string InTrail(TenantRole? ceiling) => ceiling?.ToString() ?? "everything";

    private IReadOnlySet<Permission> Permits => Ceiling is { } role ? RolePermissions.Of(role) : RolePermissions.ResellerAdministrator;
}
