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

/// <summary>
/// Another SAM user, also of another operator, that trusts the user of the source credential. Its tokens live for an hour at most.
/// </summary>
public sealed record SwitchedUserCredential : SoracomCredential
{
    /// <param name="source">Whose user switches; not one that has been switched to itself.</param>
    /// <param name="operatorId">The operator of the user that is switched to.</param>
    /// <param name="userName">The user that is switched to.</param>
    public SwitchedUserCredential(SoracomCredential source, string operatorId, string userName)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source is SwitchedUserCredential)
        {
            throw new ArgumentException("A user that was switched to can't switch on.", nameof(source));
        }

        Source = source;
        OperatorId = Required(operatorId, nameof(operatorId));
        UserName = Required(userName, nameof(userName));
    }

    public SoracomCredential Source { get; }

    public string OperatorId { get; }

    public string UserName { get; }
}
