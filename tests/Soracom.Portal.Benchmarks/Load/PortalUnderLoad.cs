using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>
/// The portal as a process of its own, built as this program is, with the garbage collector of servers as in production. It measures its own
/// memory when it is asked to (<see cref="MemoryTeller"/>).
/// </summary>
internal sealed partial class PortalUnderLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Lock turn = new();
    private readonly List<string> complaints = [];
    private string? trouble;

    private PortalUnderLoad(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its time on the processors so far, and that of this program.</summary>
    public (TimeSpan Portal, TimeSpan Load) Processor
    {
        get
        {
            process.Refresh();
            using var mine = Process.GetCurrentProcess();
            return (process.TotalProcessorTime, mine.TotalProcessorTime);
        }
    }

    /// <summary>What it has said of errors.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (turn)
            {
                return [.. complaints];
            }
        }
    }

    /// <summary>Starts it.</summary>
    public static async Task<PortalUnderLoad> StartAsync(string[] settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Soracom.Portal.dll"), .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(MemoryTeller).Assembly.Location;
        start.Environment[MemoryTeller.Variable] = "1";
        var portal = new PortalUnderLoad(Process.Start(start)!);
        try
        {
            portal.Address = new Uri(await portal.SaysAsync(Said(), cancellationToken));
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it holds after all garbage was collected, in bytes: its managed heap, and all of its memory that is in the machine's.</summary>
    public async Task<Memory> MemoryAsync(CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(MemoryTeller.Question.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
        var heap = long.Parse(await SaysAsync(Told(), cancellationToken), CultureInfo.InvariantCulture);
        process.Refresh();
        return new(heap, process.WorkingSet64);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task<string> SaysAsync(Regex expected, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await foreach (var line in lines.Reader.ReadAllAsync(limit.Token))
        {
            if (expected.Match(line) is { Success: true } match)
            {
                return match.Groups["said"].Value;
            }
        }

        throw new InvalidOperationException($"The portal has ended: {string.Join(Environment.NewLine, Complaints)}");
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            lines.Writer.TryComplete();
            return;
        }

        lines.Writer.TryWrite(line);
        if (trouble is not null)
        {
            Complain($"{trouble} {line.Trim()}");
        }

        // What it is about stands on the next line.
        trouble = Trouble().IsMatch(line) ? line : null;
    }

    private void Complain(string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            lock (turn)
            {
                complaints.Add(line);
            }
        }
    }

    [GeneratedRegex("^Soracom.Portal is at (?<said>http://[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Said();

    [GeneratedRegex($"^{MemoryTeller.Answer}(?<said>[0-9]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Told();

    [GeneratedRegex("^(fail|crit): ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trouble();

    /// <summary>What a process holds, in bytes.</summary>
    public readonly record struct Memory(long Heap, long Resident);
}
