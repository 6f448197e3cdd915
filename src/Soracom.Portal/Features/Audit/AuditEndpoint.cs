using System.Globalization;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Audit;

/// <summary>Where an audit trail is fetched as a file: a view by its address.</summary>
internal static class AuditEndpoint
{
    /// <summary>Adds the addresses.</summary>
    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/t/{slug}/audit.csv", (HttpContext context, string slug) => SendAsync(context, slug, AuditFileKind.Csv)).RequireAuthorization();
        endpoints.MapGet("/t/{slug}/audit.jsonl", (HttpContext context, string slug) => SendAsync(context, slug, AuditFileKind.JsonLines)).RequireAuthorization();
    }

    private static async Task SendAsync(HttpContext context, string slug, AuditFileKind kind)
    {
        var services = context.RequestServices;
        using var tenant = await services.GetRequiredService<TenantAccess>().OpenAsync(context, slug);
        if (tenant is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var day = services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (type, ending) = kind == AuditFileKind.Csv ? ("text/csv; charset=utf-8", "csv") : ("application/jsonl; charset=utf-8", "jsonl");
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=audit-{tenant.Slug}-{day}.{ending}";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await services.GetRequiredService<AuditExport>().WriteAsync(tenant, AuditQuery.Parse(context.Request.QueryString.Value ?? ""), kind, context.Response.Body, context.RequestAborted);
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }
}
