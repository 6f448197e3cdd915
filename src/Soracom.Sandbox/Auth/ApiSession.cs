using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// What an API key stands for: who signed in and what they were allowed to do at that moment. Later changes of a user's
/// permissions take effect with a newly issued key, also when only the token is renewed.
/// </summary>
/// <param name="ApiKey">The key, <c>api-</c> and a UUID.</param>
/// <param name="Account">The operator.</param>
/// <param name="UserName">The SAM user, or null for the root user.</param>
/// <param name="Permissions">Frozen at sign-in.</param>
internal sealed record ApiSession(string ApiKey, OperatorAccount Account, string? UserName, PermissionSet Permissions)
{
    /// <summary>Several tokens can be valid for a key: renewing one does not end the others.</summary>
    public Dictionary<string, DateTimeOffset> ExpiryByToken { get; } = new(StringComparer.Ordinal);

    public override string ToString() => $"Session of {UserName ?? "root"} at {Account.OperatorId}";
}

internal enum PairState
{
    Missing,
    Unknown,
    Expired,
    Valid,
}

/// <param name="State">What became of the two headers.</param>
/// <param name="Session">Set when the pair is valid.</param>
internal readonly record struct PairCheck(PairState State, ApiSession? Session);
