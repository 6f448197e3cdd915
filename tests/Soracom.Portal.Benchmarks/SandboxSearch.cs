using System.Diagnostics;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// What people type into a search box, answered by the sandbox's GET /query/sims over HTTP, the client included. Goal: p95 under 20 ms.
/// </summary>
internal static class SandboxSearch
{
    private const double Goal = 20;
    private const int Rounds = 150;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var scene = await Scene.StartAsync(DemoFleets.Metro, cancellationToken);
        var sims = scene.Client(SoracomCoverage.Global).Sims;
        var known = await sims.ListAllSimsAsync(cancellationToken).Take(5_000).ToListAsync(cancellationToken);
        var random = new Random(7);
        Sim Any() => known[random.Next(known.Count)];

        // Each kind in turn: the last digits of an id, a name, words in all fields at once, a filter with text, nothing found.
        Func<Task<SoracomPage<Sim>>>[] kinds =
        [
            () => sims.SearchSimsAsync(imsi: [Digits(4)], limit: 100, cancellationToken: cancellationToken),
            () => sims.SearchSimsAsync(simId: [Any().SimId[^6..]], cancellationToken: cancellationToken),
            () => sims.SearchSimsAsync(name: [Digits(3)], tag: [Digits(3)], imsi: [Digits(3)], iccid: [Digits(3)], searchType: SearchType.Or, limit: 100, cancellationToken: cancellationToken),
            () => sims.SearchSimsAsync(status: [SimStatus.Active], name: [Digits(2)], sessionStatus: SessionStatusFilter.Online, limit: 100, cancellationToken: cancellationToken),
            () => sims.SearchSimsAsync(name: ["no SIM has this name"], cancellationToken: cancellationToken),
        ];
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

        var samples = new Samples(Rounds * kinds.Length);
        for (var round = -5; round < Rounds; round++)
        {
            foreach (var kind in kinds)
            {
                var began = Stopwatch.GetTimestamp();
                await kind();
                if (round >= 0)
                {
                    samples.Add(Stopwatch.GetElapsedTime(began));
                }
            }
        }

        var p95 = samples.Percentile(0.95);
        return [new("p95", $"{p95:0.0} ms (p50 {samples.Percentile(0.5):0.0} ms)", $"under {Goal:0} ms", p95 < Goal)];
    }
}
