using System.Threading.Channels;
using Soracom.Api;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Walks through all SIMs of an account (operations listGroups and listSims) and takes them into the inventory. Killed, throttled or
/// refused, it is gone on with later where it stood.
/// </summary>
/// <param name="store">The inventory.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="sightings">Takes in the groups.</param>
/// <param name="clock">The clock.</param>
internal sealed class InventorySync(InventoryStore store, TenantSoracom soracom, IGroupSightings sightings, TimeProvider clock)
{
    /// <summary>Pages that are written together, where so many are there.</summary>
    private const int PagesAtOnce = 10;

    /// <summary>How long others have the database to themselves after each writing: SQLite has one writer, and no queue for it.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    /// <summary>How long nobody tries again after a failure that says nothing of it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Where the credential itself is at fault, somebody has to mend it first.</summary>
    private static readonly TimeSpan LongPause = TimeSpan.FromMinutes(15);

    /// <summary>Walks through one account.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Puts the walk down; it can be taken up again at once.</param>
    /// <returns>What came of it.</returns>
    public async Task<SyncOutcome> RunAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(tenantId, coverage, cancellationToken) is not { } turn)
        {
            return SyncOutcome.NotTaken;
        }

        var account = new Account(tenantId, coverage, turn);
        var outcome = SyncOutcome.Lost;
        await turn.WorkAsync(
            token => store.HoldAsync(tenantId, coverage, turn, token),
            async token =>
            {
                var error = await WalkAsync(account, token);
                outcome = error is null ? SyncOutcome.Complete
                    : await store.FailAsync(tenantId, coverage, turn, error.Kind, clock.GetUtcNow() + PauseAfter(error), token) ? SyncOutcome.Failed
                    : SyncOutcome.Lost;
            },
            () => store.ReleaseAsync(tenantId, coverage, turn, CancellationToken.None),
            cancellationToken);
        return outcome;
    }

    private static TimeSpan PauseAfter(VendorError error) => error.RetryAfter ?? error.Kind switch
    {
        VendorErrorKind.NoCredential or VendorErrorKind.BadCredential or VendorErrorKind.UnreadableCredential or VendorErrorKind.Denied => LongPause,
        _ => Pause,
    };

    /// <returns>Why it could not go on; null when it saw everything.</returns>
    /// <exception cref="TurnLostException">Somebody else has taken the walk over.</exception>
    private async Task<VendorError?> WalkAsync(Account account, CancellationToken cancellationToken)
    {
        var groups = await GroupsAsync(account, cancellationToken);
        if (groups.Error is VendorError unknown)
        {
            return unknown;
        }

        Require(await store.PutGroupsAsync(account.TenantId, account.Coverage, account.Turn, groups.Value, cancellationToken));

        // The next pages are fetched while those before are written.
        var pages = Channel.CreateBounded<Page>(2 * PagesAtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fetching = FetchAsync(account, groups.Value, pages.Writer, stop.Token);
        try
        {
            await PutAsync(account, pages.Reader, cancellationToken);
        }
        catch
        {
            await stop.CancelAsync();
            // What ended the writing counts, not that the fetching was stopped for it.
            await ((Task)fetching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        if (await fetching is { } error)
        {
            return error;
        }

        Require(await store.CompleteAsync(account.TenantId, account.Coverage, account.Turn, cancellationToken));
        return null;
    }

    private async Task<Result<IReadOnlyDictionary<string, string>>> GroupsAsync(Account account, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var read = await soracom.ReadForJobAsync(
            account.TenantId, account.Coverage, async (client, token) => await client.Groups.ListAllGroupsAsync(token).ToListAsync(token), cancellationToken);
        if (read.Error is VendorError { Kind: VendorErrorKind.Denied })
        {
            // A credential that may list SIMs but not groups still has an inventory, without the groups' names.
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        if (read.Error is { } error)
        {
            return error;
        }

        await sightings.SeenAsync(account.TenantId, account.Coverage, account.Turn.OperatorId, read.Value, readAt, cancellationToken);
        return read.Value.DistinctBy(group => group.GroupId, StringComparer.Ordinal).ToDictionary(group => group.GroupId, group => group.Name, StringComparer.Ordinal);
    }

    private async Task<VendorError?> FetchAsync(Account account, IReadOnlyDictionary<string, string> groups, ChannelWriter<Page> pages, CancellationToken cancellationToken)
    {
        try
        {
            var key = account.Turn.NextKey;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            do
            {
                var readAt = clock.GetUtcNow();
                var read = await soracom.ReadForJobAsync(account.TenantId, account.Coverage, (client, token) => client.Sims.ListSimsAsync(lastEvaluatedKey: key, cancellationToken: token), cancellationToken);
                if (read.Error is VendorError error)
                {
                    return error;
                }

                key = read.Value.NextKey;
                if (key is not null && !seen.Add(key))
                {
                    // The list leads back to where it was: it would never end.
                    return new VendorError(VendorErrorKind.NotUnderstood, account.Coverage);
                }

                await pages.WriteAsync(new Page([.. read.Value.Items.Select(sim => InventoryRow.Of(sim, account.TenantId, account.Coverage, groups, readAt))], key), cancellationToken);
            }
            while (key is not null);

            return null;
        }
        finally
        {
            pages.Complete();
        }
    }

    private async Task PutAsync(Account account, ChannelReader<Page> pages, CancellationToken cancellationToken)
    {
        while (await pages.WaitToReadAsync(cancellationToken))
        {
            var sims = new List<InventorySim>();
            string? nextKey = null;
            for (var count = 0; count < PagesAtOnce && pages.TryRead(out var page); count++)
            {
                sims.AddRange(page.Sims);
                nextKey = page.NextKey;
            }

            Require(await store.PutPagesAsync(account.TenantId, account.Coverage, account.Turn, sims, nextKey, cancellationToken));
            // By the machine's time, not the portal's: others write as fast as they do.
            await Task.Delay(Breath, TimeProvider.System, cancellationToken);
        }
    }

    private static void Require(bool written)
    {
        if (!written)
        {
            throw new TurnLostException();
        }
    }

    private sealed record Account(Guid TenantId, SoracomCoverage Coverage, InventoryTurn Turn);

    private sealed record Page(IReadOnlyList<InventorySim> Sims, string? NextKey);
}

/// <summary>What came of a walk.</summary>
internal enum SyncOutcome
{
    /// <summary>Everything was seen.</summary>
    Complete,

    /// <summary>Somebody else walks, or there is no credential.</summary>
    NotTaken,

    /// <summary>The vendor did not go along; the inventory says how.</summary>
    Failed,

    /// <summary>Somebody else took the walk over, or the credential is another operator's now.</summary>
    Lost,
}
