using System.Globalization;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>Where the bills of several tenants are fetched as a CSV file.</summary>
internal static class PortfolioBillEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapPortfolioBilling(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/portfolio/billing.csv", SendAsync).RequireAuthorization();

    private static async Task SendAsync(HttpContext context)
    {
        var services = context.RequestServices;
        using var portfolio = await services.GetRequiredService<TenantAccess>().OpenAllAsync(context, Permission.BillingRead);
        if (portfolio.Tenants.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var day = services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=billing-{day}.csv";
        context.Response.Headers.CacheControl = "no-store";
        await services.GetRequiredService<PortfolioBills>().WriteAsync(portfolio, PortfolioBillQuery.Parse(context.Request.QueryString.Value ?? ""), context.Response.Body, context.RequestAborted);
    }
}
