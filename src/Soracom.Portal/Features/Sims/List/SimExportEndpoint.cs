using System.Collections.Immutable;
using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Where SIMs are fetched as a CSV file: a view by its address, a selection by a form.</summary>
internal static class SimExportEndpoint
{
    /// <summary>Form field: the query string of the view whose SIMs are selected; nothing where they were selected one by one.</summary>
    public const string View = "view";

    /// <summary>Form field: SIMs as coverage:id, with spaces between them: those selected, or of a view those that are not.</summary>
    public const string Sims = "sims";

    /// <summary>SIMs as the form field has them.</summary>
    public static string Format(IEnumerable<SimKey> sims) => string.Join(' ', sims.Select(sim => $"{sim.Coverage.ToWireName()}:{sim.SimId}"));

    /// <summary>Adds the addresses.</summary>
    public static void MapSimExport(this IEndpointRouteBuilder endpoints)
    {
        const string Route = "/t/{slug}/sims/export.csv";
        endpoints.MapGet(Route, (HttpContext context, string slug) =>
            SendAsync(context, slug, new SimSelection.Matching(SimQuery.Parse(context.Request.QueryString.Value ?? ""), 0, []))).RequireAuthorization();
        endpoints.MapPost(Route, async (HttpContext context, string slug, IFormCollection form) =>
        {
            var sims = Parse(slug, form[Sims].ToString());
            await SendAsync(context, slug, form.TryGetValue(View, out var view) ? new SimSelection.Matching(SimQuery.Parse(view.ToString()), 0, sims) : new SimSelection.Picked(sims));
        }).RequireAuthorization();
    }

    private static async Task SendAsync(HttpContext context, string slug, SimSelection selection)
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
        context.Response.Headers.ContentDisposition = $"attachment; filename=sims-{tenant.Slug}-{day}.csv";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await services.GetRequiredService<SimExport>().WriteAsync(
                tenant, selection, SimListColumn.Parse(SimColumnsPreference.Read(context)), context.Response.Body, context.RequestAborted);
        }
        catch (PermissionDeniedException) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private static ImmutableHashSet<SimKey> Parse(string slug, string sims) =>
    [
        .. sims.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(sim => sim.Split(':', 2))
            .Where(parts => parts.Length == 2 && SoracomCoverages.TryParseWireName(parts[0], out _))
            .Select(parts => new SimKey(slug, SoracomCoverages.TryParseWireName(parts[0], out var coverage) ? coverage : default, parts[1])),
    ];
}
