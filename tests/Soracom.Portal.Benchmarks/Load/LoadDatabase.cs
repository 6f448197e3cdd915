using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>A database in a temporary folder with the demo's tenants and people, and a tenant's 100,000 SIMs read from the sandbox.</summary>
internal sealed class LoadDatabase : IDisposable
{
    /// <summary>The tenant.</summary>
    public const string Slug = "metro";

    /// <summary>Members of that tenant who see its SIMs.</summary>
    public static readonly IReadOnlyList<string> People = ["owner", "operator", "viewer", "watch"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-load-");

    /// <summary>The settings of a portal that runs on it, against a sandbox.</summary>
    public string[] SettingsFor(SandboxServer sandbox) =>
    [
        "--environment=Development",
        "--applicationName=Soracom.Portal",
        $"--contentRoot={AppContext.BaseDirectory}",
        "--urls=http://127.0.0.1:0",
        "--Demo:Sandbox=false",
        $"--Soracom:JapanEndpoint={sandbox.JapanAddress}",
        $"--Soracom:GlobalEndpoint={sandbox.GlobalAddress}",
        "--Logging:LogLevel:Default=Warning",
        // The SIMs were read when the database was made, and stay as fresh as anybody may ask for.
        "--Inventory:RefreshEvery=7.00:00:00",
        "--Inventory:RefreshOnSight=7.00:00:00",
        $"--ConnectionStrings:Portal=Data Source={Path.Combine(folder.FullName, "portal.db")}",
        $"--Exports:Folder={Path.Combine(folder.FullName, "exports")}",
        $"--Mail:Folder={Path.Combine(folder.FullName, "mail")}",
        $"--Billing:Folder={Path.Combine(folder.FullName, "bills")}",
    ];

    /// <summary>Makes it.</summary>
    /// <param name="sandbox">The vendor's side.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many SIMs the tenant has.</returns>
    public async Task<int> FillAsync(SandboxServer sandbox, CancellationToken cancellationToken)
    {
        await using var portal = await PortalApplication.CreateAsync(SettingsFor(sandbox), builder =>
        {
            builder.Logging.ClearProviders();
            // By an object, not by a factory: it goes on after this portal.
            builder.Services.AddSingleton(sandbox);
        });
        await PortalApplication.StartAsync(portal, cancellationToken);
        await using var installation = portal.Services.GetRequiredService<PortalDatabase>().ForInstallation();
        var tenantId = (await installation.Tenants.SingleAsync(tenant => tenant.Slug == Slug, cancellationToken)).Id;
        await JoinAsync(portal.Services.GetRequiredService<PortalDatabase>(), tenantId, cancellationToken);
        var outcome = await portal.Services.GetRequiredService<InventorySync>().RunAsync(tenantId, SoracomCoverage.Global, cancellationToken);
        if (outcome != SyncOutcome.Complete)
        {
            throw new InvalidOperationException($"The walk ended as {outcome}.");
        }

        var known = (await portal.Services.GetRequiredService<InventoryShelf>().GetAsync(tenantId, SoracomCoverage.Global, cancellationToken))!.Index.Count;
        await portal.StopAsync(cancellationToken);
        return known;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static async Task JoinAsync(PortalDatabase database, Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        foreach (var account in People)
        {
            var person = await db.People.SingleAsync(person => person.Subject == account, cancellationToken);
            db.TenantMembers.Add(new TenantMember { TenantId = tenantId, PersonId = person.Id, Role = TenantRole.Operator, AddedAt = TimeProvider.System.GetUtcNow() });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
