using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Soracom.Portal.Hosting;

/// <summary>
/// Refuses a form that was posted without its token, whichever endpoint it is for, before anything reads it. The page for status codes is
/// left out: it would look at the same form once more, which the framework answers with an exception.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class FormTokens(RequestDelegate next)
{
    /// <summary>Refuses, or goes on.</summary>
    /// <param name="context">The request, which antiforgery has looked at.</param>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            return next(context);
        }

        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return Refusal(context).ExecuteAsync(context);
    }

    /// <summary>What a form without its token is answered: a person is led to words about it, a program gets 400.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The answer.</returns>
    public static IResult Refusal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.AsksForAPage() ? new SeeOther(PortalUrls.OldForm()) : Results.StatusCode(StatusCodes.Status400BadRequest);
    }

    /// <summary>303: the address is read by GET, whatever the request was.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
