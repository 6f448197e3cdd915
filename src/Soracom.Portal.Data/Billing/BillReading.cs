namespace Soracom.Portal.Data.Billing;

/// <summary>How far a tenant's bills have been read from the vendor in one coverage, and who reads them just now.</summary>
public sealed class BillReading : ITenantOwned
{
    /// <summary>The longest list of operations, in characters.</summary>
    public const int DeniedLength = 256;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose bills they are. With the credential of another operator they are read from the beginning.</summary>
    public required string OperatorId { get; set; }

    /// <summary>When the last whole reading began, UTC; null before the first.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When the last whole reading was done, UTC; null before the first. What was read until then is of it.</summary>
    public DateTimeOffset? WholeAt { get; set; }

    /// <summary>When the last try failed, UTC; null once one went well again.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>In which way it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>The vendor's operations that the credential was refused the last time, with spaces between: what they tell is missing, and the rest is read.</summary>
    public string Denied { get; set; } = "";

    /// <summary>Until when nobody reads without being asked to, UTC; null for no such time.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Who reads just now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when that is taken for granted, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
}
