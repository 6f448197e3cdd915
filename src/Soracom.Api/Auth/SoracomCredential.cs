using System.Text;

namespace Soracom.Api;

/// <summary>
/// One of the vendor's three kinds of credential for <c>POST /auth</c>. Its text form names the credential and never
/// shows the secret.
/// </summary>
public abstract record SoracomCredential
{
    private protected SoracomCredential()
    {
    }

    private protected static string Required(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}

/// <summary>An AuthKey pair of the root user or of a SAM user.</summary>
public sealed record AuthKeyCredential(string AuthKeyId, string AuthKey) : SoracomCredential
{
    public string AuthKeyId { get; } = Required(AuthKeyId, nameof(AuthKeyId));

    public string AuthKey { get; } = Required(AuthKey, nameof(AuthKey));

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AuthKeyId = ").Append(AuthKeyId);
        return true;
    }
}

/// <summary>A SAM user's name and password.</summary>
public sealed record SamUserCredential(string OperatorId, string UserName, string Password) : SoracomCredential
{
    public string OperatorId { get; } = Required(OperatorId, nameof(OperatorId));

    public string UserName { get; } = Required(UserName, nameof(UserName));

    public string Password { get; } = Required(Password, nameof(Password));

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("OperatorId = ").Append(OperatorId).Append(", UserName = ").Append(UserName);
        return true;
    }
}

/// <summary>The root user's e-mail address and password.</summary>
public sealed record RootCredential(string Email, string Password) : SoracomCredential
{
    public string Email { get; } = Required(Email, nameof(Email));

    public string Password { get; } = Required(Password, nameof(Password));

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Email = ").Append(Email);
        return true;
    }
}
