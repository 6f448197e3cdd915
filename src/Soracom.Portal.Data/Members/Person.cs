namespace Soracom.Portal.Data.Members;

/// <summary>
/// Somebody who has signed in. A person is an issuer's subject, never an e-mail address: addresses are reassigned.
/// </summary>
[InstallationWide]
public sealed class Person
{
    /// <summary>The longest issuer, in characters.</summary>
    public const int IssuerLength = 512;

    /// <summary>The longest subject, in characters (OpenID Connect Core 1.0 allows 255).</summary>
    public const int SubjectLength = 255;

    /// <summary>Identity of the person here.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who vouches for the subject: the issuer of the ID token.</summary>
    public required string Issuer { get; init; }

    /// <summary>The issuer's name for the person, compared byte by byte.</summary>
    public required string Subject { get; init; }

    /// <summary>Name for people, as the provider last gave it.</summary>
    public required string Name { get; set; }

    /// <summary>Address as the provider last gave it. Shown, never trusted.</summary>
    public string? Email { get; set; }

    /// <summary>Chosen language, en or ja; null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>Chosen IANA time zone, in which they read and write times in every tenant; null for each tenant's own.</summary>
    public string? TimeZone { get; set; }

    /// <summary>First sign-in, UTC.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>Last sign-in, UTC; null for somebody who is expected but has not come yet.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Up to when they have seen what the bell tells, UTC; null where they have never looked.</summary>
    public DateTimeOffset? BellSeenAt { get; set; }
}
