namespace Soracom.Api.Http;

/// <summary>On whose behalf calls are made, and how. Goes along with each call instead of living in a scope.</summary>
internal sealed record Caller
{
    public required SoracomCoverage Coverage { get; init; }

    public required CallPriority Priority { get; init; }

    public required SoracomLanguage Language { get; init; }

    /// <summary>The account's key, for logs; null when signing in.</summary>
    public string? AccountKey { get; init; }

    public required ISessionSource Sessions { get; init; }

    /// <summary>Told, at the end of each call, the vendor's id of it; null where nobody wants to know.</summary>
    public Action<string>? Answered { get; init; }
}
