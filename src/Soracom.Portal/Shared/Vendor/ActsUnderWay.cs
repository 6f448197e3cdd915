namespace Soracom.Portal.Shared.Vendor;

/// <summary>
/// People's changes at the vendor that are under way. Their page may be gone by the time the vendor answers; the portal does not end before
/// the audit trail has what came of them, as long as it is given the time.
/// </summary>
/// <param name="log">The log.</param>
internal sealed partial class ActsUnderWay(ILogger<ActsUnderWay> log) : IHostedService
{
    private readonly Lock gate = new();
    private readonly HashSet<Task> acts = [];

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does one; it counts until it has ended.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="act">Does it, and writes down what came of it.</param>
    public async Task<T> DoAsync<T>(Func<Task<T>> act)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            acts.Add(ended.Task);
        }

        try
        {
            return await act();
        }
        finally
        {
            lock (gate)
            {
                acts.Remove(ended.Task);
            }

            ended.SetResult();
        }
    }

    /// <summary>Waits for those that are under way.</summary>
    /// <param name="cancellationToken">Ends the wait: the trail has only that they were begun.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (gate)
        {
            all = Task.WhenAll(acts);
        }

        try
        {
            await all.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogLeft();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The portal ends before the vendor has answered some changes; the audit trail says of them only that they were begun.")]
    private partial void LogLeft();
}
