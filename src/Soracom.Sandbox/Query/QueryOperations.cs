using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.Query;

/// <summary>The tag Query.</summary>
internal static class QueryOperations
{
    private const int DefaultLimit = 10;
    private const int LargestLimit = 100;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/query/sims", "searchSims", "Query:searchSims", SearchSims),
    ];

    private static Answer SearchSims(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var limit = call.Query.Integer("limit", 1, LargestLimit) ?? DefaultLimit;
        var search = SimSearch.Parse(call.Query, call.Options.Undocumented);
        var page = call.Data.Search(search, call.LastEvaluatedKey(), Math.Min(limit, call.Options.PageSize), call.Now);
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));
    }
}
