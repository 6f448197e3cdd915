namespace Soracom.Portal.Hosting;

/// <summary>
/// Turns away circuits once the portal stops. The framework closes those that are open at the first sign of it; a browser that connects
/// anew before the port is closed would otherwise hold the portal until its time to stop has run out.
/// </summary>
/// <param name="next">What comes after.</param>
/// <param name="lifetime">Says when the portal stops.</param>
internal sealed class StoppingCircuits(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context)
    {
        // A connection is made at the hub's address before it is used, so that none slips through between the look and the close.
        if (!lifetime.ApplicationStopping.IsCancellationRequested || !OtherSites.IsOfCircuits(context.Request))
        {
            return next(context);
        }

        // The browser tries again, and finds the next instance.
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
