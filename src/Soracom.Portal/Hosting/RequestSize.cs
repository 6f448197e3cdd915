namespace Soracom.Portal.Hosting;

/// <summary>Refuses bodies that no form of the portal has: what is uploaded goes through circuits, in pieces.</summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class RequestSize(RequestDelegate next)
{
    /// <summary>The most that a body may have, in bytes: 1 MB, where 10,000 SIMs that are selected for a file take some 700 KB. The web server holds those to it that don't say how long they are.</summary>
    public const int Most = 1024 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > Most)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }
}
