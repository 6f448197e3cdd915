using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Downloads;

/// <summary>Hands footage to the browser, which may go on in the middle after a break.</summary>
internal static class FootageDownloads
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the ways to it.</summary>
    public static void MapFootage(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/t/{slug}/exports/{exportId:guid}/footage.zip", Methods, ZipAsync).RequireAuthorization();
        endpoints.MapMethods("/t/{slug}/exports/{exportId:guid}/manifest.json", Methods, ManifestAsync).RequireAuthorization();
        endpoints.MapMethods("/t/{slug}/exports/{exportId:guid}/pieces/{number:int}", Methods, PieceAsync).RequireAuthorization();
    }

    private static Task<IResult> ZipAsync(HttpContext context, [FromRoute] string slug, [FromRoute] Guid exportId, [FromServices] TenantAccess access, [FromServices] FootageFiles files) =>
        SendAsync(context, slug, access, tenant => files.ZipAsync(tenant, exportId, context.RequestAborted));

    private static Task<IResult> ManifestAsync(HttpContext context, [FromRoute] string slug, [FromRoute] Guid exportId, [FromServices] TenantAccess access, [FromServices] FootageFiles files) =>
        SendAsync(context, slug, access, tenant => files.ManifestAsync(tenant, exportId, context.RequestAborted));

    private static Task<IResult> PieceAsync(
        HttpContext context, [FromRoute] string slug, [FromRoute] Guid exportId, [FromRoute] int number, [FromServices] TenantAccess access, [FromServices] FootageFiles files) =>
        SendAsync(context, slug, access, tenant => files.PieceAsync(tenant, exportId, number, context.RequestAborted));

    private static async Task<IResult> SendAsync(HttpContext context, string slug, TenantAccess access, Func<TenantContext, Task<Result<FootageDownload>>> open)
    {
        var (tenant, refusal) = await access.OpenAsync(context, slug, Permission.CamerasExport);
        if (tenant is null)
        {
            return Results.StatusCode(refusal);
        }

        // It is needed until the last byte: rights are asked for meanwhile.
        context.Response.RegisterForDispose(tenant);
        Result<FootageDownload> opened;
        try
        {
            opened = await open(tenant);
        }
        catch (PermissionDeniedException)
        {
            // The right was taken away a moment ago.
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (opened.Error is not null)
        {
            return opened.Error switch
            {
                FootageRemovedError => Results.StatusCode(StatusCodes.Status410Gone),
                // It may be there again: a share that is out of reach for a while.
                FootageLostError => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
                _ => Results.NotFound(),
            };
        }

        var file = opened.Value;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // Who asks how long it is, and whether it goes on in the middle, is handed nothing.
            await file.RecordAsync(context.RequestAborted);
        }

        context.Response.Headers.CacheControl = "no-store";
        var guarded = new GuardedStream(file.Content, token => tenant.RequireAsync(Permission.CamerasExport, token), context.RequestServices.GetRequiredService<TimeProvider>());
        return new EndingResult(Results.Stream(guarded, file.ContentType, file.Name, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true));
    }
}
