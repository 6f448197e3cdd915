namespace Soracom.Portal.Data.Jobs;

/// <summary>One change of one SIM within a <see cref="SimJob"/>.</summary>
public sealed class SimJobItem : ITenantOwned
{
    /// <summary>The longest id, kind or key that is kept, in characters.</summary>
    public const int WordLength = 64;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>Its place in the job, from 1 on. Items of one SIM are made in this order.</summary>
    public required int Number { get; init; }

    /// <summary>The line of the file that it comes from; null where there is no file.</summary>
    public int? Line { get; init; }

    /// <summary>The SIM.</summary>
    public required string SimId { get; init; }

    /// <summary>The SIM's name when it was planned; empty when it had none.</summary>
    public required string SimName { get; init; }

    /// <summary>The change as JSON, where the rows differ; null where it is the job's.</summary>
    public string? Change { get; init; }

    /// <summary>What came of it.</summary>
    public required SimJobItemState State { get; set; }

    /// <summary>The value before: when it was planned, and once it was sent, just before that.</summary>
    public required string Before { get; set; }

    /// <summary>The value after.</summary>
    public required string After { get; set; }

    /// <summary>The change that would make the SIM what it was, as JSON; null where nothing can, and before it was done.</summary>
    public string? Undo { get; set; }

    /// <summary>Why it was refused or failed: the obstacle's key, or the kind of failure.</summary>
    public string? Reason { get; set; }

    /// <summary>What that speaks of, as a JSON array; for a failure the vendor's code, words and request id.</summary>
    public string? Detail { get; set; }

    /// <summary>When it came to where it is, UTC; null before it was begun.</summary>
    public DateTimeOffset? At { get; set; }
}

/// <summary>What came of an item.</summary>
public enum SimJobItemState
{
    /// <summary>It is to be sent.</summary>
    Waiting,

    /// <summary>It is being sent. Found so after the program ended, it is looked up before anything else is done.</summary>
    Sending,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>The SIM was so already.</summary>
    Already,

    /// <summary>The SIM's state does not allow it; nothing was sent.</summary>
    Refused,

    /// <summary>It failed; nothing was changed.</summary>
    Failed,

    /// <summary>The vendor did not answer, and the SIM does not show it.</summary>
    Unknown,

    /// <summary>It was left out when the job was cancelled.</summary>
    Skipped,
}
