using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>
/// Reads a detailed file that is in the store, and takes what it tells of a closed month into the portal's own bills: all of its items and SIMs,
/// beyond the four months and 100 SIMs of the vendor's summaries.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="store">The files.</param>
/// <param name="fetcher">Opens them.</param>
internal sealed class BillFiling(PortalDatabase database, BillFileStore store, BillFileFetcher fetcher)
{
    /// <summary>How many lines are written at a time: others of the tenant wait meanwhile.</summary>
    private const int Slice = 1000;

    /// <summary>The longest text of columns that nobody knows, in characters.</summary>
    private const int ColumnsLength = 4000;

    /// <summary>Reads a file and files it.</summary>
    /// <returns>Why it could not be read; null when it was.</returns>
    public async Task<string?> FileAsync(BillFile file, JobTurn turn, CancellationToken cancellationToken)
    {
        BillFileSums sums;
        var currency = await CurrencyAsync(file, cancellationToken);
        try
        {
            if (await fetcher.OpenAsync(file, cancellationToken) is not { } content)
            {
                return BillFileTrouble.FileBroken;
            }

            await using (content)
            {
                sums = await BillFileReader.ReadAsync(content, currency, cancellationToken);
            }
        }
        catch (InvalidDataException)
        {
            return BillFileTrouble.FileBroken;
        }
        catch (Exception error) when (BillFileFetcher.IsOfTheStore(error))
        {
            return BillFileTrouble.StoreGone;
        }

        var hasLines = file.Revision > 0 && sums.HasAmounts && sums.Rows > 0;
        if (hasLines)
        {
            await PutLinesAsync(file, turn, sums, currency, cancellationToken);
        }

        await store.PutAsync(file.TenantId, turn, (db, row, token) => EndAsync(db, row, sums, hasLines, token), cancellationToken);
        return null;
    }

    private async Task<string> CurrencyAsync(BillFile file, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(file.TenantId);
        return await Own(db, file).Select(month => month.Currency).SingleAsync(cancellationToken);
    }

    private static IQueryable<BillMonth> Own(PortalDbContext db, BillFile file) =>
        db.BillMonths.Where(month => month.Coverage == file.Coverage && month.OperatorId == file.OperatorId && month.Month == file.Month);

    private async Task EndAsync(PortalDbContext db, BillFile file, BillFileSums sums, bool hasLines, CancellationToken cancellationToken)
    {
        var others = sums.OtherColumns.Take(100).ToList();
        for (file.OtherColumns = JsonSerializer.Serialize(others); file.OtherColumns.Length > ColumnsLength; file.OtherColumns = JsonSerializer.Serialize(others))
        {
            others.RemoveAt(others.Count - 1);
        }

        (file.Rows, file.BadRows, file.HasLines) = (sums.Rows, sums.BadRows, hasLines);
        file.BadLines = string.Join(' ', sums.BadLines.Select(line => line.ToString(CultureInfo.InvariantCulture)));
        file.Total = sums.HasAmounts ? BillAmounts.Kept(sums.Total) : null;
        store.End(db, file, trouble: null);

        // A preliminary file has done its service once there is a newer one, and so has one that was badly read; others of a closed bill stay, whatever became of the bill.
        foreach (var former in await db.BillFiles
            .Where(other => other.Coverage == file.Coverage && other.OperatorId == file.OperatorId && other.Month == file.Month && other.Id != file.Id && (other.Revision == 0 || (hasLines && other.Revision == file.Revision)) && other.RemovedAt == null)
            .ToListAsync(cancellationToken))
        {
            (former.RemovedAt, former.FileKey) = (file.FinishedAt, null);
        }

        if (hasLines && sums.Items.Count > 0 && await Own(db, file).SingleAsync(cancellationToken) is var month
            && (month.ItemsTotal is null || (month.HasOldItems() && month.Stage == BillStage.Final && month.Revision == file.Revision)))
        {
            // Items that the vendor's summary told, and did not count to the month's end, have done their service.
            await db.BillLines.Where(line => line.Coverage == file.Coverage && line.OperatorId == file.OperatorId && line.Month == file.Month && line.Kind == BillLineKind.Item && line.Source == BillLineSource.Summary)
                .ExecuteDeleteAsync(cancellationToken);
            (month.ItemsTotal, month.ItemsAsOf) = (BillAmounts.Kept(sums.Items.Values.Sum(item => item.Amount)), BillMonths.Of(file.Month).End());
        }
    }

    private async Task PutLinesAsync(BillFile file, JobTurn turn, BillFileSums sums, string currency, CancellationToken cancellationToken)
    {
        await store.PutAsync(
            file.TenantId,
            turn,
            async (db, _, token) =>
            {
                await db.BillFiles.Where(other => other.Coverage == file.Coverage && other.OperatorId == file.OperatorId && other.Month == file.Month && other.HasLines)
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.HasLines, false), token);
                await db.BillLines.Where(line => line.Coverage == file.Coverage && line.OperatorId == file.OperatorId && line.Month == file.Month && line.Source == BillLineSource.File).ExecuteDeleteAsync(token);
            },
            cancellationToken);
        foreach (var slice in (await LinesAsync(file, sums, currency, cancellationToken)).Chunk(Slice))
        {
            await store.PutAsync(
                file.TenantId,
                turn,
                (db, _, _) =>
                {
                    db.AddRange(slice);
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
    }

    private async Task<IEnumerable<BillLine>> LinesAsync(BillFile file, BillFileSums sums, string currency, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(file.TenantId);
        // The file may lack what service an item is of; the vendor's summaries of other months tell.
        var categories = (await db.BillLines.Where(line => line.Coverage == file.Coverage && line.OperatorId == file.OperatorId && line.Kind == BillLineKind.Item && line.Category != "")
            .Select(line => new { line.Key, line.Category }).Distinct().ToListAsync(cancellationToken)).ToLookup(line => line.Key, line => line.Category, StringComparer.Ordinal);
        var items = sums.Items.Select(item => SimNaming.FileLine(file, BillLineKind.Item, item.Key, item.Value.Category is { Length: > 0 } told ? told : categories[item.Key].FirstOrDefault() ?? "", currency, item.Value.Amount));
        var sims = await SimNaming.BySimAsync(db, file.Coverage, sums, cancellationToken);
        return [.. items, .. sims.Lines.Select(sim => sims.Naming.Named(SimNaming.FileLine(file, BillLineKind.Sim, sim.Key, "", currency, sim.Value)))];
    }
}
