using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Data.Sessions;

/// <summary>
/// One sign-in. The cookie only names it: whether it still holds is decided here, so that a copied cookie is worth
/// nothing after signing out.
/// </summary>
[InstallationWide]
public sealed class SignInSession
{
    /// <summary>The longest user agent kept, in characters.</summary>
    public const int UserAgentLength = 200;

    /// <summary>The longest <see cref="Provider"/>, in characters.</summary>
    public const int ProviderLength = 80;

    /// <summary>Identity of the session; random, because the cookie carries it.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Who signed in.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who signed in.</summary>
    public Person? Person { get; init; }

    /// <summary>
    /// The mark of the identity provider that vouched: the session holds while that provider is configured. Null for a demo account, and for
    /// sessions older than this.
    /// </summary>
    public string? Provider { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person last proved who they are, UTC; null where nobody can tell, as the provider let them in without asking.</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>Last sign of use, UTC, to the minute.</summary>
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>The end that no use can put off, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was ended before its time, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Network address that signed in.</summary>
    public string? Address { get; init; }

    /// <summary>Browser that signed in, as it names itself.</summary>
    public string? UserAgent { get; init; }
}
