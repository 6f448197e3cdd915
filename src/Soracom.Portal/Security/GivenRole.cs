using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security;

/// <summary>A role that a member can be given: a preset, or one of the tenant's own.</summary>
/// <param name="Preset">The preset; <see cref="TenantRole.Custom"/> for one of the tenant's own.</param>
/// <param name="CustomRoleId">Which of the tenant's own; null for a preset.</param>
public readonly record struct GivenRole(TenantRole Preset, Guid? CustomRoleId = null)
{
    /// <summary>A preset is a role.</summary>
    /// <param name="preset">The preset.</param>
    public static implicit operator GivenRole(TenantRole preset) => new(preset);

    /// <summary>Whether it is either a preset or names one of the tenant's own.</summary>
    public bool IsWhole => Enum.IsDefined(Preset) && Preset == TenantRole.Custom == CustomRoleId is not null;

    /// <summary>The role in a form's field.</summary>
    public string Key => CustomRoleId?.ToString() ?? Preset.ToString();

    /// <summary>How a role stands in the trail: presets by their names here, a tenant's own in quotes, so that none can pass for a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="customName">The name of the tenant's own; null for a preset.</param>
    /// <returns>The text.</returns>
    internal static string InTrail(TenantRole preset, string? customName) => customName is null ? preset.ToString() : $"\"{customName}\"";

    /// <summary>One of the tenant's own roles.</summary>
    /// <param name="customRoleId">Which.</param>
    /// <returns>The role.</returns>
    public static GivenRole Own(Guid customRoleId) => new(TenantRole.Custom, customRoleId);

    /// <summary>Reads a field.</summary>
    /// <param name="key">A role's <see cref="Key"/>.</param>
    /// <returns>The role; null for what is none. Whether the tenant has it is another question.</returns>
    public static GivenRole? Read(string? key)
    {
        if (Guid.TryParse(key, out var id))
        {
            return Own(id);
        }

        // By name: numbers would be taken as well.
        return RolePermissions.Presets.Where(preset => string.Equals(preset.ToString(), key, StringComparison.Ordinal)).Select(preset => (GivenRole?)new GivenRole(preset)).FirstOrDefault();
    }
}

/// <summary>A role of a tenant's own, as it is now.</summary>
/// <param name="RoleId">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">What it permits.</param>
public sealed record CustomRights(Guid RoleId, string Name, PermissionSet Permissions)
{
    /// <summary>Whether it is the same role that permits the same: a role that is called otherwise ends nobody's right.</summary>
    /// <param name="other">Another one.</param>
    /// <returns>True where it is.</returns>
    public bool Equals(CustomRights? other) => other is not null && RoleId == other.RoleId && Permissions.Equals(other.Permissions);

    /// <inheritdoc />
    public override int GetHashCode() => RoleId.GetHashCode();
}
