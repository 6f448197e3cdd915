using Soracom.Portal.Benchmarks.Load.Circuits;

namespace Soracom.Portal.Benchmarks.Load;

/// <summary>A page that shows the list of SIMs, and somebody who works with it.</summary>
internal sealed class ListedVisit : IAsyncDisposable
{
    /// <summary>How long somebody looks at what is shown before the next act: 5 s to 15 s, evenly.</summary>
    public static readonly TimeSpan ShortestLook = TimeSpan.FromSeconds(5), LongestLook = TimeSpan.FromSeconds(15);

    private readonly Circuit circuit;
    private readonly Random random;
    private readonly Uri list;

    private ListedVisit(Circuit circuit, Random random)
    {
        this.circuit = circuit;
        this.random = random;
        list = circuit.Location;
        Acts = new SimListVisit(circuit, random);
    }

    /// <summary>What can be done with the list.</summary>
    private SimListVisit Acts { get; }

    /// <summary>Opens the list of all the tenant's SIMs, and waits until its rows are there.</summary>
    public static async Task<ListedVisit> OpenAsync(LoadVisitor visitor, int seed, CancellationToken cancellationToken)
    {
        var visit = new ListedVisit(await visitor.OpenAsync(PortalUrls.Sims(LoadDatabase.Slug), cancellationToken), new Random(seed));
        try
        {
            await visit.Acts.ArriveAsync();
            return visit;
        }
        catch
        {
            await visit.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the page is made of, for each of which a circuit holds memory: components, those of them in the list's rows, and elements.</summary>
    public (int Components, int InRows, int Elements) Made() => circuit.Look(page => (
        page.All.Count(node => node.Component is not null),
        SimListShown.On(page)!.Rows.Sum(row => row.All.Count(node => node.Component is not null)),
        page.All.Count(node => node.Name is not null)));

    /// <summary>Does everything that is measured once.</summary>
    public async Task DoAllAsync(ActTimes times)
    {
        foreach (var (name, act) in Everything())
        {
            times.Add(name, await act());
        }
    }

    /// <summary>Works with the list, from a moment of one's own on, until the time is up.</summary>
    /// <param name="times">Gets how long each act took.</param>
    /// <param name="ending">The time is up.</param>
    public async Task WorkAsync(ActTimes times, CancellationToken ending)
    {
        try
        {
            await Task.Delay(LongestLook * random.NextDouble(), TimeProvider.System, ending);
            while (true)
            {
                foreach (var (name, act) in Everything())
                {
                    times.Add(name, await act());
                    await Task.Delay(ShortestLook + ((LongestLook - ShortestLook) * random.NextDouble()), TimeProvider.System, ending);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The time is up; an act that was begun has ended before.
        }
        catch (Exception failure)
        {
            times.Add(failure);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    private IEnumerable<(string Name, Func<Task<TimeSpan>> Act)> Everything()
    {
        yield return ("search", Acts.SearchAsync);
        var found = list;
        yield return ("open a SIM", OpenAsync);
        yield return ("back to the list", () => Acts.BackAsync(found));
        yield return ("search", Acts.ClearAsync);
        yield return ("sort", Acts.SortAsync);
        yield return ("scroll", Acts.ScrollAsync);
        yield return ("scroll", Acts.ScrollAsync);
        yield return ("scroll", Acts.ScrollAsync);

        Task<TimeSpan> OpenAsync()
        {
            found = circuit.Location;
            return Acts.OpenAsync();
        }
    }
}
