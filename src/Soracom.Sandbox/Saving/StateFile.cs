using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Saving;

/// <summary>
/// Keeps the world in a file: written soon after a change and at the end, whole or not at all. A file that can't be used is told of,
/// put aside under another name, and not lost.
/// </summary>
internal sealed partial class StateFile : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private World? world;
    private int pending;

    public StateFile(string path, ILogger logger)
    {
        this.path = Path.GetFullPath(path);
        this.logger = logger;
        timer = TimeProvider.System.CreateTimer(_ => WriteLater(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the file holds; null when there is none, or none that can be used.</summary>
    /// <param name="seed">The sandbox's.</param>
    /// <param name="now">What the clock shows that the saved one is ahead of.</param>
    /// <exception cref="IOException">It can't be read, or can't be put aside.</exception>
    public SavedWorld? Read(int seed, DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string problem;
        try
        {
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(path), SavedJson.Default.SavedWorld);
            if (Problem(saved, seed, now) is not { } found)
            {
                return saved;
            }

            problem = found;
        }
        catch (JsonException broken)
        {
            problem = $"it is broken ({broken.Message})";
        }

        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.{File.GetLastWriteTimeUtc(path):yyyyMMddHHmmss}.unused");
        File.Move(path, aside, overwrite: true);
        LogUnusable(logger, path, problem, aside);
        return null;
    }

    /// <summary>Writes the world from now on whenever it changes.</summary>
    public void Keep(World kept)
    {
        world = kept;
        kept.OnChange = () =>
        {
            // The first change of several sets the moment, so that a busy sandbox is saved as well.
            if (Interlocked.Exchange(ref pending, 1) == 0)
            {
                timer.Change(Pause, Timeout.InfiniteTimeSpan);
            }
        };
    }

    /// <summary>Writes what there is.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write()
    {
        if (world is null)
        {
            return;
        }

        lock (gate)
        {
            Interlocked.Exchange(ref pending, 0);
            var saved = world.ToSaved();
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var fresh = path + ".new";
            using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(stream, saved, SavedJson.Default.SavedWorld);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
    }

    public void Dispose() => timer.Dispose();

    private static string? Problem(SavedWorld? saved, int seed, DateTimeOffset now) =>
        saved?.Seed != seed ? "it belongs to another seed"
        : saved.Format != SavedWorld.PresentFormat ? "it has another format"
        : !SandboxClock.CanShow(saved.Start) || !SandboxClock.CanBeAhead(saved.ClockOffset, now) ? "its time is out of range"
        : null;

    private void WriteLater()
    {
        try
        {
            Write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next change tries again, and so does the end.
            LogUnwritable(logger, path, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sandbox's state in {Path} can't be used: {Problem}. It was put aside as {Aside}, and the demo starts anew.")]
    private static partial void LogUnusable(ILogger logger, string path, string problem, string aside);

    [LoggerMessage(LogLevel.Error, "The sandbox's state can't be written to {Path}.")]
    private static partial void LogUnwritable(ILogger logger, string path, Exception exception);
}
