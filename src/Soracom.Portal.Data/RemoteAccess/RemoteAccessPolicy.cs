namespace Soracom.Portal.Data.RemoteAccess;

/// <summary>
/// A tenant's own rules for opening doors to its devices. A tenant without a row has what a new one of these says: any device port, as long as
/// the vendor allows, a reason.
/// </summary>
public sealed class RemoteAccessPolicy : ITenantOwned
{
    /// <summary>The longest list of device ports, in characters.</summary>
    public const int PortsLength = 500;

    /// <summary>The longest pattern, in characters.</summary>
    public const int PatternLength = 200;

    /// <summary>The longest that a door may be allowed to stay open, in minutes: as long as the vendor lets it.</summary>
    public const int MostMinutes = 480;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The device ports that doors may lead to: numbers and ranges such as <c>5900-5910</c>, with spaces between; empty for any.</summary>
    public string DevicePorts { get; set; } = "";

    /// <summary>How long a door may stay open at the most, in minutes.</summary>
    public int LongestMinutes { get; set; } = MostMinutes;

    /// <summary>Whether the way up to the vendor must be encrypted with TLS.</summary>
    public bool TlsRequired { get; set; }

    /// <summary>From where doors may be used.</summary>
    public RemoteSourceRule SourceRule { get; set; }

    /// <summary>The ranges that sources must lie within, with spaces between, where the rule is <see cref="RemoteSourceRule.Fixed"/>.</summary>
    public string SourceRanges { get; set; } = "";

    /// <summary>Whether a request must say why.</summary>
    public bool ReasonRequired { get; set; } = true;

    /// <summary>Whether a request must name a ticket.</summary>
    public bool TicketRequired { get; set; }

    /// <summary>What a ticket that is named must look like, as a regular expression of the whole of it; empty for anything.</summary>
    public string TicketPattern { get; set; } = "";

    /// <summary>
    /// Who may open doors to which SIMs: a JSON array of rules, one of which must fit; empty for everybody with the permission, to every SIM.
    /// </summary>
    public string Openers { get; set; } = "";

    /// <summary>When it was changed last, UTC.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The name of whoever changed it last, at the time.</summary>
    public string ChangedBy { get; set; } = "";

    /// <summary>Grows with each change.</summary>
    public int Version { get; set; }
}

/// <summary>From where doors may be used.</summary>
public enum RemoteSourceRule
{
    /// <summary>From ranges that the request names; from anywhere for those who hold that permission.</summary>
    Named,

    /// <summary>From ranges that the request names, and never from anywhere.</summary>
    NeverAnywhere,

    /// <summary>Only from within the ranges that the policy names.</summary>
    Fixed,
}
