namespace Soracom.Api.Http;

/// <summary>What goes along on each <see cref="HttpRequestMessage.Options"/>, for handlers that a host adds.</summary>
/// <param name="OperationId">The vendor's operation id.</param>
/// <param name="Coverage">Which of the vendor's two platforms is called.</param>
/// <param name="Priority">Whether somebody waits for it.</param>
/// <param name="AccountKey"><see cref="SoracomAccount.Key"/>; null while signing in.</param>
/// <param name="Attempt">1 for the first try of a call, then counting up.</param>
public sealed record SoracomRequestInfo(string OperationId, SoracomCoverage Coverage, CallPriority Priority, string? AccountKey, int Attempt)
{
    /// <summary>Where it is among the options of a request.</summary>
    public static readonly HttpRequestOptionsKey<SoracomRequestInfo> Key = new("Soracom.Request");
}
