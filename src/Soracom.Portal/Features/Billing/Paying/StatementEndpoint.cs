using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Hands statements of payments to the browser, and never the address that the vendor keeps them at.</summary>
internal static class StatementEndpoint
{
    /// <summary>Adds the address.</summary>
    public static void MapStatements(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/t/{slug}/billing/statements/{coverage}/{statementId}", SendAsync).RequireAuthorization();

    private static async Task<IResult> SendAsync(HttpContext context, string slug, string coverage, string statementId, TenantAccess access, PaymentRecords records)
    {
        if (!SoracomCoverages.TryParseWireName(coverage, out var where) || await access.OpenAsync(context, slug) is not { } tenant)
        {
            return Results.NotFound();
        }

        using (tenant)
        {
            try
            {
                var file = await records.StatementAsync(tenant, where, statementId, context.RequestAborted);
                if (file.Error is { } error)
                {
                    return error is GoneError ? Results.NotFound() : Results.StatusCode(StatusCodes.Status502BadGateway);
                }

                context.Response.Headers.CacheControl = "no-store";
                var isPdf = file.Value.Span.StartsWith("%PDF"u8);
                // What it is called holds nothing that came with the address but digits and letters.
                var name = string.Concat(statementId.Where(char.IsAsciiLetterOrDigit).Take(64));
                return Results.Bytes(file.Value, isPdf ? "application/pdf" : "application/octet-stream", $"statement-{name}{(isPdf ? ".pdf" : "")}");
            }
            catch (PermissionDeniedException)
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }
        }
    }
}
