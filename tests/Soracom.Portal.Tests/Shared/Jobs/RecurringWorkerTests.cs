using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Tests.Shared.Jobs;

/// <summary>What is done now and then, by instances that are to.</summary>
public sealed class RecurringWorkerTests
{
    private readonly FakeTime clock = new();

    [Fact]
    public async Task Look_IsMadeAfterItsPause_AndAgain_AlsoAfterOneThatFailed()
    {
        using var logs = new LogCapture();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(logs));
        using var worker = new Worker(new RecurringOptions(), clock, logging.CreateLogger<Worker>());
        await worker.StartAsync(Watchdog.Token);

        clock.Advance(await clock.TimerWithinAsync(Worker.Start, Watchdog.Token));
        clock.Advance(await clock.TimerWithinAsync(Worker.Failed, Watchdog.Token));
        await clock.TimerWithinAsync(Worker.Next, Watchdog.Token);

        Assert.Equal([Worker.Start, Worker.Start + Worker.Failed], worker.Looks);
        Assert.Contains(logs.Lines, line => line.Level == LogLevel.Error && line.Message.Contains(nameof(Worker), StringComparison.Ordinal));
        await worker.StopAsync(Watchdog.Token);
    }

    [Fact]
    public async Task Look_OfAnInstanceThatIsNotTo_IsNeverMade()
    {
        using var worker = new Worker(new RecurringOptions { Run = false }, clock, NullLogger.Instance);

        await worker.StartAsync(Watchdog.Token);

        await worker.ExecuteTask!;
        Assert.Empty(worker.Looks);
    }

    /// <summary>Fails at its first look.</summary>
    private sealed class Worker(RecurringOptions options, TimeProvider clock, ILogger log) : RecurringWorker(Options.Create(options), clock, log)
    {
        public static readonly TimeSpan Start = TimeSpan.FromMinutes(15), Failed = TimeSpan.FromHours(1), Next = TimeSpan.FromHours(8);

        private readonly TimeProvider clock = clock;
        private readonly DateTimeOffset start = clock.GetUtcNow();

        public List<TimeSpan> Looks { get; } = [];

        protected override TimeSpan First => Start;

        protected override TimeSpan AfterFailure => Failed;

        protected override Task<TimeSpan> LookAsync(CancellationToken cancellationToken)
        {
            Looks.Add(clock.GetUtcNow() - start);
            return Looks.Count == 1 ? throw new TimeoutException("The database is busy.") : Task.FromResult(Next);
        }
    }
}
