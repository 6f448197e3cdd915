namespace Soracom.Portal.Security.SignIn;

/// <summary>How long a sign-in holds. Configuration section <c>Session</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Session";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestFresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Without use, a session ends after this long. 5 minutes to 30 days; 8 hours by default.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(8);

    /// <summary>However much it is used, a session ends after this long. 5 minutes to 30 days; 24 hours by default.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long after somebody has proved who they are sensitive acts are allowed. 1 minute to 30 days; 15 minutes by default.</summary>
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromMinutes(15);

    internal static bool IsFreshSensible(TimeSpan time) => time >= ShortestFresh && time <= Longest;

    internal static string FreshComplaint => $"{Section}:{nameof(FreshFor)} must be between {ShortestFresh:c} and {Longest:c}.";

    internal static bool IsSensible(TimeSpan timeout) => timeout >= Shortest && timeout <= Longest;

    internal static string Complaint(string key) => $"{Section}:{key} must be between {Shortest:c} and {Longest:c}.";
}
