namespace Soracom.Portal.Data.Members;

/// <summary>A role that a tenant made for itself: a name, and what its members may do.</summary>
public sealed class CustomRole : ITenantOwned
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 60;

    /// <summary>The longest text of <see cref="Permissions"/>, in characters.</summary>
    public const int PermissionsLength = 2_000;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Name for people, one of a kind in the tenant.</summary>
    public required string Name { get; set; }

    /// <summary>The names of the permissions, separated by blanks. A name that there is no more gives nothing.</summary>
    public required string Permissions { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
