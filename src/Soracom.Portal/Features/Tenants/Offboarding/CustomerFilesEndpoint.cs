using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Where all that the portal holds of a customer is fetched.</summary>
internal static partial class CustomerFilesEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapCustomerFiles(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/customers/{slug}/everything.zip", SendAsync).RequireAuthorization();

    private static async Task SendAsync(HttpContext context, [FromRoute] string slug, [FromServices] ResellerAccess access, [FromServices] CustomerFiles files, [FromServices] TimeProvider clock)
    {
        var resellers = SignedIn.From(context.User, context.Connection.RemoteIpAddress?.ToString()) is { } person ? await access.OpenAllAsync(person, context.RequestAborted) : [];
        var answer = StatusCodes.Status404NotFound;
        foreach (var reseller in resellers)
        {
            try
            {
                var written = await files.WriteAsync(reseller, slug, Begin, context.Response.Body, context.Abort, context.RequestAborted);
                if (written.Error is null)
                {
                    return;
                }

                answer = written.Error is InputError ? StatusCodes.Status403Forbidden : answer;
            }
            catch (PermissionDeniedException) when (!context.Response.HasStarted)
            {
                answer = StatusCodes.Status403Forbidden;
            }
            catch (Exception error) when (context.Response.HasStarted)
            {
                LogBroken(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CustomerFilesEndpoint)), error, slug);
                return;
            }
        }

        context.Response.StatusCode = answer;

        void Begin()
        {
            // The framework's ZIP writes the heads of its files in that way, a few bytes each; their contents it does not.
            context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            context.Response.ContentType = "application/zip";
            context.Response.Headers.ContentDisposition = $"attachment; filename={slug}-{clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.zip";
            context.Response.Headers.CacheControl = "no-store";
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "All that is held of customer {Slug} could not be written to its end.")]
    private static partial void LogBroken(ILogger logger, Exception error, string slug);
}
