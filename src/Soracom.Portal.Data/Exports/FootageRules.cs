namespace Soracom.Portal.Data.Exports;

/// <summary>A tenant's own rules for its exports of footage. A tenant without a row has none of its own.</summary>
public sealed class FootageRules : ITenantOwned
{
    /// <summary>The longest that files may be kept, in days.</summary>
    public const int MostDays = 3_650;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Whether a request must say why.</summary>
    public bool ReasonRequired { get; set; }

    /// <summary>For how many days files are kept after an export has ended; null for as long as the installation says.</summary>
    public int? KeepDays { get; set; }

    /// <summary>The most that the tenant's footage may take in the store, in bytes; null for as much as the installation allows. More than that it is never.</summary>
    public long? MostBytes { get; set; }
}
