using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox;

/// <summary>How a sandbox is set up. Checked when the server starts.</summary>
public sealed class SandboxOptions
{
    /// <summary>
    /// What time it is. Everything that happens with time follows it alone: the end of tokens, rate limits, the search index,
    /// slow faults. The demo fleets date their past from the moment at which the server starts.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What time it is at the start, instead of <see cref="Clock"/>'s; it goes on from there. From 2000 to 2199. A state file has a time of its own.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>
    /// The file that what was changed is kept in, from one start to the next; null keeps nothing. Made when there is none. It holds
    /// only what differs from the demo, and no API keys or tokens, but the key that addresses of files are signed with. One sandbox at a time.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>Decides every id, key and name of the demo fleets: the same seed makes the same accounts.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The demo fleets to serve: keys of <see cref="DemoFleets"/>.</summary>
    public IReadOnlyList<string> Fleets { get; init; } = DemoFleets.All;

    /// <summary>Where the Japan coverage listens: http, an IP address or localhost, port 0 for any free one.</summary>
    public Uri JapanAddress { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Where the Global coverage listens; null leaves it out.</summary>
    public Uri? GlobalAddress { get; init; } = new("http://127.0.0.1:0");

    /// <summary>Calls per minute, for each operator (or address of an anonymous caller), coverage and group of paths.</summary>
    public int RateLimitPerMinute { get; init; } = 6000;

    /// <summary>The most items in a page of a list. The service's own figure is not published for most lists.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>How long search does not know of a change yet; the real service takes some seconds.</summary>
    public TimeSpan IndexLag { get; init; } = TimeSpan.Zero;

    /// <summary>The largest request body in bytes.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Lets people really connect to the ways into devices that are made; null lets nobody, and makes up who comes.</summary>
    public NapterListening? Napter { get; init; }

    /// <summary>Answers that no public source tells.</summary>
    public UndocumentedAnswers Undocumented { get; init; } = new();

    /// <summary>Where failures inside the sandbox are logged; nowhere by default. Credentials are never logged.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What is served; tests of the machinery bring operations of their own.</summary>
    internal IReadOnlyList<Operation> Operations { get; init; } = Http.Operations.All;

    /// <summary>What signed addresses lead to.</summary>
    internal IReadOnlyList<DownloadKind> Downloads { get; init; } = DownloadKinds.All;

    /// <exception cref="ArgumentException">A setting makes no sense; the message names it.</exception>
    internal static void Validate(SandboxOptions options)
    {
        Require(options.RateLimitPerMinute > 0, $"{nameof(RateLimitPerMinute)} must be positive.");
        Require(options.PageSize > 0, $"{nameof(PageSize)} must be positive.");
        Require(options.IndexLag >= TimeSpan.Zero, $"{nameof(IndexLag)} must not be negative.");
        Require(options.MaxBodyBytes > 0, $"{nameof(MaxBodyBytes)} must be positive.");
        Require(
            options.StartAt is not { } start || SandboxClock.CanShow(start),
            $"{nameof(StartAt)} must be from {SandboxClock.Earliest:yyyy-MM-dd} on and before {SandboxClock.Latest:yyyy-MM-dd}.");
        Require(
            options.Napter is not { LoopbackCountsAs.AddressFamily: not AddressFamily.InterNetwork },
            $"{nameof(Napter)}.{nameof(NapterListening.LoopbackCountsAs)} must be an IPv4 address.");
        foreach (var fleet in options.Fleets)
        {
            Require(DemoFleets.All.Contains(fleet, StringComparer.Ordinal), $"{nameof(Fleets)} names '{fleet}'; there are: {string.Join(", ", DemoFleets.All)}.");
        }

        void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message, nameof(options));
            }
        }
    }
}
