using Soracom.Sandbox.Auth;

namespace Soracom.Sandbox.State;

/// <summary>Somebody who can sign in to an operator account.</summary>
/// <param name="Name">A SAM user's name; null for the root user.</param>
/// <param name="Password">With the e-mail address for the root user, with operator id and name for a SAM user.</param>
/// <param name="AuthKeys">Keys for programs.</param>
/// <param name="Permissions">What the user's next sign-in may do.</param>
internal sealed record User(string? Name, string Password, IReadOnlyList<AuthKey> AuthKeys, PermissionSet Permissions)
{
    public bool Has(string authKeyId, string authKey) => AuthKeys.Contains(new AuthKey(authKeyId, authKey));

    public override string ToString() => $"User {Name ?? "(root)"}";
}

/// <param name="Id"><c>keyId-</c> and 32 letters or digits.</param>
/// <param name="Secret"><c>secret-</c> and 60 letters or digits.</param>
internal sealed record AuthKey(string Id, string Secret)
{
    public override string ToString() => $"AuthKey {Id}";
}
