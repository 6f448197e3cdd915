using System.Text;
using Microsoft.AspNetCore.Mvc;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Hands a door to a remote desktop to the program for that, as a file.</summary>
internal static class RdpDownload
{
    /// <summary>Adds the way to it.</summary>
    public static void MapDoorFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/t/{slug}/remote-access/{doorId:guid}/door.rdp", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(HttpContext context, [FromRoute] string slug, [FromRoute] Guid doorId, [FromServices] TenantAccess access, [FromServices] RemoteDoors doors, [FromServices] AuditTrail audit, [FromServices] TimeProvider clock)
    {
        var (opened, refusal) = await access.OpenAsync(context, slug, Permission.RemoteAccessRead);
        using var tenant = opened;
        if (tenant is null)
        {
            return Results.StatusCode(refusal);
        }

        var found = await doors.GetAsync(tenant, doorId, context.RequestAborted);
        if (found.Error is not null || !DoorCommands.HasRdpFile(found.Value, clock.GetUtcNow()))
        {
            return Results.NotFound();
        }

        // Before it leaves: whoever has the file knows the way in.
        await audit.RecordAsync(tenant, DoorAudit.Act(AuditActions.DoorFileTaken, found.Value), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(DoorCommands.RdpFile(found.Value)), "application/x-rdp", $"{found.Value.SimId}.rdp");
    }
}
