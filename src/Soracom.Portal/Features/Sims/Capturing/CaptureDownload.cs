using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Capturing;

/// <summary>Hands recordings to the browser: of one's own tenant, to those who may, and never the address that the vendor keeps them at.</summary>
internal static class CaptureDownload
{
    private const string ContentType = "application/vnd.tcpdump.pcap";

    /// <summary>Adds the way to them.</summary>
    public static void MapCaptures(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/t/{slug}/sims/{simId}/captures/{sessionId}", DownloadAsync)
        .RequireAuthorization();

    private static async Task<IResult> DownloadAsync(
        HttpContext context, string slug, string simId, string sessionId, string? coverage, TenantAccess access, SimCaptures captures)
    {
        if (!SoracomCoverages.TryParseWireName(coverage ?? string.Empty, out var where) || await access.OpenAsync(context, slug) is not { } tenant)
        {
            return Results.NotFound();
        }

        using (tenant)
        {
            return await SendAsync(context, captures, tenant, where, simId, sessionId);
        }
    }

    private static async Task<IResult> SendAsync(HttpContext context, SimCaptures captures, TenantContext tenant, SoracomCoverage coverage, string simId, string sessionId)
    {
        Result<VendorFile> opened;
        try
        {
            opened = await captures.OpenAsync(tenant, coverage, simId, sessionId, context.RequestAborted);
        }
        catch (PermissionDeniedException)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        switch (opened.Error)
        {
            case null:
                break;
            case GoneError or VendorError { Kind: VendorErrorKind.NotFound }:
                return Results.NotFound();
            default:
                return Results.StatusCode(StatusCodes.Status502BadGateway);
        }

        await using var file = opened.Value;
        // What it is called holds nothing that came with the address but digits and letters.
        var name = string.Concat(simId.Where(char.IsAsciiLetterOrDigit).Take(32));
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = file.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"capture-{name}.pcap\"";
        context.Response.Headers.CacheControl = "no-store";
        await file.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        return Results.Empty;
    }
}
