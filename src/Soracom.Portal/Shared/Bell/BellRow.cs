namespace Soracom.Portal.Shared.Bell;

/// <summary>Something that ended, or that waits for somebody.</summary>
public sealed record BellRow
{
    /// <summary>Whom it is told: whoever asked for the work; null for everybody who may see it.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The tenant.</summary>
    public Guid TenantId { get; init; }

    /// <summary>When it came to be so, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it is.</summary>
    public BellKind Kind { get; init; }

    /// <summary>The id of what it is about.</summary>
    public Guid ObjectId { get; init; }

    /// <summary>The number of what it is about, for people; 0 where there is none.</summary>
    public int Number { get; init; }

    /// <summary>The name of what it is about, as it was given; empty where there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many parts of it did not come off.</summary>
    public int Bad { get; init; }
}

/// <summary>What the bell tells.</summary>
public enum BellKind
{
    /// <summary>A job is done; each SIM is settled.</summary>
    JobDone,

    /// <summary>A job has paused by itself.</summary>
    JobPaused,

    /// <summary>An export is done; each piece is settled.</summary>
    ExportDone,

    /// <summary>An export has paused by itself.</summary>
    ExportPaused,

    /// <summary>A month's detailed file is there.</summary>
    BillFileDone,

    /// <summary>A month's detailed file was given up.</summary>
    BillFileFailed,

    /// <summary>A door was closed before its time, by no person.</summary>
    DoorEnded,

    /// <summary>A door was still open after its time, and was closed then.</summary>
    DoorOverstayed,

    /// <summary>A door was not opened.</summary>
    DoorFailed,

    /// <summary>Nobody found out what became of a door.</summary>
    DoorUnknown,

    /// <summary>A credential does not open its account any more.</summary>
    CredentialFailing,

    /// <summary>Half of the key to a tenant's archive is lost, and another archive was begun.</summary>
    ArchiveBegun,
}
