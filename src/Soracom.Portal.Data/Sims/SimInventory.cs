namespace Soracom.Portal.Data.Sims;

/// <summary>
/// What the portal keeps of a tenant's SIMs in one coverage: how far the walk through the vendor's list is, and how fresh the rows
/// are. The rows are <see cref="InventorySim"/>s.
/// </summary>
public sealed class SimInventory : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Tells this inventory from one of the same account that was begun anew.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose SIMs they are. With the credential of another operator the inventory begins anew.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The last number given to a changed row; grows with every change, so that a reader asks for what is newer than it knows.</summary>
    public long ChangeNumber { get; set; }

    /// <summary>How many SIMs there were by status when <see cref="ChangeNumber"/> was <see cref="CountedAt"/>, see <see cref="SimCounts"/>; null before they were counted.</summary>
    public string? Counts { get; set; }

    /// <summary>The <see cref="ChangeNumber"/> that <see cref="Counts"/> are of; with another one they are to be counted anew.</summary>
    public long? CountedAt { get; set; }

    /// <summary>Number of the walk under way, or of the last one.</summary>
    public int Walk { get; set; }

    /// <summary>When the walk under way began, UTC; null when none is.</summary>
    public DateTimeOffset? WalkStartedAt { get; set; }

    /// <summary>The vendor's key of the page where the walk goes on; null at the first page.</summary>
    public string? NextKey { get; set; }

    /// <summary>SIMs seen by the walk under way.</summary>
    public int Seen { get; set; }

    /// <summary>When the last whole walk began, UTC: no row is older, and a SIM that was gone by then is not among them. Null before the first.</summary>
    public DateTimeOffset? CompleteAsOf { get; set; }

    /// <summary>When the last whole walk ended, UTC.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>When the last try failed, UTC; null once one went well again.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>In which way it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Until when nobody needs to try again after a failure, UTC.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Who walks now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when the holder has it, UTC. Whoever holds it longer finds at the next page that it is lost.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
}
