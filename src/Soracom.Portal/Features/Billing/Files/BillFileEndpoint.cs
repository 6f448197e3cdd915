using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Hands detailed files to the browser.</summary>
internal static class BillFileEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapBillFiles(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/t/{slug}/billing/files/{fileId:guid}", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(HttpContext context, [FromRoute] string slug, [FromRoute] Guid fileId, [FromServices] TenantAccess access, [FromServices] BillFiles files)
    {
        if (await access.OpenAsync(context, slug) is not { } tenant)
        {
            return Results.NotFound();
        }

        // It is needed until the last byte: rights are asked for meanwhile.
        context.Response.RegisterForDispose(tenant);
        Result<BillDownload> opened;
        try
        {
            opened = await files.OpenAsync(tenant, fileId, context.RequestAborted);
        }
        catch (PermissionDeniedException)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (opened.Error is { } error)
        {
            return error is BillFileAwayError ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.NotFound();
        }

        var (file, content) = opened.Value;
        context.Response.Headers.CacheControl = "no-store";
        var isCopy = context.Request.Query["for"] == "spreadsheets";
        var guarded = new GuardedStream(content, token => tenant.RequireAsync(Permission.BillingRead, token), context.RequestServices.GetRequiredService<TimeProvider>());
        var name = string.Create(CultureInfo.InvariantCulture, $"bill-{tenant.Slug}-{file.Coverage}-{file.Month}{(file.Revision == 0 ? "-preliminary" : "")}{(isCopy ? "" : "-original")}.csv");
        if (isCopy)
        {
            return new EndingResult(Results.Stream(output => BillFileCopy.WriteAsync(guarded, output, context.RequestAborted), "text/csv; charset=utf-8", name));
        }

        return new EndingResult(Results.Stream(guarded, "text/csv; charset=utf-8", name, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true));
    }
}
