using Soracom.Api.Http;

namespace Soracom.Api.Auth;

/// <summary>The body of issuePasswordResetToken.</summary>
public sealed record IssuePasswordResetTokenRequest
{
    /// <summary>The root user's address.</summary>
    public required string Email { get; init; }
}

// Classes, not records, from here on: a record's text form would show what these hold.

/// <summary>The body of verifyPasswordResetToken.</summary>
public sealed class VerifyPasswordResetTokenRequest : IHoldsSecrets
{
    /// <summary>What the mail brought.</summary>
    public required string Token { get; init; }

    /// <summary>The new password.</summary>
    public required string Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Token, Password];
}

/// <summary>The body of issueMFARevokingToken.</summary>
public sealed class IssueMfaRevokingTokenRequest : IHoldsSecrets
{
    /// <summary>The root user's address.</summary>
    public required string Email { get; init; }

    public required string Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password];
}

/// <summary>The body of verifyMFARevokingToken.</summary>
public sealed class VerifyMfaRevokingTokenRequest : IHoldsSecrets
{
    /// <summary>The root user's address.</summary>
    public required string Email { get; init; }

    public required string Password { get; init; }

    /// <summary>What the mail brought.</summary>
    public required string Token { get; init; }

    /// <summary>One of those that were answered when the second factor was set up.</summary>
    public required string BackupCode { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password, Token, BackupCode];
}
