namespace Soracom.Portal.Data.Jobs;

/// <summary>Changes of many SIMs that are made one after another. What is done to which is in its <see cref="SimJobItem"/>s.</summary>
public sealed class SimJob : ITenantOwned
{
    /// <summary>The longest name of a file that is kept, in characters.</summary>
    public const int FileNameLength = 200;

    /// <summary>Identity, in addresses.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Running number in the tenant, for people; 0 for one that is not planned yet.</summary>
    public int Number { get; set; }

    /// <summary>The coverage of all its SIMs: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose SIMs they are: with the credential of another operator it goes no further.</summary>
    public required string OperatorId { get; init; }

    /// <summary>Where the SIMs were named.</summary>
    public required SimJobSource Source { get; init; }

    /// <summary>The file's name, where they were named in one.</summary>
    public string? FileName { get; init; }

    /// <summary>The change of all, as JSON; null where rows differ, and where none is chosen yet.</summary>
    public string? Change { get; init; }

    /// <summary>What is done to SIMs, each once, as the audit trail calls it, with spaces between.</summary>
    public required string Actions { get; set; }

    /// <summary>The permissions that all its changes need, with spaces between.</summary>
    public required string Needs { get; set; }

    /// <summary>Where it stands.</summary>
    public required SimJobState State { get; set; }

    /// <summary>Who planned it; whoever starts it, or has it tried again, takes it over: it goes on as long as that person may make its changes.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>The owner's name at the time.</summary>
    public required string OwnerName { get; set; }

    /// <summary>The owner's language: the vendor's words are asked for in it.</summary>
    public required string Language { get; set; }

    /// <summary>When it was planned, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the SIMs were read that it was planned by, UTC.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>When it was started, UTC; null before.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it was started or resumed the last time, UTC.</summary>
    public DateTimeOffset? RunningSince { get; set; }

    /// <summary>When it paused by itself, UTC; null while it has not.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>How many items were settled by then: what came since tells how fast it is.</summary>
    public int SettledBefore { get; set; }

    /// <summary>When the last item was settled or it was cancelled, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it was paused by itself, or why it waits; null when a person paused it, and when nothing is wrong.</summary>
    public string? Trouble { get; set; }

    /// <summary>Until when it waits for the vendor, UTC; null when it does not.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>How often in a row the vendor was out of reach.</summary>
    public int Tries { get; set; }

    /// <summary>How many items there are in all.</summary>
    public int Total { get; set; }

    /// <summary>Items that are to be sent.</summary>
    public int Waiting { get; set; }

    /// <summary>Items that are being sent, or were when the program ended.</summary>
    public int Sending { get; set; }

    /// <summary>Items that were done.</summary>
    public int Done { get; set; }

    /// <summary>Items that had nothing to do.</summary>
    public int Already { get; set; }

    /// <summary>Items that the SIM's state does not allow.</summary>
    public int Refused { get; set; }

    /// <summary>Items that failed.</summary>
    public int Failed { get; set; }

    /// <summary>Items of which nobody knows.</summary>
    public int Unknown { get; set; }

    /// <summary>Items that were left out when it was cancelled.</summary>
    public int Skipped { get; set; }

    /// <summary>Who works on it now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when the holder has it, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>How many items nothing more is done about.</summary>
    public int Settled => Total - Waiting - Sending;

    /// <summary>Counts items that came into another state.</summary>
    /// <param name="from">The state before; null for items that are new.</param>
    /// <param name="to">The state now.</param>
    /// <param name="count">How many.</param>
    public void Move(SimJobItemState? from, SimJobItemState to, int count = 1)
    {
        if (from is { } before)
        {
            Add(before, -count);
        }
        else
        {
            Total += count;
        }

        Add(to, count);
    }

    /// <summary>How many items are in a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The number.</returns>
    public int CountOf(SimJobItemState state) => state switch
    {
        SimJobItemState.Waiting => Waiting,
        SimJobItemState.Sending => Sending,
        SimJobItemState.Done => Done,
        SimJobItemState.Already => Already,
        SimJobItemState.Refused => Refused,
        SimJobItemState.Failed => Failed,
        SimJobItemState.Unknown => Unknown,
        SimJobItemState.Skipped => Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    private void Add(SimJobItemState state, int count) => _ = state switch
    {
        SimJobItemState.Waiting => Waiting += count,
        SimJobItemState.Sending => Sending += count,
        SimJobItemState.Done => Done += count,
        SimJobItemState.Already => Already += count,
        SimJobItemState.Refused => Refused += count,
        SimJobItemState.Failed => Failed += count,
        SimJobItemState.Unknown => Unknown += count,
        SimJobItemState.Skipped => Skipped += count,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}

/// <summary>Where the SIMs of a job were named.</summary>
public enum SimJobSource
{
    /// <summary>Picked in a list, one by one.</summary>
    Selection,

    /// <summary>All that a search found.</summary>
    Search,

    /// <summary>In a CSV file.</summary>
    File,
}

/// <summary>Where a job stands.</summary>
public enum SimJobState
{
    /// <summary>SIMs that were picked; the change is still to be chosen.</summary>
    Draft,

    /// <summary>Its items are being written.</summary>
    Planning,

    /// <summary>It can be looked at and started; nothing was sent.</summary>
    Planned,

    /// <summary>It is under way, or waits for its turn.</summary>
    Running,

    /// <summary>It was paused, by a person or by itself.</summary>
    Paused,

    /// <summary>It was cancelled; what waited is left out.</summary>
    Cancelled,

    /// <summary>Every item is settled.</summary>
    Done,
}
