using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>What is looked for among the SIMs of one or more indexes.</summary>
internal sealed record SimLookup
{
    /// <summary>Folded words, all of which have to be in a row's text; see <see cref="Folding.Words"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Values of a facet, one of which a SIM has to have.</summary>
    public IReadOnlyDictionary<SimFacet, IReadOnlyCollection<string>> Facets { get; init; } = new Dictionary<SimFacet, IReadOnlyCollection<string>>();

    /// <summary>Spans in which a time of a SIM has to be.</summary>
    public IReadOnlyList<SimTimeSpan> Times { get; init; } = [];

    /// <summary>The tenants whose SIMs are wanted, by their names in addresses; of all that are looked through when empty.</summary>
    public IReadOnlyCollection<string> Tenants { get; init; } = [];

    public SimColumn SortBy { get; init; } = SimColumn.SimId;

    /// <summary>What the rows of one index are sorted by, which knows nothing of tenants.</summary>
    public SimColumn RowOrder => SortBy == SimColumn.Tenant ? SimColumn.Name : SortBy;

    public bool Descending { get; init; }

    /// <summary>How many of those found come before the first that is wanted.</summary>
    public int Skip { get; init; }

    public int Take { get; init; } = 100;
}

/// <summary>A time from one minute to another, both included.</summary>
/// <param name="Time">Which time.</param>
/// <param name="From">Minutes since 2000; <see cref="SimBlock.NoTime"/> lets a SIM without this time through.</param>
/// <param name="To">Minutes since 2000.</param>
internal readonly record struct SimTimeSpan(SimTime Time, int From, int To);

/// <summary>What was found.</summary>
/// <param name="Total">How many SIMs in all.</param>
/// <param name="Rows">Those of the window, by the index that they are in and their SIM id.</param>
/// <param name="Counts">
/// How many SIMs each facet value would leave, all else being as it is: the filter of that facet itself is left out.
/// </param>
internal sealed record SimsFound(int Total, IReadOnlyList<(int Index, string SimId)> Rows, IReadOnlyDictionary<(SimFacet Facet, string Value), int> Counts)
{
    /// <summary>How many SIMs were found in each index, those that are left out among them.</summary>
    public IReadOnlyList<int> InEach { get; init; } = [];
}

/// <summary>An index that is searched together with others.</summary>
/// <param name="Index">The index.</param>
internal sealed record SearchedIndex(SimIndex Index)
{
    /// <summary>The place of its tenant among the others, where the list is sorted by them; the same for all indexes of a tenant.</summary>
    public int Place { get; init; }

    /// <summary>Whether it is left out of what is found, and only counted what it would bring.</summary>
    public bool IsLeftOut { get; init; }
}
