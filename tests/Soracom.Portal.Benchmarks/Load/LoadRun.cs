using System.Diagnostics;
using Soracom.Portal.Benchmarks.Load.Circuits;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>
/// Many people at once on the list of a tenant's 100,000 SIMs, each with a real circuit: the hub's own protocol over a WebSocket. The portal
/// is a process of its own, with the garbage collector of servers; this one is the people, and the sandbox that stands for the vendor. Both
/// share the machine's cores, so that what people wait for is more than it would be of a portal that has them alone.
/// </summary>
internal static class LoadRun
{
    private const int Pages = 200;
    private const double SlowestPage = 100;

    /// <summary>Measures with each number of circuits, each in a portal that was just started.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<int> circuits, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Metro], RateLimitPerMinute = int.MaxValue }, cancellationToken);
        using var database = new LoadDatabase();
        var sims = await database.FillAsync(sandbox, cancellationToken);
        List<Figure> figures = [new("SIMs on the list; shared by portal, people and vendor", $"{sims:#,0}; {Environment.ProcessorCount} cores", "–", true)];
        foreach (var (round, count) in circuits.Index())
        {
            await using var portal = await PortalUnderLoad.StartAsync(database.SettingsFor(sandbox), cancellationToken);
            var visitors = new List<LoadVisitor>();
            try
            {
                foreach (var account in LoadDatabase.People)
                {
                    visitors.Add(await LoadVisitor.SignInAsync(portal.Address, account, compressed: true, cancellationToken));
                }

                if (round == 0)
                {
                    figures.Add(await FirstPageAsync(visitors[0], cancellationToken));
                }

                figures.AddRange(await new LoadRound(portal, visitors, count).RunAsync(cancellationToken));
                foreach (var complaint in portal.Complaints.Take(10))
                {
                    await Console.Error.WriteLineAsync(complaint);
                }
            }
            finally
            {
                visitors.ForEach(visitor => visitor.Dispose());
            }
        }

        return figures;
    }

    /// <summary>The page as it is first drawn, one after the other, of a portal that has nothing else to do.</summary>
    private static async Task<Figure> FirstPageAsync(LoadVisitor visitor, CancellationToken cancellationToken)
    {
        var samples = new Samples(Pages);
        for (var time = -Pages; time < Pages; time++)
        {
            var began = Stopwatch.GetTimestamp();
            await visitor.GetAsync(PortalUrls.Sims(LoadDatabase.Slug), cancellationToken);
            if (time >= 0)
            {
                samples.Add(Stopwatch.GetElapsedTime(began));
            }
        }

        var slow = samples.Percentile(0.95);
        return new("first page, its whole HTML over HTTP", $"p50 {samples.Percentile(0.5):0.0} ms, p95 {slow:0.0} ms", $"p95 under {SlowestPage:0} ms", slow < SlowestPage);
    }
}
