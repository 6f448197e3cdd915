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
    /// <summary>Answers 400, or goes on.</summary>
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

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
