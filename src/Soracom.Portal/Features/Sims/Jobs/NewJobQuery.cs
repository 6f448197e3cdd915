using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Which SIMs the page for a new job is about, as its address says: those that were picked, those that a view finds, or those of a file.</summary>
public sealed record NewJobQuery
{
    /// <summary>Name of the query parameter that says where picked SIMs are kept.</summary>
    public const string DraftName = "draft";

    /// <summary>Name of the query parameter that says that the rest of the query is a view of the list: that of all SIMs has none.</summary>
    private const string FoundName = "found";

    /// <summary>Name of the query parameter that says which change is chosen already.</summary>
    private const string ChangeName = "change";

    /// <summary>Name of the query parameter that says into which group the SIMs go.</summary>
    private const string GroupName = "to";

    /// <summary>Where picked SIMs are kept; null when none were.</summary>
    public Guid? Draft { get; init; }

    /// <summary>The view whose SIMs are meant; null when it is none.</summary>
    public SimQuery? Found { get; init; }

    /// <summary>The change that is chosen already; null when none is.</summary>
    public SimChangeKind? Change { get; init; }

    /// <summary>The group that the SIMs go into; empty for none.</summary>
    public string ToGroup { get; init; } = string.Empty;

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static NewJobQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new NewJobQuery
        {
            Draft = Guid.TryParse(address.Text(DraftName), out var draft) ? draft : null,
            Found = address.Text(FoundName).Length > 0 ? SimQuery.Parse(uri) : null,
            Change = Enum.GetValues<SimChangeKind>().Cast<SimChangeKind?>().FirstOrDefault(kind => kind.ToString()!.Equals(address.Text(ChangeName), StringComparison.OrdinalIgnoreCase)),
            ToGroup = address.Text(GroupName),
        };
    }

    /// <summary>The end of a query string that has the change of the group chosen already.</summary>
    /// <param name="groupId">The group that the SIMs go into; empty for none.</param>
    /// <returns>The end, to be put behind another parameter.</returns>
    public static string ToGroupOf(string groupId) => $"&{ChangeName}=group{(groupId.Length == 0 ? null : $"&{GroupName}={Uri.EscapeDataString(groupId)}")}";

    /// <summary>The query string of a view.</summary>
    /// <param name="view">The view.</param>
    /// <returns>The query string, with its question mark.</returns>
    public static string Of(SimQuery view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var query = view.ToQueryString();
        return query.Length == 0 ? $"?{FoundName}=all" : $"{query}&{FoundName}=all";
    }
}
