using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// All 100,000 SIMs of the largest demo account from the sandbox into SQLite, once more without a change, and out of it into memory. Goals:
/// 5,000 SIMs a second, and the first list within a second.
/// </summary>
internal static class InventoryFilling
{
    private const int Goal = 5_000;
    private const double LoadGoal = 1_000;
    private const SoracomCoverage Coverage = SoracomCoverage.Global;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("portal-benchmark-");
        try
        {
            string[] arguments =
            [
                "--environment=Development",
                "--applicationName=Soracom.Portal",
                $"--contentRoot={AppContext.BaseDirectory}",
                "--urls=http://127.0.0.1:0",
                "--Inventory:Walk=false",
                $"--ConnectionStrings:Portal=Data Source={Path.Combine(folder.FullName, "portal.db")}",
            ];
            await using var portal = await PortalApplication.CreateAsync(arguments, builder => builder.Logging.ClearProviders());
            await PortalApplication.StartAsync(portal, cancellationToken);
            await using var installation = portal.Services.GetRequiredService<PortalDatabase>().ForInstallation();
            var tenantId = (await installation.Tenants.SingleAsync(tenant => tenant.Slug == "metro", cancellationToken)).Id;
            var smallId = (await installation.Tenants.SingleAsync(tenant => tenant.Slug == "aoba", cancellationToken)).Id;
            // A portal at work: it has signed in, walked and opened an account before.
            await portal.Services.GetRequiredService<Soracom.Portal.Shared.Vendor.TenantSoracom>()
                .ReadForJobAsync(tenantId, Coverage, (client, token) => client.Sims.ListSimsAsync(cancellationToken: token), cancellationToken);
            await WalkAsync(portal, smallId, SoracomCoverage.Japan, cancellationToken);
            await portal.Services.GetRequiredService<InventoryShelf>().GetAsync(smallId, SoracomCoverage.Japan, cancellationToken);

            var first = await WalkAsync(portal, tenantId, Coverage, cancellationToken);
            var again = await WalkAsync(portal, tenantId, Coverage, cancellationToken);
            var began = Stopwatch.GetTimestamp();
            var count = (await portal.Services.GetRequiredService<InventoryShelf>().GetAsync(tenantId, Coverage, cancellationToken))!.Index.Count;
            var load = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            await portal.StopAsync(cancellationToken);
            return
            [
                new("first walk", $"{count / first:#,0} SIMs/s", $"at least {Goal:#,0} SIMs/s", count / first >= Goal),
                new("walk without a change", $"{count / again:#,0} SIMs/s", $"at least {Goal:#,0} SIMs/s", count / again >= Goal),
                new("index out of the database", $"{load:0} ms for {count:#,0}", $"under {LoadGoal:0} ms", load < LoadGoal),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> WalkAsync(WebApplication portal, Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = await portal.Services.GetRequiredService<InventorySync>().RunAsync(tenantId, coverage, cancellationToken);
        return outcome == SyncOutcome.Complete ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException($"The walk ended as {outcome}.");
    }
}
