using Soracom.Api.Sims;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Makes single changes of a job at the vendor, and looks up whether one was made.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobSender(TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>A SIM that was read longer ago is read again before it is changed, so that what was before is known.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>Makes a change, unless the SIM is so already or does not allow it.</summary>
    /// <param name="account">Whose SIM.</param>
    /// <param name="turn">The job's turn.</param>
    /// <param name="item">The change.</param>
    /// <param name="cancellationToken">Cancels; whether the change was made is then not known.</param>
    /// <returns>What came of it.</returns>
    public async Task<SimJobOutcome> SendAsync(SimJobAccount account, JobTurn turn, SimJobTask item, CancellationToken cancellationToken)
    {
        var (before, learned, stopped) = await BeforeAsync(account, item, cancellationToken);
        if (stopped is not null)
        {
            return stopped;
        }

        var looked = new SimJobOutcome(item, SimJobItemState.Already) { Before = before, Learned = learned?.Sim, LearnedAt = learned?.At ?? default };
        if (item.Change.IsIn(before!))
        {
            return looked;
        }

        if (item.Change.ObstacleFor(before!) is { } obstacle)
        {
            return looked with { State = SimJobItemState.Refused, Reason = obstacle.Key, Detail = SimJobJson.Write(obstacle.Arguments) };
        }

        if (!turn.IsSafe)
        {
            return looked with { State = SimJobItemState.Waiting };
        }

        var askedAt = clock.GetUtcNow();
        string? requestId = null;
        var sent = await soracom.ChangeForJobAsync(
            account.TenantId, account.Coverage, async (client, token) => new Answer(await item.Change.SendAsync(client, item.SimId, token)), cancellationToken, id => requestId ??= id);
        looked = looked with { VendorRequestId = requestId };
        if (sent.Error is VendorError error)
        {
            return await FailedAsync(account, looked with { Sent = true }, error, cancellationToken);
        }

        var done = looked with { State = SimJobItemState.Done, Sent = true };
        return sent.Value.Sim is { } sim ? done with { Learned = sim, LearnedAt = askedAt } : await WithReadingAsync(account, done, cancellationToken);
    }

    /// <summary>Finds out what became of an item that was out when its worker ended.</summary>
    /// <param name="account">Whose SIM.</param>
    /// <param name="item">The change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// Done where the SIM shows it. Where it does not: waiting, for its call has ended since; unknown if the vendor had it and never
    /// answered. Still out where the vendor can't be asked.
    /// </returns>
    public async Task<SimJobOutcome> LookUpAsync(SimJobAccount account, SimJobTask item, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var read = await ReadAsync(account, item.SimId, cancellationToken);
        return read.Error switch
        {
            null => Shows(account, item, read.Value, readAt)
                ? new SimJobOutcome(item, SimJobItemState.Done) { Sent = true, Before = item.Known is { } known && !item.Change.IsIn(known) ? known : null, Learned = read.Value, LearnedAt = readAt }
                : new SimJobOutcome(item, item.Doubted ? SimJobItemState.Unknown : SimJobItemState.Waiting)
                {
                    Sent = item.Doubted,
                    Reason = item.Doubted ? nameof(VendorErrorKind.Unavailable) : null,
                    Learned = read.Value,
                    LearnedAt = readAt,
                },
            VendorError { Kind: VendorErrorKind.NotFound } gone => Missing(item, gone, readAt),
            VendorError error => new SimJobOutcome(item, SimJobItemState.Sending) { Reason = item.Doubted ? error.Kind.ToString() : null, Stop = StopFor(error) },
            var other => throw new InvalidOperationException($"A look-up answered {other.GetType().Name}."),
        };
    }

    /// <summary>An item that was marked and then not sent, for the one before it could not be.</summary>
    public static SimJobOutcome NotSent(SimJobTask item, SimJobStop stop) => new(item, SimJobItemState.Waiting) { Stop = stop };

    /// <summary>The SIM as it is after an outcome, as far as that tells; null where it has to be read.</summary>
    public static InventorySim? KnownAfter(SimJobAccount account, SimJobOutcome outcome) =>
        outcome.Learned is { } sim ? Row(account, sim, outcome.LearnedAt) : outcome.State is SimJobItemState.Already or SimJobItemState.Refused ? outcome.Before : null;

    private static InventorySim Row(SimJobAccount account, Sim sim, DateTimeOffset readAt) => InventoryRow.Of(sim, account.TenantId, account.Coverage, readAt);

    private static bool Shows(SimJobAccount account, SimJobTask item, Sim sim, DateTimeOffset readAt) => item.Change.IsIn(Row(account, sim, readAt));

    private static SimJobOutcome Missing(SimJobTask item, VendorError error, DateTimeOffset readAt) =>
        new(item, SimJobItemState.Failed) { Reason = error.Kind.ToString(), Detail = DetailOf(error), Gone = true, LearnedAt = readAt };

    private static string DetailOf(VendorError error) => SimJobJson.Write([error.Code ?? "", error.VendorMessage ?? "", error.RequestId ?? ""]);

    private static SimJobStop StopFor(VendorError error) => new(error.Kind.ToString(), error.RetryAfter, error.IsAboutTheCredential);

    /// <summary>The SIM just before: as the inventory has it where that is fresh, else read.</summary>
    private async Task<(InventorySim? Before, Reading? Learned, SimJobOutcome? Stopped)> BeforeAsync(SimJobAccount account, SimJobTask item, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // That nothing is to be done is never believed of an older reading.
        if (item.Known is { } known && now - known.ReadAt < FreshFor && !item.Change.IsIn(known))
        {
            return (known, null, null);
        }

        var read = await ReadAsync(account, item.SimId, cancellationToken);
        return read.Error switch
        {
            null => (Row(account, read.Value, now), new Reading(read.Value, now), null),
            VendorError { Kind: VendorErrorKind.NotFound } gone => (null, null, Missing(item, gone, now)),
            VendorError error => (null, null, NotSent(item, StopFor(error))),
            var other => throw new InvalidOperationException($"A reading answered {other.GetType().Name}."),
        };
    }

    /// <summary>What a call that failed means for its item.</summary>
    private async Task<SimJobOutcome> FailedAsync(SimJobAccount account, SimJobOutcome looked, VendorError error, CancellationToken cancellationToken)
    {
        var item = looked.Task;
        if (!error.OutcomeUnknown && error.Kind is not (VendorErrorKind.Refused or VendorErrorKind.NotFound))
        {
            // Nothing was changed, and the next item would fare no better.
            return looked with { State = SimJobItemState.Waiting, Sent = false, Stop = StopFor(error) };
        }

        var failed = looked with { State = SimJobItemState.Failed, Reason = error.Kind.ToString(), Detail = DetailOf(error) };
        if (error is { OutcomeUnknown: false, Kind: VendorErrorKind.Refused })
        {
            return failed;
        }

        // Either nobody knows what became of it, or there is nothing to change any more: the SIM itself tells.
        var readAt = clock.GetUtcNow();
        var read = await ReadAsync(account, item.SimId, cancellationToken);
        return read.Error switch
        {
            null when Shows(account, item, read.Value, readAt) => looked with { State = SimJobItemState.Done, Learned = read.Value, LearnedAt = readAt },
            null => failed with { State = error.OutcomeUnknown ? SimJobItemState.Unknown : SimJobItemState.Failed, Learned = read.Value, LearnedAt = readAt },
            VendorError { Kind: VendorErrorKind.NotFound } => failed with { Gone = true, LearnedAt = readAt },
            VendorError unreadable => failed with { State = SimJobItemState.Sending, Sent = false, Stop = StopFor(unreadable) },
            var other => throw new InvalidOperationException($"A reading answered {other.GetType().Name}."),
        };
    }

    private async Task<SimJobOutcome> WithReadingAsync(SimJobAccount account, SimJobOutcome done, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var read = await ReadAsync(account, done.Task.SimId, cancellationToken);
        // It was done; that it can't be looked at is no trouble of this item's.
        return read.Error is null ? done with { Learned = read.Value, LearnedAt = readAt } : done;
    }

    private Task<Result<Sim>> ReadAsync(SimJobAccount account, string simId, CancellationToken cancellationToken) =>
        soracom.ReadForJobAsync(account.TenantId, account.Coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);

    private sealed record Answer(Sim? Sim);

    private sealed record Reading(Sim Sim, DateTimeOffset At);
}
