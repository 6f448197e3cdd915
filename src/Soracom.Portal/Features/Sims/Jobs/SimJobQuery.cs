using System.Globalization;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Which of a job's items its page shows. Its text form is the page's query string, so that every view is a link.</summary>
public sealed record SimJobQuery
{
    /// <summary>All of them, from the first.</summary>
    public static readonly SimJobQuery All = new();

    /// <summary>Only those in a state; null for all.</summary>
    public SimJobItemState? State { get; init; }

    /// <summary>Only those after a number.</summary>
    public int After { get; init; }

    /// <summary>Reads an address. What makes no sense it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The query.</returns>
    public static SimJobQuery Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new SimJobQuery
        {
            State = Enum.GetValues<SimJobItemState>().Cast<SimJobItemState?>().FirstOrDefault(state => state.ToString() == address.Text("state")),
            After = int.TryParse(address.Text("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0,
        };
    }

    /// <summary>The query string, with its question mark; empty when there is nothing to say.</summary>
    /// <returns>The query string.</returns>
    public string ToQueryString() => new QueryWriter()
        .Add("state", State?.ToString())
        .Add("after", After == 0 ? null : After.ToString(CultureInfo.InvariantCulture))
        .ToString();
}
