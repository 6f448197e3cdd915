namespace Soracom.Portal.Benchmarks.Load;

/// <summary>How long acts took, by what was done, and what failed of them. Many visitors add to it at once.</summary>
internal sealed class ActTimes
{
    /// <summary>How many failures are told word by word: many visitors may have the same.</summary>
    private const int MostTold = 5;

    private readonly Lock turn = new();
    private readonly Samples all = new(10_000);
    private readonly SortedDictionary<string, Samples> byAct = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    /// <summary>How many acts have failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The first failures.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>All acts.</summary>
    public Samples All => all;

    /// <summary>The acts by what was done.</summary>
    public IReadOnlyDictionary<string, Samples> ByAct => byAct;

    /// <summary>Adds an act.</summary>
    public void Add(string act, TimeSpan took)
    {
        lock (turn)
        {
            all.Add(took);
            if (!byAct.TryGetValue(act, out var samples))
            {
                byAct[act] = samples = new(1000);
            }

            samples.Add(took);
        }
    }

    /// <summary>Adds a failure.</summary>
    public void Add(Exception failure)
    {
        lock (turn)
        {
            Failed++;
            if (failures.Count < MostTold)
            {
                failures.Add(failure.ToString());
            }
        }
    }
}
