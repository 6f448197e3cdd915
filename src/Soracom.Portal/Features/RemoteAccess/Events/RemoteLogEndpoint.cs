using System.Globalization;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>Where the log of remote access is fetched as a CSV file: a view by its address.</summary>
internal static class RemoteLogEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapRemoteLog(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/t/{slug}/remote-access/log.csv", SendAsync).RequireAuthorization();

    private static async Task SendAsync(HttpContext context, string slug)
    {
        var services = context.RequestServices;
        using var tenant = await services.GetRequiredService<TenantAccess>().OpenAsync(context, slug);
        if (tenant is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var day = services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=remote-access-{tenant.Slug}-{day}.csv";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await services.GetRequiredService<RemoteLog>().WriteAsync(tenant, RemoteLogQuery.Parse(context.Request.QueryString.Value ?? ""), context.Response.Body, context.RequestAborted);
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }
}
