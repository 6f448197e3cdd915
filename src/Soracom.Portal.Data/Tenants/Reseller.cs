namespace Soracom.Portal.Data.Tenants;

/// <summary>A partner that runs tenants for its customers.</summary>
[InstallationWide]
public sealed class Reseller
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Identity of the reseller.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short name in lower case, unique in the installation.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }
}
