namespace Soracom.Portal.Data.RemoteAccess;

/// <summary>How far the vendor's log of remote access has been read, of one tenant in one coverage.</summary>
public sealed class RemoteAccessReading : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose log it is. With the credential of another operator it is read from the beginning.</summary>
    public required string OperatorId { get; set; }

    /// <summary>When the last whole reading began, UTC: what happened before is in the portal's own log. Null before the first.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When the last try failed, UTC; null once one went well again.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>In which way it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Until when the portal does not read of itself, UTC: somebody does just now, or has.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}
