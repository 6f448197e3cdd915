namespace Soracom.Portal.Data.RemoteAccess;

/// <summary>
/// A way into a device from outside that somebody asked for here: written down before the vendor is asked to open it, and kept after it has
/// closed. What was opened elsewhere has no row.
/// </summary>
public sealed class RemoteDoor : ITenantOwned
{
    /// <summary>The longest that the vendor keeps one open.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    /// <summary>The longest list of source ranges, in characters: more than the most ranges need.</summary>
    public const int RangesLength = 400;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLength = 500;

    /// <summary>The longest ticket, in characters.</summary>
    public const int TicketLength = 100;

    /// <summary>The longest name of a host that is kept, in characters.</summary>
    public const int HostLength = 255;

    /// <summary>The longest list of entries that were there before, in characters: some twenty.</summary>
    public const int EntriesLength = 1000;

    /// <summary>The longest of the vendor's words, and of ours for a trouble, in characters.</summary>
    public const int WordLength = 64;

    /// <summary>Identity, in addresses. Made with the request: the same request, sent twice, is one door.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose SIM it is: with the credential of another operator it is out of reach.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The SIM.</summary>
    public required string SimId { get; init; }

    /// <summary>The SIM's IMSI at the time, by which the vendor's log knows it; empty when unknown.</summary>
    public required string Imsi { get; init; }

    /// <summary>The SIM's name at the time; empty when it had none.</summary>
    public required string SimName { get; init; }

    /// <summary>The port that the device listens on.</summary>
    public required int DevicePort { get; init; }

    /// <summary>Which of the SIM's sessions it leads to, in the vendor's word: air or arc.</summary>
    public required string Service { get; init; }

    /// <summary>Whether the way up to the vendor is encrypted with TLS.</summary>
    public required bool Tls { get; init; }

    /// <summary>Who is let in: IPv4 ranges as the vendor was given them, sorted, with spaces between.</summary>
    public required string SourceRanges { get; init; }

    /// <summary>How long it was asked for, in seconds.</summary>
    public required int DurationSeconds { get; init; }

    /// <summary>Why; empty when nobody had to say.</summary>
    public required string Reason { get; init; }

    /// <summary>The ticket; empty when nobody had to name one.</summary>
    public required string Ticket { get; init; }

    /// <summary>Who asked for it: it stays open as long as that person may open doors.</summary>
    public required Guid OpenerId { get; init; }

    /// <summary>That person's name at the time.</summary>
    public required string OpenerName { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>
    /// The vendor's entries that are just like it and were there before it was asked for, with spaces between: none of them is it, however far
    /// apart the clocks are. Null where they are not known.
    /// </summary>
    public string? EntriesBefore { get; set; }

    /// <summary>Where it stands.</summary>
    public required RemoteDoorState State { get; set; }

    /// <summary>The public address; null before it is known. With <see cref="Port"/> it is the vendor's name of the door.</summary>
    public string? IpAddress { get; set; }

    /// <summary>The public port; null before it is known.</summary>
    public int? Port { get; set; }

    /// <summary>The public host; null before it is known.</summary>
    public string? Hostname { get; set; }

    /// <summary>When the vendor opened it, UTC; null before it is known.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When the vendor closes it, UTC; null before it is known.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When it was found to be closed, not to have been opened, or given up, UTC; null before.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it is to be closed, or ended; null while nothing ends it.</summary>
    public RemoteDoorEnd? End { get; set; }

    /// <summary>Who closed it; null when no person did.</summary>
    public Guid? EndedById { get; set; }

    /// <summary>That person's name at the time; null when no person did.</summary>
    public string? EndedByName { get; set; }

    /// <summary>Whether the vendor had it still open after its time, and the portal closed it.</summary>
    public bool Overstayed { get; set; }

    /// <summary>When the vendor was last asked, and answered, whether it is there, UTC; null before.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>What stands in the way of opening, closing or verifying it: the kind of the error; null when nothing does.</summary>
    public string? Trouble { get; set; }

    /// <summary>How often in a row it could not be closed or verified.</summary>
    public int Tries { get; set; }

    /// <summary>Until when nobody needs to look after it, UTC; null when somebody may at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}

/// <summary>Where a door stands.</summary>
public enum RemoteDoorState
{
    /// <summary>The vendor is being asked to open it. Found so after the program ended, it is looked for before anything else is done.</summary>
    Asked,

    /// <summary>The vendor opened it.</summary>
    Open,

    /// <summary>The vendor is being asked to close it, again and again until it is gone.</summary>
    Closing,

    /// <summary>It was closed before its time.</summary>
    Closed,

    /// <summary>Its time was over, and it was seen to be gone.</summary>
    Expired,

    /// <summary>It was not opened.</summary>
    Failed,

    /// <summary>The vendor may have opened it: no answer came, and several that are there could be it, or nobody could look.</summary>
    Unknown,
}

/// <summary>Why a door ended.</summary>
public enum RemoteDoorEnd
{
    /// <summary>A person closed it.</summary>
    Person,

    /// <summary>A person closed all doors at once.</summary>
    AllAtOnce,

    /// <summary>Its time was over.</summary>
    Time,

    /// <summary>It was closed before its time, at the vendor, by nobody here.</summary>
    Elsewhere,

    /// <summary>Whoever opened it is no longer a member, or may not open doors any more.</summary>
    OpenerLeft,

    /// <summary>The SIM was suspended, deactivated or terminated, or is gone from the account.</summary>
    SimEnded,

    /// <summary>The vendor would not open it.</summary>
    Refused,

    /// <summary>No answer came, and it was not there.</summary>
    NotThere,

    /// <summary>Nobody could find out what became of it before its time was over.</summary>
    NeverKnown,
}
