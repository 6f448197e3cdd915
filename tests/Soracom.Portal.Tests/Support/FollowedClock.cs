using System.IO.MemoryMappedFiles;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// A scene's clock that processes of their own go by as well: the scene moves it, and each process follows by a file in memory. It moves two
/// seconds at a time and waits for the process, so that nothing there runs into a time limit only because time went by too fast.
/// </summary>
internal sealed class FollowedClock : IDisposable
{
    /// <summary>The environment variable that tells a process where the clock is.</summary>
    public const string Variable = "PORTAL_TEST_CLOCK";

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly FakeTime clock;

    public FollowedClock(FakeTime clock, string path)
    {
        this.clock = clock;
        FilePath = path;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, 2 * sizeof(long));
        view = file.CreateViewAccessor();
        Publish();
    }

    public string FilePath { get; }

    /// <summary>Moves the clock by a step, once the process has come to where it was.</summary>
    public void MoveOn()
    {
        if (view.ReadInt64(sizeof(long)) >= clock.GetUtcNow().Ticks)
        {
            clock.Advance(Step);
            Publish();
        }
    }

    /// <summary>Nobody follows any more; whoever comes next begins from where it is.</summary>
    public void Forget() => view.Write(sizeof(long), 0L);

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }

    /// <summary>A clock of this process that follows, for as long as the process lives.</summary>
    public static FakeTime Follow(string path)
    {
        var shared = MemoryMappedFile.CreateFromFile(path, FileMode.Open).CreateViewAccessor();
        var mine = new FakeTime(new DateTimeOffset(shared.ReadInt64(0), TimeSpan.Zero));
        new Thread(() =>
        {
            while (true)
            {
                var ahead = shared.ReadInt64(0) - mine.GetUtcNow().Ticks;
                if (ahead > 0)
                {
                    mine.Advance(TimeSpan.FromTicks(ahead));
                }

                shared.Write(sizeof(long), mine.GetUtcNow().Ticks);
                Thread.Sleep(1);
            }
        })
        { IsBackground = true }.Start();
        return mine;
    }

    private void Publish() => view.Write(0, clock.GetUtcNow().Ticks);
}
