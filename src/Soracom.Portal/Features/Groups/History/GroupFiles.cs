using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Soracom.Api;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Groups.History;

/// <summary>Configurations of groups to download.</summary>
internal static class GroupFiles
{
    /// <summary>Serves them: of one's own tenant, to those who may, with their secrets masked.</summary>
    public static void MapGroupFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/t/{slug}/groups/{groupId}/configuration.json", ConfigurationAsync).RequireAuthorization();

    private static async Task<IResult> ConfigurationAsync(
        HttpContext context, [FromRoute] string slug, [FromRoute] string groupId, string? coverage, int? revision, [FromServices] TenantAccess access, [FromServices] GroupHistory history)
    {
        var (opened, refusal) = await access.OpenAsync(context, slug, Permission.GroupsRead);
        using var tenant = opened;
        if (tenant is null)
        {
            return Results.StatusCode(refusal);
        }

        if (!SoracomCoverages.TryParseWireName(coverage ?? "", out var where) || revision is not { } number)
        {
            return Results.NotFound();
        }

        var file = await history.ExportAsync(tenant, where, groupId, number, context.RequestAborted);
        if (file.Error is not null)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        // What it is called holds nothing that came with the address but digits and letters.
        var name = string.Concat(groupId.Where(char.IsAsciiLetterOrDigit).Take(32));
        return Results.File(Encoding.UTF8.GetBytes(file.Value), MediaTypeNames.Application.Json, $"group-{name}-{number}.json");
    }
}
