using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>Where the player gets footage: from the portal, for who has it open.</summary>
internal static class PlaybackEndpoint
{
    private const string Root = "/t/{slug}/cameras/playback/{id}/{part:int}";
    private const string MediaType = "video/mp4";

    /// <summary>Adds the addresses.</summary>
    public static void MapPlayback(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet($"{Root}/manifest.mpd", ManifestAsync).RequireAuthorization();
        endpoints.MapGet($"{Root}/{{number:int}}.mp4", FileAsync).RequireAuthorization();
    }

    private static Task ManifestAsync(HttpContext context, string slug, string id, int part, TenantAccess access, CameraPlayback playback) => ServeAsync(context, slug, access, async (tenant, watched) =>
    {
        var manifest = await playback.ManifestAsync(tenant, id, part, watched);
        if (manifest.Error is { } error)
        {
            return error;
        }

        context.Response.ContentType = DashManifest.ContentType;
        context.Response.ContentLength = manifest.Value.Length;
        await context.Response.Body.WriteAsync(manifest.Value, watched);
        return null;
    });

    private static Task FileAsync(HttpContext context, string slug, string id, int part, int number, TenantAccess access, CameraPlayback playback) => ServeAsync(context, slug, access, async (tenant, watched) =>
    {
        var opened = await playback.FileAsync(tenant, id, part, number, name => context.Request.Query[name], watched);
        if (opened.Error is { } error)
        {
            return error;
        }

        await using var file = opened.Value;
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = file.Length;
        await file.Content.CopyToAsync(context.Response.Body, watched);
        return null;
    });

    private static async Task ServeAsync(HttpContext context, string slug, TenantAccess access, Func<TenantContext, CancellationToken, Task<PortalError?>> serve)
    {
        using var tenant = await access.OpenAsync(context, slug);
        if (tenant is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A file may take a while to be sent: a right that ends meanwhile ends it.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, tenant.Ended);
        try
        {
            if (await serve(tenant, either.Token) is { } error)
            {
                context.Response.StatusCode = error switch
                {
                    // It was there, and is not any more: the vendor's address has ended, or the portal was started anew.
                    GoneError => StatusCodes.Status410Gone,
                    VendorError { Kind: VendorErrorKind.NotUnderstood } => StatusCodes.Status422UnprocessableEntity,
                    _ => StatusCodes.Status502BadGateway,
                };
            }
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        catch (VendorContentException)
        {
            // Part of it is sent: only a connection that ends tells the player that the rest does not come.
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || tenant.Ended.IsCancellationRequested)
        {
            // Nobody watches any more, or may.
            context.Abort();
        }
    }
}
