namespace Soracom.Api;

/// <summary>Who waits for a call: decides its time limit and how it behaves when an operator's rate budget runs low.</summary>
public enum CallPriority
{
    /// <summary>A person waits: the call fails soon rather than wait for the rate limit to refresh.</summary>
    Interactive,

    /// <summary>
    /// A job waits: the call leaves the reserve of the budget to interactive ones, and waits for the refresh, unless it is a change that must
    /// not be sent twice: that fails soon, unsent, so that it is known when it was sent.
    /// </summary>
    Background,
}
