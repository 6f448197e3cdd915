namespace Soracom.Sandbox;

/// <summary>A demo operator and all that signs in to it. <see cref="object.ToString"/> leaves the secrets out.</summary>
/// <param name="Fleet">The key of its fleet, from <see cref="DemoFleets"/>.</param>
/// <param name="Name">The company's name.</param>
/// <param name="OperatorId"><c>OP</c> and ten digits.</param>
/// <param name="Email">The root user's e-mail address.</param>
/// <param name="Password">The root user's password.</param>
/// <param name="AuthKeyId">Id of the root user's AuthKey.</param>
/// <param name="AuthKey">The root user's AuthKey.</param>
/// <param name="Users">The SAM users.</param>
public sealed record SandboxOperator(
    string Fleet,
    string Name,
    string OperatorId,
    string Email,
    string Password,
    string AuthKeyId,
    string AuthKey,
    IReadOnlyList<SandboxUser> Users)
{
    /// <summary>The SAM user of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public SandboxUser User(string name) => Users.First(user => user.Name == name);

    public override string ToString() => $"{nameof(SandboxOperator)} {Fleet} {OperatorId}";
}

/// <summary>A SAM user of a demo operator. <see cref="object.ToString"/> leaves the secrets out.</summary>
/// <param name="Name">The user name.</param>
/// <param name="Password">The password.</param>
/// <param name="AuthKeyId">Id of the user's AuthKey.</param>
/// <param name="AuthKey">The user's AuthKey.</param>
/// <param name="Permission">What the user may do, as a SAM permission document.</param>
public sealed record SandboxUser(string Name, string Password, string AuthKeyId, string AuthKey, string Permission)
{
    public override string ToString() => $"{nameof(SandboxUser)} {Name}";
}
