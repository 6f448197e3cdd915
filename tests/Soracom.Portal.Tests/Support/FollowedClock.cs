using System.Globalization;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// A scene's clock that a process of its own goes by as well: the scene moves it and tells the process each time, which says when it has
/// come there. It moves two seconds at a time and waits for the process, so that nothing there runs into a time limit only because time
/// went by too fast.
/// </summary>
/// <param name="clock">The scene's clock.</param>
internal sealed class FollowedClock(FakeTime clock)
{
    /// <summary>The environment variable that tells a process where the clock is when it starts.</summary>
    public const string Variable = "PORTAL_TEST_CLOCK";

    /// <summary>How a line begins in which a process says where it is.</summary>
    private const string Reached = "test clock ";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private TextWriter? follower;
    private long reached;

    /// <summary>Where it is, as a process is told.</summary>
    public string Now => Ticks(clock.GetUtcNow());

    /// <summary>Has another process follow from where it is.</summary>
    /// <param name="input">The process's standard input.</param>
    public void Lead(TextWriter input)
    {
        follower = input;
        Interlocked.Exchange(ref reached, 0);
    }

    /// <summary>Takes in a line that the process has written.</summary>
    /// <param name="line">The line; null at the end.</param>
    public void Hear(string? line)
    {
        if (line?.StartsWith(Reached, StringComparison.Ordinal) == true)
        {
            Interlocked.Exchange(ref reached, long.Parse(line.AsSpan(Reached.Length), NumberStyles.None, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Moves the clock by a step, once the process has come to where it was.</summary>
    public void MoveOn()
    {
        if (Interlocked.Read(ref reached) >= clock.GetUtcNow().UtcTicks)
        {
            clock.Advance(Step);
            follower!.WriteLine(Now);
            follower.Flush();
        }
    }

    /// <summary>A clock of this process, which stands still where another's is.</summary>
    /// <param name="start">Where that is.</param>
    public static FakeTime At(string start) => new(Instant(start));

    /// <summary>Has a clock of this process follow, for as long as it is told to.</summary>
    /// <param name="mine">The clock.</param>
    public static void Follow(FakeTime mine) =>
        new Thread(() =>
        {
            do
            {
                Console.Out.WriteLine(Reached + Ticks(mine.GetUtcNow()));
                if (Console.In.ReadLine() is not { } next)
                {
                    return;
                }

                mine.Advance(Instant(next) - mine.GetUtcNow());
            }
            while (true);
        })
        { IsBackground = true }.Start();

    private static string Ticks(DateTimeOffset instant) => instant.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string ticks) => new(long.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
