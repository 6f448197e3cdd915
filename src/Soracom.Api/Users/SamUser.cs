using System.Text.Json.Serialization;
using Soracom.Api.Http;
using Soracom.Api.Roles;

namespace Soracom.Api.Users;

/// <summary>A SAM user (wire: UserDetailResponse).</summary>
public sealed record SamUser
{
    public required string UserName { get; init; }

    public string? Description { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset CreateDateTime { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset UpdateDateTime { get; init; }

    /// <summary>Whether the user can sign in with a password.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>What the user may do directly: a JSON document of statements, as text.</summary>
    public string? Permission { get; init; }

    /// <summary>The user's AuthKeys, without their secrets.</summary>
    public required IReadOnlyList<AuthKeyInfo> AuthKeyList { get; init; }

    /// <summary>The roles that give the user further permissions.</summary>
    public required IReadOnlyList<RoleSummary> RoleList { get; init; }
}

/// <summary>An AuthKey without its secret (wire: AuthKeyResponse).</summary>
public sealed record AuthKeyInfo
{
    public required string AuthKeyId { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public required DateTimeOffset CreateDateTime { get; init; }

    /// <summary>The last sign-in with it; null when it was never used.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? LastUsedDateTime { get; init; }
}

/// <summary>Whether a user can sign in with a password (wire: GetUserPasswordResponse).</summary>
public sealed record UserPasswordState
{
    public required bool HasPassword { get; init; }
}

/// <summary>What a user may do directly (wire: GetUserPermissionResponse).</summary>
public sealed record UserPermission
{
    /// <summary>A JSON document of statements, as text.</summary>
    public required string Permission { get; init; }
}

/// <summary>Who may switch to a user (wire: GetUserTrustPolicyResponse and SetUserTrustPolicyRequest).</summary>
public sealed record UserTrustPolicy
{
    /// <summary>A JSON document of statements, as text; users are named by SRN: <c>srn:soracom:OP0123456789::User:name</c>.</summary>
    public string? TrustPolicy { get; init; }
}

/// <summary>What every SAM user may do (wire: GetDefaultPermissionsResponse).</summary>
public sealed record DefaultPermissions
{
    /// <summary>A JSON document of statements, as text. Its name in the request is another one.</summary>
    [JsonPropertyName("defaultPermissions")]
    public string? Permissions { get; init; }
}

/// <summary>How far a second factor is (wire: MFAStatusOfUseResponse).</summary>
public sealed record MfaState
{
    /// <summary>One of <see cref="MfaStatus"/>.</summary>
    [WireValues(typeof(MfaStatus))]
    public string? Status { get; init; }
}

/// <summary>Values of <see cref="MfaState.Status"/>.</summary>
public static class MfaStatus
{
    /// <summary>A password sign-in needs a code.</summary>
    public const string Active = "ACTIVE";

    /// <summary>There is no second factor.</summary>
    public const string Inactive = "INACTIVE";

    /// <summary>Begun, and not asked for before it is verified.</summary>
    public const string Unconfirmed = "UNCONFIRMED";
}
