using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Api.Files;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>
/// Follows one detailed file to its end: has the vendor make it, notes the vendor's id before it asks how far it is, fetches it while its address
/// lives, and has it read. Each step is written down: whoever comes after a program that ended goes on with the next.
/// </summary>
/// <param name="store">The files.</param>
/// <param name="fetcher">Fetches what is made.</param>
/// <param name="filing">Reads what is there.</param>
/// <param name="bills">The portal's own bills.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class BillFileRunner(BillFileStore store, BillFileFetcher fetcher, BillFiling filing, BillingStore bills, TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>How often the vendor is asked to make a file that it does not come up with.</summary>
    public const int MostMade = 3;

    /// <summary>How often in a row the address of what was made may lead to nothing.</summary>
    private const int MostMissed = 3;

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(1);

    /// <summary>How long the vendor may be at a file.</summary>
    private static readonly TimeSpan MostWork = TimeSpan.FromHours(1);

    private static readonly TimeSpan AnotherTry = TimeSpan.FromSeconds(15);

    /// <summary>Works on a file until it is done, has failed, or has to wait.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="fileId">The file.</param>
    /// <param name="cancellationToken">Ends the work; whoever goes on finds how far it is.</param>
    /// <returns>Whether it was worked on: false when somebody else has it, or there was nothing to do.</returns>
    public async Task<bool> RunAsync(Guid tenantId, Guid fileId, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(tenantId, fileId, cancellationToken) is not { } turn)
        {
            return false;
        }

        await turn.WorkAsync(
            token => store.HoldAsync(tenantId, turn, token),
            async token =>
            {
                while (await store.NextAsync(tenantId, turn, token) is { } file)
                {
                    await DoAsync(file, turn, token);
                }
            },
            () => store.ReleaseAsync(tenantId, turn, CancellationToken.None),
            cancellationToken);
        return true;
    }

    private Task DoAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken) => file.State switch
    {
        BillFileState.Asked => AskAsync(file, turn, cancellationToken),
        BillFileState.Making => FollowAsync(file, turn, cancellationToken),
        _ => ReadAsync(file, turn, cancellationToken),
    };

    /// <summary>Has it made. That changes nothing and costs nothing: where the answer was lost, it is made again.</summary>
    private async Task AskAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await fetcher.ObstacleAsync(cancellationToken) is { } obstacle)
        {
            await WaitAsync(file, turn, obstacle, told: null, cancellationToken);
            return;
        }

        if (HasEnded(file))
        {
            await store.FailAsync(file.TenantId, turn, BillFileTrouble.MonthEnded, cancellationToken);
            return;
        }

        var month = BillMonths.Of(file.Month);
        if (await TellAsync(
            file,
            turn,
            (client, token) => file.Revision > 0 ? client.Billing.ExportBillingAsync(month, ExportMode.Async, token) : client.Billing.ExportLatestBillingAsync(ExportMode.Async, token),
            cancellationToken) is not { } asked)
        {
            return;
        }

        if (asked.Error is VendorError error)
        {
            await MissAsync(file, turn, error.Kind == VendorErrorKind.NotFound ? BillFileTrouble.NoBill : null, error, cancellationToken);
        }
        else if (HasEnded(file))
        {
            // The answer may be of the month that has just begun.
            await store.FailAsync(file.TenantId, turn, BillFileTrouble.MonthEnded, cancellationToken);
        }
        else if (asked.Value.ExportedFileId is not { Length: > 0 and <= BillFile.VendorIdLength } vendorId)
        {
            await WaitAsync(file, turn, nameof(VendorErrorKind.NotUnderstood), told: null, cancellationToken);
        }
        else
        {
            var (isOwn, latest, bill) = file.Revision > 0 ? await BillAsync(file, turn, month, cancellationToken) : await LatestAsync(file, turn, cancellationToken);
            if (!isOwn)
            {
                return;
            }

            var now = clock.GetUtcNow();
            await store.PutAsync(
                file.TenantId,
                turn,
                row =>
                {
                    (row.State, row.VendorId, row.MadeAt, row.Made, row.Missed, row.Tries, row.Trouble, row.NotBefore) = (BillFileState.Making, vendorId, now, row.Made + 1, 0, 0, null, now + FirstPoll);
                    (row.Revision, row.BillTotal, row.BillAsOf) = file.Revision == 0 ? (0, BillAmounts.Kept(latest?.Amount), latest?.LastEvaluatedTime)
                        : bill is not null ? (bill.Revision, bill.Amount + bill.CouponAmount, bill.AsOf)
                        : (row.Revision, row.BillTotal, null);
                },
                cancellationToken);
        }
    }

    /// <summary>What the running month has come to while its file is made: later it is another amount. Null where that is not told.</summary>
    private async Task<(bool IsOwn, LatestBill? Latest, BillMonth? Bill)> LatestAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await TellAsync(file, turn, (client, token) => client.Billing.GetLatestBillingAsync(token), cancellationToken) is not { } latest)
        {
            return default;
        }

        return (true, latest.Error is null && latest.Value.LastEvaluatedTime is { } counted && YearMonth.Of(counted).Number() == file.Month ? latest.Value : null, null);
    }

    /// <summary>The closed bill while its file is made: since it was read last the vendor may have changed it, which the file tells of then. Null where it is not told, or counted anew.</summary>
    private async Task<(bool IsOwn, LatestBill? Latest, BillMonth? Bill)> BillAsync(BillFile file, JobTurn turn, YearMonth month, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        if (await TellAsync(file, turn, (client, token) => client.Billing.GetBillingAsync(month, token), cancellationToken) is not { } told)
        {
            return default;
        }

        if (told.Error is not null || told.Value.YearMonth != month || BillAmounts.Kept(told.Value.Amount) is null)
        {
            return (true, null, null);
        }

        var bill = await bills.PutBillAsync(new BillingAccount(file.TenantId, CoverageOf(file), file.OperatorId), told.Value, askedAt, cancellationToken);
        return (true, null, bill is { Stage: BillStage.Final, Revision: > 0 } ? bill : null);
    }

    /// <summary>Asks the vendor. Between the question and the answer the credential may be replaced: what another operator's tells is not taken, and the file is given up.</summary>
    /// <returns>The answer; null where the file was given up.</returns>
    private async Task<Result<T>?> TellAsync<T>(BillFile file, JobTurn turn, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var answer = await soracom.ReadForJobAsync(file.TenantId, CoverageOf(file), call, cancellationToken);
        if (!await store.IsOfOtherAccountAsync(file, cancellationToken))
        {
            return answer;
        }

        await store.FailAsync(file.TenantId, turn, BillFileTrouble.OtherAccount, cancellationToken);
        return null;
    }

    private async Task FollowAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await TellAsync(file, turn, (client, token) => client.Files.GetExportedFileAsync(file.VendorId!, token), cancellationToken) is not { } polled)
        {
            return;
        }

        switch (polled.Error)
        {
            case VendorError { Kind: VendorErrorKind.NotFound }:
                await AgainAsync(file, turn, BillFileTrouble.NotMade, cancellationToken);
                return;
            case VendorError error:
                await MissAsync(file, turn, forGood: null, error, cancellationToken);
                return;
        }

        var now = clock.GetUtcNow();
        var work = now - (file.MadeAt ?? now);
        switch (polled.Value)
        {
            case { Status: ExportStatus.Exported, Url: { } url }:
                await FetchAsync(file, turn, url, cancellationToken);
                return;
            case { Status: ExportStatus.Failed }:
                await AgainAsync(file, turn, BillFileTrouble.NotMade, cancellationToken);
                return;
            case var _ when work > MostWork:
                await AgainAsync(file, turn, BillFileTrouble.TooLong, cancellationToken);
                return;
        }

        var pause = TimeSpan.FromTicks(Math.Clamp(work.Ticks / 4, FirstPoll.Ticks, LongestPoll.Ticks));
        await store.PutAsync(file.TenantId, turn, row => (row.Tries, row.Trouble, row.NotBefore) = (0, null, now + pause), cancellationToken);
    }

    private async Task FetchAsync(BillFile file, JobTurn turn, string url, CancellationToken cancellationToken)
    {
        var fetched = await fetcher.FetchAsync(file, turn, url, cancellationToken);
        if (fetched.Content is { } content)
        {
            await store.PutAsync(
                file.TenantId,
                turn,
                row => (row.State, row.Length, row.Sha256, row.Tries, row.Missed, row.Trouble, row.NotBefore) = (BillFileState.Stored, content.Length, content.Sha256, 0, 0, null, null),
                cancellationToken);
        }
        else if (fetched.Trouble == BillFileTrouble.TooLarge)
        {
            await store.FailAsync(file.TenantId, turn, BillFileTrouble.TooLarge, cancellationToken);
        }
        else if (fetched.Trouble is { } trouble)
        {
            await WaitAsync(file, turn, trouble, told: null, cancellationToken);
        }
        else if (file.Missed + 1 >= MostMissed)
        {
            await AgainAsync(file, turn, BillFileTrouble.AddressDied, cancellationToken);
        }
        else
        {
            // A fresh address may lead to nothing for a moment, and whoever asks again is told another.
            await store.PutAsync(file.TenantId, turn, row => (row.Missed, row.NotBefore) = (row.Missed + 1, clock.GetUtcNow() + FirstPoll), cancellationToken);
        }
    }

    private async Task ReadAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await filing.FileAsync(file, turn, cancellationToken) is not { } trouble)
        {
            return;
        }

        await (trouble == BillFileTrouble.StoreGone ? WaitAsync(file, turn, trouble, told: null, cancellationToken) : store.FailAsync(file.TenantId, turn, trouble, cancellationToken));
    }

    /// <summary>Has it made once more, unless that was done often enough.</summary>
    private Task<BillFile> AgainAsync(BillFile file, JobTurn turn, string trouble, CancellationToken cancellationToken) => file.Made >= MostMade
        ? store.FailAsync(file.TenantId, turn, trouble, cancellationToken)
        : store.PutAsync(file.TenantId, turn, row => (row.State, row.VendorId, row.Trouble, row.NotBefore) = (BillFileState.Asked, null, trouble, clock.GetUtcNow() + AnotherTry), cancellationToken);

    /// <param name="file">The file.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="forGood">What another try would not change; null to tell by the error.</param>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private Task<BillFile> MissAsync(BillFile file, JobTurn turn, string? forGood, VendorError error, CancellationToken cancellationToken) =>
        forGood is null && error.Kind is VendorErrorKind.RateLimited or VendorErrorKind.Unavailable or VendorErrorKind.NotUnderstood or VendorErrorKind.KeyStoreAway
            ? WaitAsync(file, turn, error.Kind.ToString(), error.RetryAfter, cancellationToken)
            : store.FailAsync(file.TenantId, turn, forGood ?? error.Kind.ToString(), cancellationToken);

    private Task<BillFile> WaitAsync(BillFile file, JobTurn turn, string trouble, TimeSpan? told, CancellationToken cancellationToken) => file.Tries >= JobPatience.MostTries
        ? store.FailAsync(file.TenantId, turn, trouble, cancellationToken)
        : store.PutAsync(file.TenantId, turn, row => (row.Tries, row.Trouble, row.NotBefore) = (row.Tries + 1, trouble, clock.GetUtcNow() + JobPatience.After(row.Tries + 1, told)), cancellationToken);

    /// <summary>Whether a file was asked for while its month was under way, and that has ended: "the latest" is another month by now.</summary>
    private bool HasEnded(BillFile file) => file.Revision == 0 && YearMonth.Of(clock.GetUtcNow()).Number() != file.Month;

    private static SoracomCoverage CoverageOf(BillFile file) => SoracomCoverages.TryParseWireName(file.Coverage, out var coverage) ? coverage : throw new InvalidOperationException($"No coverage is called {file.Coverage}.");
}
