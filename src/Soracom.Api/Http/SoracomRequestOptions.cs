namespace Soracom.Api.Http;

/// <summary>What goes along on each <see cref="HttpRequestMessage.Options"/>, for handlers that a host adds.</summary>
public static class SoracomRequestOptions
{
    /// <summary>The vendor's operation id.</summary>
    public static readonly HttpRequestOptionsKey<string> OperationId = new("Soracom.OperationId");

    public static readonly HttpRequestOptionsKey<SoracomCoverage> Coverage = new("Soracom.Coverage");

    public static readonly HttpRequestOptionsKey<CallPriority> Priority = new("Soracom.Priority");

    /// <summary><see cref="SoracomAccount.Key"/>; null while signing in.</summary>
    public static readonly HttpRequestOptionsKey<string?> AccountKey = new("Soracom.AccountKey");

    /// <summary>1 for the first try of a call, then counting up.</summary>
    public static readonly HttpRequestOptionsKey<int> Attempt = new("Soracom.Attempt");
}
