namespace Soracom.Portal.Data.Mail;

/// <summary>
/// A mail that is to be sent, or was. It may hold the code of an invitation: what it says is sealed by the tenant's archive, and is gone once
/// the mail was sent or given up.
/// </summary>
public sealed class OutgoingMail : ITenantOwned
{
    /// <summary>The longest address, in characters.</summary>
    public const int RecipientLength = 254;

    /// <summary>Identity, and part of what the seal is bound to.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>What it is about: an invitation's id.</summary>
    public required Guid ObjectId { get; init; }

    /// <summary>To whom.</summary>
    public required string Recipient { get; init; }

    /// <summary>What it says, sealed; null once that is needed no more.</summary>
    public byte[]? Content { get; set; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>From when on it is not worth sending, UTC.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>How it stands.</summary>
    public MailState State { get; set; }

    /// <summary>How often sending it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next, UTC. Whoever tries moves it first, so that no two do, and a try that nobody ended is followed by another.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>Why the last try failed; null where none did.</summary>
    public MailFailure? Failure { get; set; }

    /// <summary>When it was sent, given up or withdrawn, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>How a mail stands.</summary>
public enum MailState
{
    /// <summary>To be sent.</summary>
    Waiting,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Not to be sent any more: what it is about changed first.</summary>
    Withdrawn,
}

/// <summary>Why a mail was not sent.</summary>
public enum MailFailure
{
    /// <summary>The mail server was not reached, or can't take it at the moment.</summary>
    Unreachable,

    /// <summary>The mail server does not let the portal in: name and password, or its certificate.</summary>
    SignIn,

    /// <summary>The mail server takes nothing for that address.</summary>
    Recipient,

    /// <summary>The mail server refused the mail.</summary>
    Refused,

    /// <summary>Its time was over before it could be sent.</summary>
    TooLate,

    /// <summary>What it says can't be opened: altered, or the tenant's key is gone.</summary>
    Unreadable,
}
