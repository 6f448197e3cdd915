using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>What came of a job as a CSV file, written as it is read: of any size, with little memory.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="words">The texts.</param>
internal sealed class SimJobResults(PortalDatabase database, AuditTrail audit, IStringLocalizer<Strings> words)
{
    private const int RowsAtOnce = 1_000;

    /// <summary>The result of a job; that somebody took it is recorded.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines, the first with the headers; a <see cref="GoneError"/> where there is no such job.</returns>
    public async Task<Result<IAsyncEnumerable<string>>> ReadAsync(TenantContext tenant, Guid jobId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await db.SimJobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == jobId && job.Number > 0, cancellationToken) is not { } job)
        {
            return new GoneError();
        }

        await audit.RecordAsync(
            tenant,
            new AuditAct(AuditActions.JobExported, AuditOutcome.Succeeded) { ObjectId = job.Id.ToString(), ObjectName = string.Create(CultureInfo.InvariantCulture, $"#{job.Number}"), Detail = job.Actions },
            cancellationToken);
        return Result.Of(LinesAsync(tenant.TenantId, job, new SimJobWords(words, tenant.Tenant.TimeZone, []), cancellationToken));
    }

    private async IAsyncEnumerable<string> LinesAsync(Guid tenantId, SimJob job, SimJobWords inWords, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return CsvText.Row(["line", "sim_id", "name", "change", "before", "after", "outcome", "reason", "vendor", "at"]);
        var common = job.Change is null ? null : SimJobJson.ReadChange(job.Change);
        for (var after = 0; ;)
        {
            await using var db = database.ForTenant(tenantId);
            var from = after;
            var items = await db.SimJobItems.AsNoTracking().Where(item => item.JobId == job.Id && item.Number > from).OrderBy(item => item.Number).Take(RowsAtOnce).ToListAsync(cancellationToken);
            foreach (var item in items)
            {
                var change = item.Change is null ? common! : SimJobJson.ReadChange(item.Change);
                yield return CsvText.Row(
                [
                    item.Line?.ToString(CultureInfo.InvariantCulture) ?? "",
                    item.SimId,
                    item.SimName,
                    inWords.About(change),
                    item.Before,
                    item.After,
                    words[$"JobItem.{item.State}"],
                    inWords.Reason(item) ?? "",
                    SimJobWords.VendorDetail(item) ?? "",
                    item.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
                ]);
                after = item.Number;
            }

            if (items.Count < RowsAtOnce)
            {
                yield break;
            }
        }
    }
}

/// <summary>Files of jobs to download.</summary>
internal static class SimJobFiles
{
    /// <summary>Serves the template and results.</summary>
    public static void MapSimJobFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PortalUrls.JobTemplate(), () => Results.File(
            [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(CsvText.Row([.. FileColumn.All.Select(column => column.Header), "tag:site"]))], "text/csv", "sim-changes.csv")).RequireAuthorization();
        endpoints.MapGet("/t/{slug}/jobs/{jobId:guid}/result.csv", ResultAsync).RequireAuthorization();
    }

    private static async Task ResultAsync(HttpContext context, [FromRoute] string slug, [FromRoute] Guid jobId, [FromServices] TenantAccess access, [FromServices] SimJobResults results)
    {
        var (opened, refusal) = await access.OpenAsync(context, slug, Permission.SimsRead);
        using var tenant = opened;
        if (tenant is null)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        var result = await results.ReadAsync(tenant, jobId, context.RequestAborted);
        if (result.Error is not null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = new ContentDisposition { FileName = $"job-{jobId:N}.csv" }.ToString();
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = CsvText.WriterTo(context.Response.Body);
        await foreach (var line in result.Value.WithCancellation(context.RequestAborted))
        {
            await writer.WriteAsync(line);
        }
    }
}
