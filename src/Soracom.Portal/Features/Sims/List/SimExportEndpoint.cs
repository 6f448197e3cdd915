using System.Collections.Immutable;
using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Where SIMs are fetched as a CSV file: a view by its address, a selection by a form.</summary>
internal static class SimExportEndpoint
{
    /// <summary>Form field: the query string of the view whose SIMs are selected; nothing where they were selected one by one.</summary>
    public const string ViewField = "view";

    /// <summary>Form field: SIMs as tenant/coverage:id, with spaces between them: those selected, or of a view those that are not.</summary>
    public const string SimsField = "sims";

    /// <summary>SIMs as the form field has them.</summary>
    public static string Format(IEnumerable<SimKey> sims) => string.Join(' ', sims.Select(sim => $"{sim.Tenant}/{sim.Coverage.ToWireName()}:{sim.SimId}"));

    /// <summary>Adds the addresses.</summary>
    public static void MapSimExport(this IEndpointRouteBuilder endpoints)
    {
        const string Route = "/t/{slug}/sims/export.csv";
        endpoints.MapGet(Route, (HttpContext context, string slug) => SendAsync(context, slug, View(context))).RequireAuthorization();
        endpoints.MapPost(Route, (HttpContext context, string slug, IFormCollection form) => SendAsync(context, slug, Selection(form))).RequireAuthorization();
        endpoints.MapGet(PortalUrls.PortfolioExport(), (HttpContext context) => SendAsync(context, View(context))).RequireAuthorization();
        endpoints.MapPost(PortalUrls.PortfolioExport(), (HttpContext context, IFormCollection form) => SendAsync(context, Selection(form))).RequireAuthorization();
    }

    private static SimSelection.Matching View(HttpContext context) => new(SimQuery.Parse(context.Request.QueryString.Value ?? ""), 0, []);

    private static SimSelection Selection(IFormCollection form)
    {
        var sims = Parse(form[SimsField].ToString());
        return form.TryGetValue(ViewField, out var view) ? new SimSelection.Matching(SimQuery.Parse(view.ToString()), 0, sims) : new SimSelection.Picked(sims);
    }

    private static async Task SendAsync(HttpContext context, string slug, SimSelection selection)
    {
        using var tenant = await context.RequestServices.GetRequiredService<TenantAccess>().OpenAsync(context, slug);
        if (tenant is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await SendAsync(context, $"sims-{tenant.Slug}", (export, columns, body) => export.WriteAsync(tenant, selection, columns, body, context.RequestAborted));
    }

    private static async Task SendAsync(HttpContext context, SimSelection selection)
    {
        using var portfolio = await context.RequestServices.GetRequiredService<TenantAccess>().OpenAllAsync(context, Permission.SimsRead);
        await SendAsync(context, "sims", (export, columns, body) => export.WriteAsync(portfolio, selection, columns, body, context.RequestAborted));
    }

    private static async Task SendAsync(HttpContext context, string name, Func<SimExport, IReadOnlyList<SimListColumn>, Stream, Task<int>> write)
    {
        var services = context.RequestServices;
        var day = services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename={name}-{day}.csv";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await write(services.GetRequiredService<SimExport>(), SimListColumn.Parse(SimColumnsPreference.Read(context)), context.Response.Body);
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private static ImmutableHashSet<SimKey> Parse(string sims) =>
    [
        .. sims.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(sim => sim.Split(['/', ':'], 3))
            .Where(parts => parts.Length == 3 && SoracomCoverages.TryParseWireName(parts[1], out _))
            .Select(parts => new SimKey(parts[0], SoracomCoverages.TryParseWireName(parts[1], out var coverage) ? coverage : default, parts[2])),
    ];
}
