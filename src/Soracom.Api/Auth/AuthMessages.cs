using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Auth;

// Classes, not records: a record's text form would show what these hold.

internal sealed class AuthRequest : IHoldsSecrets
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    public string? OperatorId { get; init; }

    public string? UserName { get; init; }

    public string? AuthKeyId { get; init; }

    public string? AuthKey { get; init; }

    /// <summary>The present code of the user's second factor, with a password.</summary>
    [JsonPropertyName("mfaOTPCode")]
    public string? MfaOtpCode { get; init; }

    /// <summary>Seconds; the vendor's default is 86,400, its limit 172,800.</summary>
    public long? TokenTimeoutSeconds { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password, AuthKey, MfaOtpCode];

    public static AuthRequest For(SoracomCredential credential, TimeSpan tokenLife)
    {
        var seconds = (long)tokenLife.TotalSeconds;
        return credential switch
        {
            AuthKeyCredential key => new() { AuthKeyId = key.AuthKeyId, AuthKey = key.AuthKey, TokenTimeoutSeconds = seconds },
            SamUserCredential user => new()
            {
                OperatorId = user.OperatorId,
                UserName = user.UserName,
                Password = user.Password,
                TokenTimeoutSeconds = seconds,
            },
            RootCredential root => new() { Email = root.Email, Password = root.Password, TokenTimeoutSeconds = seconds },
            _ => throw new ArgumentException($"A {credential.GetType().Name} can't sign in.", nameof(credential)),
        };
    }
}

internal sealed class AuthResponse
{
    public required string ApiKey { get; init; }

    public required string Token { get; init; }

    public required string OperatorId { get; init; }

    /// <summary>Absent for the root user.</summary>
    public string? UserName { get; init; }
}

internal sealed class SwitchUserRequest
{
    public required string OperatorId { get; init; }

    public required string UserName { get; init; }

    /// <summary>Seconds, from 180 to 3,600, which is the vendor's default.</summary>
    public required long TokenTimeoutSeconds { get; init; }
}

internal sealed class GenerateTokenRequest
{
    /// <summary>Seconds; the vendor's default is 86,400, its limit 172,800.</summary>
    public required long TokenTimeoutSeconds { get; init; }
}

internal sealed class GenerateTokenResponse
{
    public required string Token { get; init; }
}
