using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Credentials;

/// <summary>The credential is good, but it signs in to another operator than the former one; nothing was stored.</summary>
public sealed record OtherOperatorError : PortalError
{
    /// <summary>Creates the error.</summary>
    /// <param name="former">The operator of the stored credential.</param>
    /// <param name="other">The operator of the new one.</param>
    public OtherOperatorError(string former, string other)
        : base("OtherOperator") => Arguments = [former, other];
}

/// <summary>One of the tenant's stored secrets can't be opened; nothing was changed.</summary>
public sealed record UnreadableSecretError() : PortalError("UnreadableSecret");
