using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Users;

/// <summary>The body of createUser.</summary>
public sealed record CreateUserRequest
{
    public string? Description { get; init; }
}

/// <summary>The body of updateUser.</summary>
public sealed record UpdateUserRequest
{
    public string? Description { get; init; }
}

/// <summary>The body of updateUserPermission.</summary>
public sealed record SetUserPermissionRequest
{
    /// <summary>A JSON document of statements, as text.</summary>
    public required string Permission { get; init; }

    public string? Description { get; init; }
}

/// <summary>The body of updateDefaultPermissions.</summary>
public sealed record UpdateDefaultPermissionsRequest
{
    /// <summary>A JSON document of statements, as text.</summary>
    public required string Permissions { get; init; }
}

// Classes, not records, from here on: a record's text form would show what these hold.

/// <summary>The body of createUserPassword.</summary>
public sealed class CreateUserPasswordRequest : IHoldsSecrets
{
    public string? Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password];
}

/// <summary>The body of updateUserPassword and updateOperatorPassword.</summary>
public sealed class UpdatePasswordRequest : IHoldsSecrets
{
    public required string CurrentPassword { get; init; }

    public required string NewPassword { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [CurrentPassword, NewPassword];
}

/// <summary>The body of verifyMFA and verifyUserMFA.</summary>
public sealed class MfaCode : IHoldsSecrets
{
    /// <summary>The present six digits.</summary>
    [JsonPropertyName("mfaOTPCode")]
    public string? Code { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Code];
}

/// <summary>A new AuthKey with its secret, which nothing shows again (wire: GenerateUserAuthKeyResponse, GenerateOperatorsAuthKeyResponse).</summary>
public sealed class NewAuthKey
{
    public required string AuthKeyId { get; init; }

    public required string AuthKey { get; init; }
}

/// <summary>What an authenticator app is set up with (wire: EnableMFAOTPResponse).</summary>
public sealed class MfaSecret
{
    /// <summary>An otpauth address, which holds the secret; usually shown as a QR code.</summary>
    public required string TotpUri { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<SamUser>))]
[JsonSerializable(typeof(IReadOnlyList<AuthKeyInfo>))]
[JsonSerializable(typeof(UserPasswordState))]
[JsonSerializable(typeof(UserPermission))]
[JsonSerializable(typeof(UserTrustPolicy))]
[JsonSerializable(typeof(DefaultPermissions))]
[JsonSerializable(typeof(MfaState))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(SetUserPermissionRequest))]
[JsonSerializable(typeof(UpdateDefaultPermissionsRequest))]
[JsonSerializable(typeof(CreateUserPasswordRequest))]
[JsonSerializable(typeof(UpdatePasswordRequest))]
[JsonSerializable(typeof(MfaCode))]
[JsonSerializable(typeof(NewAuthKey))]
[JsonSerializable(typeof(MfaSecret))]
internal sealed partial class UsersJson : JsonSerializerContext;
