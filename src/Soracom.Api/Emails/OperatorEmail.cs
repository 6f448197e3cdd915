using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Emails;

/// <summary>An e-mail address of an operator (wire: EmailsModel). The unit of its times is not documented; seconds are assumed.</summary>
public sealed record OperatorEmail
{
    public required string EmailId { get; init; }

    public required string Email { get; init; }

    /// <summary>Whether somebody has shown that mail to it is read.</summary>
    public required bool Verified { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset CreateDateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset UpdateDateTime { get; init; }
}

// Classes, not records, from here on: a record's text form would show what these hold.

/// <summary>The body of issueAddEmailToken.</summary>
public sealed class IssueAddEmailTokenRequest : IHoldsSecrets
{
    /// <summary>The new address.</summary>
    public required string Email { get; init; }

    /// <summary>The root user's.</summary>
    public required string Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password];
}

/// <summary>The body of verifyAddEmailToken.</summary>
public sealed class VerifyAddEmailTokenRequest : IHoldsSecrets
{
    /// <summary>What the mail brought.</summary>
    public required string Token { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Token];
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<OperatorEmail>))]
[JsonSerializable(typeof(IssueAddEmailTokenRequest))]
[JsonSerializable(typeof(VerifyAddEmailTokenRequest))]
internal sealed partial class EmailsJson : JsonSerializerContext;
