namespace Soracom.Portal.Shared.Jobs;

/// <summary>How long a job waits for a vendor that does not go along.</summary>
internal static class JobPatience
{
    /// <summary>How often in a row nothing gets through before the job is paused: about an hour.</summary>
    public const int MostTries = 10;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The wait after a number of tries that failed in a row.</summary>
    /// <param name="tries">How many, from 1 on.</param>
    /// <param name="told">How long the vendor said; null when it did not.</param>
    public static TimeSpan After(int tries, TimeSpan? told) => told ?? TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(tries - 1, 10)));
}
