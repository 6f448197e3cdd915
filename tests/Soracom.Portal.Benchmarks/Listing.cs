using System.Diagnostics;
using Soracom.Api;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// All SIMs of the largest demo account, page by page through the client. Goals: 10,000 SIMs a second on two cores that client and
/// sandbox share, and memory that stays flat while streaming.
/// </summary>
internal static class Listing
{
    private const int Goal = 10_000;
    private const int Step = 20_000;
    private const double MegabytesOfSlack = 4;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var scene = await Scene.StartAsync(DemoFleets.Metro, cancellationToken);
        var sims = scene.Client(SoracomCoverage.Global).Sims;

        // The fleet is made, and the code compiled, before the clock runs.
        await sims.ListAllSimsAsync(cancellationToken).Take(Step).CountAsync(cancellationToken);

        var held = new List<double>();
        var began = Stopwatch.GetTimestamp();
        var count = await sims.ListAllSimsAsync(cancellationToken).CountAsync(cancellationToken);
        var rate = count / Stopwatch.GetElapsedTime(began).TotalSeconds;

        // A second walk looks at the memory, so that the collections it asks for cost the first no time.
        var seen = 0;
        await foreach (var _ in sims.ListAllSimsAsync(cancellationToken))
        {
            if (++seen % Step == 0)
            {
                held.Add(Megabytes.InUse());
            }
        }

        var growth = held.Max() - held[0];
        return
        [
            new("rate", $"{rate:#,0} SIMs/s ({count:#,0} in pages of 100)", $"at least {Goal:#,0} SIMs/s", rate >= Goal),
            new("growth of memory in use from the first fifth to the last", $"{growth:0.0} MB", "flat", growth < MegabytesOfSlack),
        ];
    }
}
