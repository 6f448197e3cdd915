namespace Soracom.Api;

/// <summary>Whom a credential signs in.</summary>
/// <param name="OperatorId">The operator, <c>OP</c> and ten digits.</param>
/// <param name="UserName">The SAM user; null for the root user.</param>
public sealed record SoracomIdentity(string OperatorId, string? UserName)
{
    public bool IsRoot => UserName is null;
}
