using System.Globalization;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>Where a tenant's months are fetched as a CSV file.</summary>
internal static class BillingEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapBilling(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/t/{slug}/billing/months.csv", SendAsync).RequireAuthorization();

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
        context.Response.Headers.ContentDisposition = $"attachment; filename=billing-{tenant.Slug}-{day}.csv";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await services.GetRequiredService<Bills>().WriteAsync(tenant, context.Response.Body, context.RequestAborted);
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }
}
