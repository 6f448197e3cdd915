using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Tests.Support;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// 5,000 groups of one account, with their 100,000 SIMs counted by status: read out of SQLite as the page does when it is opened, and found
/// and sorted as it does while somebody types. No goal is set but "fast"; these are the portal's own.
/// </summary>
internal static class ListingGroups
{
    private const string Slug = "aoba";
    private const int Groups = 5_000;
    private const int Sims = 100_000;
    private const int Rounds = 40;
    private const double ReadGoal = 500;
    private const double FindGoal = 50;

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
            using var tenant = await OpenAsync(portal.Services, cancellationToken);
            var list = portal.Services.GetRequiredService<GroupList>();
            var listing = await list.ReadAsync(tenant, SoracomCoverage.Japan, anew: false, cancellationToken);
            var query = new GroupQuery { Text = "osaka", SortBy = GroupColumn.Sims, Descending = true };
            var read = await WorstAsync(() => list.ReadAsync(tenant, SoracomCoverage.Japan, anew: false, cancellationToken));
            var find = await WorstAsync(() => Task.FromResult(GroupSearch.Find(listing.Groups, query)));
            await portal.StopAsync(cancellationToken);
            return
            [
                new($"{listing.Groups.Count:#,0} read with their {listing.Groups.Sum(group => group.Sims!.Total):#,0} SIMs counted by status", $"p95 {read:0} ms", $"under {ReadGoal:0} ms", read < ReadGoal),
                new("a word found, sorted by SIMs", $"p95 {find:0.0} ms", $"under {FindGoal:0} ms", find < FindGoal),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TenantContext> OpenAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (database, now) = (services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await using var installation = database.ForInstallation();
        var tenantId = (await installation.Tenants.SingleAsync(tenant => tenant.Slug == Slug, cancellationToken)).Id;
        var personId = await services.GetRequiredService<People>().ExpectAsync(new PersonKey("https://id.example.test/", "benchmark"), "Benchmark", cancellationToken);
        await using (var db = database.ForTenant(tenantId))
        {
            var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == "jp").Select(credential => credential.OperatorId).SingleAsync(cancellationToken);
            await ManyGroups.AddAsync(database, tenantId, operatorId, Groups, Sims, now, cancellationToken);
            db.TenantMembers.Add(new TenantMember { TenantId = tenantId, PersonId = personId, Role = TenantRole.Operator, AddedAt = now });
            await db.SaveChangesAsync(cancellationToken);
        }

        var session = await services.GetRequiredService<SignInSessions>().StartAsync(personId, provider: null, "192.0.2.7", "benchmark", provenAt: null, cancellationToken);
        return await services.GetRequiredService<TenantAccess>().OpenAsync(new SignedIn(personId, session.Id, "Benchmark", "192.0.2.7"), Slug, cancellationToken)
            ?? throw new InvalidOperationException($"{Slug} can't be opened.");
    }

    private static async Task<double> WorstAsync<T>(Func<Task<T>> measured)
    {
        var times = new List<double>();
        for (var round = -Rounds / 4; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await measured();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        times.Sort();
        return times[(int)(times.Count * 0.95) - 1];
    }
}
