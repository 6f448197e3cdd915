using System.Text.Json.Serialization;

namespace Soracom.Sandbox.State;

/// <summary>Somebody who can sign in to an operator account. <see cref="object.ToString"/> leaves the secrets out.</summary>
/// <param name="Name">A SAM user's name; null for the root user.</param>
/// <param name="Password">With the e-mail address for the root user, with operator id and name for a SAM user, who may have none.</param>
/// <param name="AuthKeys">Keys for programs.</param>
internal sealed record User(string? Name, string? Password, IReadOnlyList<AuthKey> AuthKeys)
{
    [JsonIgnore]
    public bool IsRoot => Name is null;

    public string? Description { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }

    /// <summary>The permission document that the user has directly; null for none. The root user needs none.</summary>
    public string? Permission { get; init; }

    /// <summary>The ids of the roles that give the user further permissions.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The document that says who may switch to this user; null when nobody may.</summary>
    public string? TrustPolicy { get; init; }

    public SecondFactor? SecondFactor { get; init; }

    public override string ToString() => $"User {Name ?? "(root)"}";
}

/// <param name="Id"><c>keyId-</c> and 32 letters or digits.</param>
/// <param name="Secret"><c>secret-</c> and 60 letters or digits.</param>
internal sealed record AuthKey(string Id, string Secret)
{
    public DateTimeOffset Created { get; init; }

    /// <summary>The last sign-in with it; null when there was none.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    public override string ToString() => $"AuthKey {Id}";
}

/// <summary>The codes that a password sign-in needs besides the password.</summary>
/// <param name="Secret">In base 32.</param>
/// <param name="IsConfirmed">Whether a first code has shown that the app is set up; before that no sign-in asks for one.</param>
/// <param name="BackupCodes">What stands in for a lost app, once each.</param>
internal sealed record SecondFactor(string Secret, bool IsConfirmed, IReadOnlyList<string> BackupCodes)
{
    public override string ToString() => nameof(SecondFactor);
}
