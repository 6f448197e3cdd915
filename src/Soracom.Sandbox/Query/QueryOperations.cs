using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Stats;
using Soracom.Sandbox.Subscribers;

namespace Soracom.Sandbox.Query;

/// <summary>The tag Query.</summary>
internal static class QueryOperations
{
    private const int DefaultLimit = 10;
    private const int LargestLimit = 100;
    private const int LargestRanking = 500;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/query/sims", "searchSims", "Query:searchSims", SearchSims),
        new("GET", "/query/subscribers", "searchSubscribers", "Query:searchSubscribers", SearchSubscribers),
        new("GET", "/query/subscribers/traffic_volume/ranking", "searchSubscriberTrafficVolumeRanking", "Query:searchSubscriberTrafficVolumeRanking", RankTraffic),
        new("GET", "/query/devices", "searchDevices", "Query:searchDevices", SearchDevices),
        new("GET", "/query/sigfox_devices", "searchSigfoxDevices", "Query:searchSigfoxDevices", SearchSigfoxDevices),
    ];

    private static Answer SearchSims(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var limit = Limit(call);
        var search = SimSearch.Parse(call.Query, call.Options.Undocumented);
        var page = call.Data.Search(search, call.LastEvaluatedKey(), limit, call.Now);
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));
    }

    /// <summary>
    /// The search of before there were SIM IDs: the same index, one row a subscription, in the order of IMSIs. Of a SIM that was found
    /// by an IMSI only the subscription of that IMSI is meant.
    /// </summary>
    private static Answer SearchSubscribers(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var limit = Limit(call);
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

    /// <summary>By primary subscription; those without any traffic are left out, from whichever end.</summary>
    private static Answer RankTraffic(Call call)
    {
        var range = StatsRange.OfRanking(call);
        var limit = call.Query.Integer("limit", 1, LargestRanking) ?? DefaultLimit;
        var most = call.Query.Choice("order", "desc", "asc", "desc") == "desc";
        var totals = new UsageReader(call.Data, range, call.Now).Totals().Select(one => (one.Sim.PrimarySubscriber.Imsi, one.Bytes));
        var ranking = (most ? totals.OrderByDescending(one => one.Bytes) : totals.OrderBy(one => one.Bytes)).ThenBy(one => one.Imsi, StringComparer.Ordinal).Take(limit);
        return Answer.List([.. ranking], (json, one) =>
        {
            json.WriteStartObject();
            json.WriteString("imsi", one.Imsi);
            json.WriteNumber("trafficVolume", one.Bytes);
            json.WriteEndObject();
        });
    }

    private static Answer SearchDevices(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var page = DeviceSearch.Find(call, InventoryDevice.Of(call.Data), InventoryDevice.Fields, Limit(call));
        return Answer.Page(call, page, (json, device) => InventoryDevice.Write(json, device, operatorId));
    }

    private static Answer SearchSigfoxDevices(Call call)
    {
        call.Query.Choice("status", "", "active", "inactive", "suspended", "terminated", "shipped", "ready", "inStock", "banned", "standby");
        call.Query.Choice("registration", "", "notStarted", "pending", "success", "failed");
        var operatorId = call.Account.OperatorId;
        var page = DeviceSearch.Find(call, SigfoxDevice.Of(call.Data), SigfoxDevice.Fields, Limit(call));
        return Answer.Page(call, page, (json, device) => SigfoxDevice.Write(json, device, operatorId));
    }

    private static int Limit(Call call) => Math.Min(call.Query.Integer("limit", 1, LargestLimit) ?? DefaultLimit, call.Options.PageSize);
}
