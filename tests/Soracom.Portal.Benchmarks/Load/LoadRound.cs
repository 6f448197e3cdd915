using System.Diagnostics;
using Soracom.Portal.Benchmarks.Load.Circuits;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>
/// A portal of its own with so many circuits on the list of SIMs: what each of them costs it in memory while it is only open, and how long
/// people wait who work with them.
/// </summary>
/// <param name="portal">The portal, just started.</param>
/// <param name="visitors">Who is signed in; each has several pages open.</param>
/// <param name="circuits">How many circuits.</param>
internal sealed class LoadRound(PortalUnderLoad portal, IReadOnlyList<LoadVisitor> visitors, int circuits)
{
    private const int AtOnce = 4;
    private const int WarmUps = 8;
    private const double Kilobyte = 1000;
    private const double MostKilobytes = 600;
    private const double SlowestOfMost = 200;
    private const int JudgedAt = 500;
    private const string NoGoal = "–";

    /// <summary>After which a portal that nobody does anything in has come to rest.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Work = TimeSpan.FromSeconds(90);

    /// <summary>Opens the circuits and works with them.</summary>
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        // What all share who look at the list is there already, and does not count for those who come.
        await using var first = await ListedVisit.OpenAsync(visitors[0], seed: circuits, cancellationToken);
        var before = await RestAsync(cancellationToken);
        var visits = new ListedVisit?[circuits];
        var (opened, worked) = (new ActTimes(), new ActTimes());
        try
        {
            await Parallel.ForAsync(0, circuits, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
            {
                try
                {
                    var began = Stopwatch.GetTimestamp();
                    visits[index] = await ListedVisit.OpenAsync(visitors[index % visitors.Count], seed: index, token);
                    opened.Add("open", Stopwatch.GetElapsedTime(began));
                }
                catch (Exception failure) when (!token.IsCancellationRequested)
                {
                    opened.Add(failure);
                }
            });
            var (components, inRows, elements) = first.Made();
            var held = await RestAsync(cancellationToken);
            var spent = portal.Processor;
            var began = Stopwatch.GetTimestamp();
            using (var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                ending.CancelAfter(Work);
                await Task.WhenAll(visits.OfType<ListedVisit>().Select(visit => visit.WorkAsync(worked, ending.Token)));
            }

            var took = Stopwatch.GetElapsedTime(began);
            var all = portal.Processor;
            foreach (var failure in opened.Failures.Concat(worked.Failures))
            {
                await Console.Error.WriteLineAsync(failure);
            }

            return
            [
                .. Memory(before, held, visits.OfType<ListedVisit>().Count()),
                new($"{circuits} open: what each is made of", $"{components:#,0} components, {inRows:#,0} of them in rows; {elements:#,0} elements", NoGoal, true),
                new($"{circuits} opened, {AtOnce} at a time: from the request to all rows", Of(opened.All), NoGoal, true),
                .. Times(worked),
                new($"{circuits} working: processor, of {Environment.ProcessorCount} cores", $"portal {(all.Portal - spent.Portal) / took:0.00}, people and vendor {(all.Load - spent.Load) / took:0.00}", NoGoal, true),
                new($"{circuits}: failed; complaints of the portal", $"{opened.Failed + worked.Failed}; {portal.Complaints.Count}", "none", opened.Failed + worked.Failed + portal.Complaints.Count == 0),
            ];
        }
        finally
        {
            await Parallel.ForEachAsync(visits.OfType<ListedVisit>(), CancellationToken.None, (visit, _) => visit.DisposeAsync());
        }
    }

    /// <summary>Has the portal do all that will be measured, and leaves again.</summary>
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        for (var index = 0; index < WarmUps; index++)
        {
            await using var visit = await ListedVisit.OpenAsync(visitors[index % visitors.Count], seed: -index, cancellationToken);
            await visit.DoAllAsync(new ActTimes());
            await visit.DoAllAsync(new ActTimes());
        }
    }

    private async Task<PortalUnderLoad.Memory> RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return await portal.MemoryAsync(cancellationToken);
    }

    private IEnumerable<Figure> Memory(PortalUnderLoad.Memory before, PortalUnderLoad.Memory held, int open)
    {
        var (heap, resident) = ((held.Heap - before.Heap) / Kilobyte / open, (held.Resident - before.Resident) / Kilobyte / open);
        yield return new($"{circuits} open: memory of the portal for each, in the working set", $"{resident:0} KB, from {before.Resident / 1e6:0} MB to {held.Resident / 1e6:0} MB", $"under {MostKilobytes:0} KB", resident < MostKilobytes);
        yield return new($"{circuits} open: of it in the managed heap", $"{heap:0} KB, from {before.Heap / 1e6:0} MB to {held.Heap / 1e6:0} MB", NoGoal, true);
    }

    private IEnumerable<Figure> Times(ActTimes worked)
    {
        var judged = circuits == JudgedAt;
        yield return new($"{circuits} working, an act every {(ListedVisit.ShortestLook + ListedVisit.LongestLook).TotalSeconds / 2:0} s each: all acts", Of(worked.All), judged ? $"p95 under {SlowestOfMost:0} ms" : NoGoal, !judged || worked.All.Percentile(0.95) < SlowestOfMost);
        foreach (var (act, samples) in worked.ByAct)
        {
            yield return new($"{circuits} working: {act}", Of(samples), NoGoal, true);
        }
    }

    private static string Of(Samples samples) =>
        samples.Count == 0 ? "none" : $"p50 {samples.Percentile(0.5):0} ms, p95 {samples.Percentile(0.95):0} ms, p99 {samples.Percentile(0.99):0} ms ({samples.Count:#,0})";
}
