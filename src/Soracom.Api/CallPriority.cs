namespace Soracom.Api;

/// <summary>Who waits for a call: decides its time limit and how it behaves when an operator's rate budget runs low.</summary>
public enum CallPriority
{
    /// <summary>A person waits: the call fails soon rather than wait for the rate limit to refresh.</summary>
    Interactive,

    /// <summary>A job waits: the call waits for the refresh, and leaves the reserve of the budget to interactive ones.</summary>
    Background,
}
