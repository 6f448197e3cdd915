namespace Soracom.Portal.Data.Audit;

/// <summary>
/// Where a tenant's chain of audit entries begins, after its oldest ones were removed as the tenant's retention says. Triggers in both databases
/// let it only move forward, to an entry that is there, never to less than a year ago; and let entries go only up to it.
/// </summary>
[InstallationWide]
public sealed class AuditAnchor
{
    /// <summary>The shortest that entries are kept, in days: what the triggers say as well.</summary>
    public const int LeastDays = 365;

    /// <summary>The longest that a tenant can say, in days; for ever is none.</summary>
    public const int MostDays = 36_500;

    /// <summary>The tenant.</summary>
    public required Guid Id { get; init; }

    /// <summary>The place of the last entry that was removed: there were as many.</summary>
    public required long Number { get; init; }

    /// <summary>That entry's hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>All that was removed is older than this.</summary>
    public required DateTimeOffset OlderThan { get; init; }

    /// <summary>When it was removed last, UTC.</summary>
    public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>For how many days entries were to be kept then.</summary>
    public required int KeptDays { get; init; }

    /// <summary>What the trail's own entry of a removal says of where the chain begins since.</summary>
    internal string Told => Convert.ToHexStringLower(Hash);
}
