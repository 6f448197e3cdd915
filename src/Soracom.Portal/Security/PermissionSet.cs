using System.Collections.Frozen;

namespace Soracom.Portal.Security;

/// <summary>Some permissions, equal to others where they permit the same.</summary>
public sealed class PermissionSet : IEquatable<PermissionSet>
{
    private readonly FrozenSet<Permission> permissions;

    /// <summary>Creates the set.</summary>
    /// <param name="permissions">What is permitted.</param>
    public PermissionSet(IEnumerable<Permission> permissions) => this.permissions = permissions.Where(Enum.IsDefined).ToFrozenSet();

    /// <summary>What is permitted.</summary>
    public IReadOnlySet<Permission> Permissions => permissions;

    /// <summary>Reads a set as it is stored.</summary>
    /// <param name="stored">Names, separated by blanks. Those that there are not, or no more, are left out.</param>
    /// <returns>The set.</returns>
    public static PermissionSet Read(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var names = stored.Split(' ').ToHashSet(StringComparer.Ordinal);
        return new PermissionSet(Enum.GetValues<Permission>().Where(permission => names.Contains(permission.ToString())));
    }

    /// <inheritdoc />
    public bool Equals(PermissionSet? other) => other is not null && permissions.SetEquals(other.permissions);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PermissionSet);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The set as it is stored.</summary>
    /// <returns>Names, separated by blanks.</returns>
    public override string ToString() => string.Join(' ', permissions.Order());
}
