namespace Soracom.Portal.Data.Audit;

/// <summary>
/// One line of the audit trail. Lines are only ever added: the context refuses to change or remove one, and so do
/// triggers in both databases, but for those that are older than the tenant keeps them (<see cref="AuditAnchor"/>).
/// </summary>
public sealed class AuditEntry : IMayBeTenantOwned
{
    /// <summary>The longest action, in characters.</summary>
    public const int ActionLength = 64;

    /// <summary>The longest name of an actor or object, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The longest text of what was before or after a change, in characters.</summary>
    public const int ValueLength = 2000;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonLength = 1000;

    /// <summary>The longest id that the vendor gives a request, in characters.</summary>
    public const int VendorRequestIdLength = 128;

    /// <summary>The actor's name, without a person, of what was done by a command of the program.</summary>
    public const string CommandLine = "command-line";

    /// <summary>The actor's name of what the program does by itself: without a person, or with the one on whose behalf it is done.</summary>
    public const string Itself = "portal";

    /// <summary>Running number.</summary>
    public long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The tenant concerned; null for what concerns the installation, such as a sign-in.</summary>
    public Guid? TenantId { get; init; }

    /// <summary>Who did it, or had it done; null when nobody is known, such as a refused sign-in, and for what the program does unasked.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The actor's name at the time; <see cref="CommandLine"/> for a command of the program, <see cref="Itself"/> for what it does by itself.</summary>
    public required string ActorName { get; init; }

    /// <summary>The name, at the time, on whose behalf it was done: the partner's for its people, the person's for a job's work. Null for what people do for themselves.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The sign-in session it was done in.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Network address it came from.</summary>
    public string? Address { get; init; }

    /// <summary>What was done: one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What it was done to: a name for people.</summary>
    public string? ObjectName { get; init; }

    /// <summary>What came of it.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The portal's id of the request or circuit operation; an intent and its outcome share one.</summary>
    public string? RequestId { get; init; }

    /// <summary>The vendor's id of the call that did it, for the vendor's support; null where nothing was called, or the answer had none.</summary>
    public string? VendorRequestId { get; init; }

    /// <summary>More, for people: never a secret.</summary>
    public string? Detail { get; init; }

    /// <summary>What was before the change, in text: never a secret. Null where that was nothing, or nothing was changed.</summary>
    public string? Before { get; init; }

    /// <summary>What was after the change, or was to be, in text: never a secret. Null where that is nothing, or nothing was changed.</summary>
    public string? After { get; init; }

    /// <summary>Why, in the words of the person, or the setting by which it was done; null where nobody was asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Its place in the tenant's chain, from 1; null for entries from before there were chains.</summary>
    public long? Number { get; internal set; }

    /// <summary>Hash over what it says, its place and the hash of the entry before, see <see cref="AuditChain"/>; null for entries from before there were chains.</summary>
    public byte[]? Hash { get; internal set; }

    /// <summary>What changed into what.</summary>
    /// <returns>Such as <c>Pump 6 → Pump 7</c>; null where neither is known.</returns>
    public string? Change() => Before is null && After is null ? null : $"{Before ?? "–"} → {After ?? "–"}";

    /// <summary>A name as far as the columns for names hold it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name, or its beginning.</returns>
    public static string Shortened(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= NameLength ? name : name[..NameLength];
    }
}

/// <summary>What came of an audited act.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was not permitted.</summary>
    Denied,

    /// <summary>It failed; nothing was changed.</summary>
    Failed,

    /// <summary>It was about to be done: a later entry with the same request id says what came of it. Without one, nobody knows.</summary>
    Begun,

    /// <summary>It may have been done, or not: no good answer came.</summary>
    Unknown,
}
