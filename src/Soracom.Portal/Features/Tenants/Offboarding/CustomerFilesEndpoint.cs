using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Where all that the portal holds of a customer is fetched: by a form alone, as an address that somebody is lured to must not begin that.</summary>
internal static partial class CustomerFilesEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapCustomerFiles(this IEndpointRouteBuilder endpoints)
    {
        const string Route = "/customers/{slug}/everything.zip";
        endpoints.MapPost(Route, SendAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).RequireAuthorization();
        // Who is led back here from signing in finds the button.
        endpoints.MapGet(Route, ([FromRoute] string slug) => Results.LocalRedirect(PortalUrls.Customer(slug))).RequireAuthorization();
    }

    private static async Task SendAsync(HttpContext context, [FromRoute] string slug, [FromServices] ResellerAccess access, [FromServices] CustomerFiles files, [FromServices] TimeProvider clock)
    {
        var resellers = SignedIn.From(context.User, context.Connection.RemoteIpAddress?.ToString()) is { } person ? await access.OpenAllAsync(person, context.RequestAborted) : [];
        string? refusal = null;
        foreach (var reseller in resellers)
        {
            try
            {
                var written = await files.WriteAsync(reseller, slug, Begin, context.Response.Body, context.Abort, context.RequestAborted);
                if (written.Error is null)
                {
                    return;
                }

                refusal = written.Error is GoneError ? refusal : written.Error.Key;
            }
            catch (PermissionDeniedException) when (!context.Response.HasStarted)
            {
                // The right ended a moment ago: the customer's page says what is left of it.
            }
            catch (Exception error) when (context.Response.HasStarted)
            {
                LogBroken(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CustomerFilesEndpoint)), error, slug);
                return;
            }
        }

        // The page says what was refused, and to whom it is no customer as to a name that nobody has.
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = PortalUrls.Customer(slug, refusal);

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
