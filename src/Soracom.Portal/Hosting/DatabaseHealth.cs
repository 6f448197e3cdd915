using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Soracom.Portal.Data;

namespace Soracom.Portal.Hosting;

/// <summary>Ready means that the database answers and has this build's schema.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class DatabaseHealth(PortalDatabase database, TimeProvider clock) : IHealthCheck
{
    public const string Ready = "ready";

    /// <summary>How long an answer holds: anybody may ask, and as often as they like.</summary>
    public static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task<HealthCheckResult>? answer;
    private long askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (answer is null || (answer.IsCompleted && clock.GetElapsedTime(askedAt) >= HoldsFor))
            {
                askedAt = clock.GetTimestamp();
                // For all who wait for it, so that none of them ends it.
                answer = Task.Run(() => AskAsync(CancellationToken.None), CancellationToken.None);
            }

            return answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        var pending = await database.PendingMigrationsAsync(cancellationToken);
        return pending.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The schema is older than this build.");
    }
}

/// <summary>Where probes ask.</summary>
internal static class HealthEndpoints
{
    private const string Live = "/health/live";

    private const string Ready = "/health/ready";

    /// <summary>Whether a request is a probe's.</summary>
    /// <param name="request">The request.</param>
    public static bool IsProbe(HttpRequest request) =>
        request.Path.Value!.TrimEnd('/') is var path && (path.Equals(Live, StringComparison.OrdinalIgnoreCase) || path.Equals(Ready, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds /health/live (the process answers) and /health/ready (it can serve).</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks(Ready, new HealthCheckOptions { Predicate = check => check.Tags.Contains(DatabaseHealth.Ready) }).AllowAnonymous();
    }
}
