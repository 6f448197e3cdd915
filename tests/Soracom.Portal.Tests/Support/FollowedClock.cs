using System.Globalization;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// A scene's clock that processes of their own go by as well: the scene moves it and tells them each time, and they say when they have
/// come there. It moves two seconds at a time and waits for all of them, so that nothing there runs into a time limit only because time
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

    private readonly List<Follower> followers = [];

    /// <summary>Where it is, as a process is told.</summary>
    public string Now => Ticks(clock.GetUtcNow());

    /// <summary>Has one more process follow from where it is.</summary>
    /// <param name="input">The process's standard input.</param>
    /// <returns>What hears the lines that it writes, and lets go of it.</returns>
    public Follower Lead(TextWriter input)
    {
        var follower = new Follower(followers, input);
        followers.Add(follower);
        return follower;
    }

    /// <summary>Moves the clock by a step, once all processes have come to where it was.</summary>
    public void MoveOn()
    {
        if (followers.TrueForAll(follower => follower.Reached >= clock.GetUtcNow().UtcTicks))
        {
            clock.Advance(Step);
            followers.ForEach(follower => follower.Tell(Now));
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

    /// <summary>A process that follows, until this is disposed of.</summary>
    internal sealed class Follower(List<Follower> followers, TextWriter input) : IDisposable
    {
        private long reached;

        /// <summary>Where it said last that it is.</summary>
        public long Reached => Interlocked.Read(ref reached);

        /// <summary>Takes in a line that the process has written.</summary>
        /// <param name="line">The line; null at the end.</param>
        public void Hear(string? line)
        {
            if (line?.StartsWith(FollowedClock.Reached, StringComparison.Ordinal) == true)
            {
                Interlocked.Exchange(ref reached, long.Parse(line.AsSpan(FollowedClock.Reached.Length), NumberStyles.None, CultureInfo.InvariantCulture));
            }
        }

        /// <summary>Tells it where the clock is.</summary>
        public void Tell(string now)
        {
            input.WriteLine(now);
            input.Flush();
        }

        public void Dispose() => followers.Remove(this);
    }
}
