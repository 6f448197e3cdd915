using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Hosting;

/// <summary>What those are answered who ask too often: 429, when to try again, and words for people. Drawn without the page's layout, as it has to cost little.</summary>
internal static class TooManyRequests
{
    /// <summary>Answers.</summary>
    /// <param name="rejected">The request, and what refused it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async ValueTask AnswerAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 60;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.CacheControl = "no-store";
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        var words = context.RequestServices.GetRequiredService<IStringLocalizer<Strings>>();
        var (title, what) = (words["TooMany.Title"].Value, words["TooMany.What", wait].Value);
        if (!context.AsksForAPage())
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{title}\n{what}\n", cancellationToken);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>{WebUtility.HtmlEncode(title)}</title></head>
            <body style="font-family: system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem"><main><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(what)}</p></main></body>
            </html>
            """,
            cancellationToken);
    }
}
