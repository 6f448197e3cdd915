using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>The list of subscribers, in the order of their IMSIs, with its filters.</summary>
internal static class SubscriberList
{
    private const int LargestPage = 100;

    public static Answer List(Call call)
    {
        var limit = Math.Min(call.Query.Integer("limit", 1, LargestPage) ?? LargestPage, call.Options.PageSize);
        var matches = Filter(call.Query);
        var after = call.LastEvaluatedKey();
        var found = new List<(Sim Sim, Subscriber Subscriber)>();
        var imsis = call.Data.Imsis();
        for (var i = imsis.IndexAfterKey(static imsi => imsi, after); i < imsis.Count && found.Count <= limit; i++)
        {
            // The order remembers what a SIM had; a subscription may have gone since.
            if (call.Data.FindSimByImsi(imsis[i]) is { } sim && sim.FindSubscriber(imsis[i]) is { } subscriber && matches(sim, subscriber))
            {
                found.Add((sim, subscriber));
            }
        }

        var operatorId = call.Account.OperatorId;
        var page = Page<(Sim Sim, Subscriber Subscriber)>.Of(found, limit, one => one.Subscriber.Imsi);
        return Answer.Page(call, page, (json, one) => SubscriberJson.Write(json, one.Sim, one.Subscriber, operatorId));
    }

    /// <summary>Several values of a filter are joined by vertical bars. A status that no SIM can have here finds nothing.</summary>
    private static Func<Sim, Subscriber, bool> Filter(QueryValues query)
    {
        var byPrefix = query.Choice("tag_value_match_mode", "exact", "exact", "prefix") == "prefix";
        var tagName = query.Text("tag_name");
        var tagValue = tagName is null ? null : query.Text("tag_value") ?? throw new VendorException(VendorErrors.Required, "tag_value");
        var statuses = query.Text("status_filter")?.Split('|');
        var speedClasses = (query.Text("speed_class_filter") ?? query.Text("type_filter"))?.Split('|');
        var serialNumbers = query.Text("serial_number_filter")?.Split('|');
        return (sim, subscriber) =>
            (statuses is null || statuses.Contains(SubscriberJson.StatusOf(sim, subscriber), StringComparer.Ordinal))
            && (speedClasses is null || speedClasses.Contains(sim.SpeedClass, StringComparer.Ordinal))
            && (serialNumbers is null || serialNumbers.Any(beginning => sim.SerialNumber?.StartsWith(beginning, StringComparison.Ordinal) == true))
            && (tagName is null || (sim.Tags.Find(tagName) is { } value && (byPrefix ? value.StartsWith(tagValue!, StringComparison.Ordinal) : value == tagValue)));
    }
}
