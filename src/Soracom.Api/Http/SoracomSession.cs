namespace Soracom.Api.Http;

/// <summary>An API key and a token. A class whose text form shows neither.</summary>
internal sealed class SoracomSession
{
    public required SoracomCoverage Coverage { get; init; }

    public required string OperatorId { get; init; }

    /// <summary>Null for the root user.</summary>
    public string? UserName { get; init; }

    public required string ApiKey { get; init; }

    public required string Token { get; init; }

    /// <summary>The clock's timestamp just before the token was asked for: it lives no longer than counted from here.</summary>
    public required long AskedAt { get; init; }

    public required TimeSpan Life { get; init; }

    /// <summary>Whether it took the place of a session that the vendor had rejected.</summary>
    public bool AfterRejection { get; init; }

    public override string ToString() => $"session of {OperatorId}";
}
