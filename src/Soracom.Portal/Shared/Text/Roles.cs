using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Text;

/// <summary>Roles in words.</summary>
public static class Roles
{
    /// <summary>As what somebody stands in a tenant.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="standing">As what.</param>
    /// <returns>The words.</returns>
    public static string Name(IStringLocalizer<Strings> words, TenantStanding standing)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(standing);
        return standing switch
        {
            { Custom: { } custom } => Names.InText(custom.Name),
            { Role: { } role } => Name(words, role),
            { Ceiling: { } ceiling } => words["Role.ResellerAdministrator.As", Name(words, ceiling)],
            _ => words["Role.ResellerAdministrator"],
        };
    }

    /// <summary>A member's role.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="role">The role.</param>
    /// <returns>The words.</returns>
    public static string Name(IStringLocalizer<Strings> words, TenantRole role)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words[$"Role.{role}"];
    }

    /// <summary>A member's role, the tenant's own among them.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="role">The role.</param>
    /// <param name="custom">The name of the tenant's own role, where it is one; null for a preset.</param>
    /// <returns>The words.</returns>
    public static string Name(IStringLocalizer<Strings> words, TenantRole role, string? custom) => custom is null ? Name(words, role) : Names.InText(custom);
}
