namespace Soracom.Sandbox.Http;

/// <summary>What all paged lists read from the query.</summary>
internal static class ListQuery
{
    /// <summary>The page size: a limit can only make the service's own size smaller.</summary>
    public static int PageSize(this Call call) =>
        Math.Min(call.Query.Integer("limit", 1, int.MaxValue) ?? int.MaxValue, call.Options.PageSize);

    /// <summary>Where the previous page ended.</summary>
    public static string? LastEvaluatedKey(this Call call) => call.Query.Text("last_evaluated_key");
}
