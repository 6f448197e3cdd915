using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>
/// Works on one job until it is done, paused, cancelled or has to wait. Whatever was out when an earlier worker ended is looked up
/// first; then items are marked, sent and settled, some SIMs at a time.
/// </summary>
/// <param name="store">The jobs.</param>
/// <param name="sender">Makes single changes.</param>
/// <param name="options">How many at a time.</param>
internal sealed class SimJobRunner(SimJobStore store, SimJobSender sender, Microsoft.Extensions.Options.IOptions<SimJobOptions> options)
{
    /// <summary>Works on a job.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Ends the work: nothing more is begun, and what is out then may come to its end for a while; what does not is looked up by whoever goes on.</param>
    /// <returns>Whether it was worked on: false when somebody else has it, or there was nothing to do.</returns>
    public async Task<bool> RunAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(tenantId, jobId, cancellationToken) is not { } taken)
        {
            return false;
        }

        var (turn, language, account) = taken;
        // The vendor's words are for the job's owner; this flows to the calls and no further.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await turn.WorkAsync(
            token => store.HoldAsync(tenantId, turn, token),
            async token =>
            {
                if (await LookUpAsync(account, turn, token))
                {
                    await SendAsync(account, turn, token);
                }
            },
            () => store.ReleaseAsync(tenantId, turn, CancellationToken.None),
            cancellationToken);
        return true;
    }

    /// <summary>Looks up what was out when an earlier worker ended.</summary>
    /// <returns>Whether the job goes on.</returns>
    private async Task<bool> LookUpAsync(SimJobAccount account, JobTurn turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = await store.LeftOutAsync(account.TenantId, turn, options.Value.SimsAtOnce, turn.Calls);
            if (left is null or [])
            {
                return left is not null;
            }

            var outcomes = await Task.WhenAll(left.Select(item => sender.LookUpAsync(account, item, turn.Calls)));
            if (await store.SettleAsync(account.TenantId, turn, outcomes, CancellationToken.None) is null || outcomes.Any(outcome => outcome.Stop is not null))
            {
                return false;
            }
        }
    }

    private async Task SendAsync(SimJobAccount account, JobTurn turn, CancellationToken cancellationToken)
    {
        // What is marked is sent, or told not to have been, before the program ends: else it would be held for as long as a killed one's.
        while (await store.ClaimAsync(account.TenantId, turn, options.Value.SimsAtOnce, turn.Calls) is { Items.Count: > 0 } batch)
        {
            // The changes of one SIM are made in their order.
            var outcomes = await Task.WhenAll(batch.Items.GroupBy(item => item.SimId, StringComparer.Ordinal).Select(sim => SendAsync(account, turn, [.. sim])));
            // What is known by now is written even at the end of the program.
            if (await store.SettleAsync(account.TenantId, turn, [.. outcomes.SelectMany(sim => sim)], CancellationToken.None) is not true)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<List<SimJobOutcome>> SendAsync(SimJobAccount account, JobTurn turn, List<SimJobTask> items)
    {
        var outcomes = new List<SimJobOutcome>();
        try
        {
            foreach (var item in items)
            {
                var known = outcomes.Count == 0 ? item : item with { Known = SimJobSender.KnownAfter(account, outcomes[^1]) };
                var outcome = outcomes is [.., { Stop: { } stop }] ? SimJobSender.NotSent(item, stop) : await sender.SendAsync(account, turn, known, turn.Calls);
                outcomes.Add(outcome);
            }
        }
        catch (OperationCanceledException) when (turn.Calls.IsCancellationRequested)
        {
            // Whether the one that was out was done is looked up by whoever goes on; it stays marked, with those after it.
        }

        return outcomes;
    }
}

/// <summary>Whose SIMs a job changes.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
internal sealed record SimJobAccount(Guid TenantId, SoracomCoverage Coverage);
