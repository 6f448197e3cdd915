using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Soracom.Portal.Data;

namespace Soracom.Portal.Hosting;

/// <summary>Ready means that the database answers and has this build's schema.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class DatabaseHealth(PortalDatabase database) : IHealthCheck
{
    public const string Ready = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var pending = await database.PendingMigrationsAsync(cancellationToken);
        return pending.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is older than this build.");
    }
}

/// <summary>Where probes ask.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds /health/live (the process answers) and /health/ready (it can serve).</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(DatabaseHealth.Ready) }).AllowAnonymous();
    }
}
