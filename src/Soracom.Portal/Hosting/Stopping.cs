namespace Soracom.Portal.Hosting;

/// <summary>How the portal ends when it is asked to.</summary>
internal static class Stopping
{
    /// <summary>How long it has: a platform that wants it gone kills it after thirty seconds, App Service among them.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <summary>Has all that runs end at once: one after another, an open download would take the time in which work is handed over.</summary>
    /// <param name="services">The services.</param>
    public static void Add(IServiceCollection services) =>
        services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (Within, true));
}
