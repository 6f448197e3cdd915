using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Subscribers;

namespace Soracom.Sandbox.Query;

/// <summary>The tag Query.</summary>
internal static class QueryOperations
{
    private const int DefaultLimit = 10;
    private const int LargestLimit = 100;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/query/sims", "searchSims", "Query:searchSims", SearchSims),
        new("GET", "/query/subscribers", "searchSubscribers", "Query:searchSubscribers", SearchSubscribers),
    ];

    private static Answer SearchSims(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var limit = call.Query.Integer("limit", 1, LargestLimit) ?? DefaultLimit;
        var search = SimSearch.Parse(call.Query, call.Options.Undocumented);
        var page = call.Data.Search(search, call.LastEvaluatedKey(), Math.Min(limit, call.Options.PageSize), call.Now);
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));
    }

    /// <summary>
    /// The search of before there were SIM IDs: the same index, one row a subscription, in the order of IMSIs. Of a SIM that was found
    /// by an IMSI only the subscription of that IMSI is meant.
    /// </summary>
    private static Answer SearchSubscribers(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var limit = Math.Min(call.Query.Integer("limit", 1, LargestLimit) ?? DefaultLimit, call.Options.PageSize);
        var search = SimSearch.Parse(call.Query, call.Options.Undocumented);
        string[] imsis = [.. call.Query.List("imsi")];
        var after = call.LastEvaluatedKey();
        var rows = call.Data.Search(search, after: null, call.Data.SimCount, call.Now).Items
            .SelectMany(sim => sim.Profiles.SelectMany(profile => profile.Subscribers).Select(subscriber => (Sim: sim, Subscriber: subscriber)))
            .Where(row => imsis.Length == 0 || imsis.Any(imsi => row.Subscriber.Imsi.Contains(imsi, StringComparison.Ordinal)))
            .Where(row => after is null || string.CompareOrdinal(row.Subscriber.Imsi, after) > 0)
            .OrderBy(row => row.Subscriber.Imsi, StringComparer.Ordinal)
            .Take(limit + 1);
        var page = Page<(Sim Sim, Subscriber Subscriber)>.Of([.. rows], limit, row => row.Subscriber.Imsi);
        return Answer.Page(call, page, (json, row) => SubscriberJson.Write(json, row.Sim, row.Subscriber, operatorId));
    }
}
