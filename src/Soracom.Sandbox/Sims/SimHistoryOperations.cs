using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The tag Sim: what has happened to a SIM.</summary>
internal static class SimHistoryOperations
{
    private const int DefaultStatuses = 30;
    private const int MostStatuses = 100;
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(32);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/sims/{sim_id}/events/sessions", "listSimSessionEvents", "Sim:listSimSessionEvents", call => Sessions(SimTurn.BySimId(call))),
        new("GET", "/sims/{sim_id}/statuses/history", "listSimStatusHistory", "Sim:listSimStatusHistory", call => Statuses(SimTurn.BySimId(call))),
        new("GET", "/sims/{sim_id}/testing/usage", "getTestingUsage", "Sim:getTestingUsage", call => Testing(SimTurn.BySimId(call))),
    ];

    /// <summary>The newest first. The key of the next page is the last event's time, for both halves of the API.</summary>
    public static Answer Sessions(SimTurn turn)
    {
        var call = turn.Call;
        var oldest = (call.Now - SessionsKept).ToUnixTimeMilliseconds();
        var from = Math.Max(call.Query.Long("from") ?? oldest, oldest);
        var to = call.Query.Long("to") ?? long.MaxValue;
        var before = KeyOf(call) ?? long.MaxValue;
        List<SessionEvent> found =
        [
            .. turn.Life.Sessions(turn.Sim).Reverse().Where(one => one.Time >= from && one.Time <= to && one.Time < before).Take(call.PageSize() + 1),
        ];
        var page = Page<SessionEvent>.Of(found, call.PageSize(), one => one.Time.ToString(CultureInfo.InvariantCulture));
        var operatorId = call.Account.OperatorId;
        return Answer.Page(call, page, (json, one) => Write(json, one, turn.Sim, operatorId));
    }

    private static Answer Statuses(SimTurn turn)
    {
        var call = turn.Call;
        var from = call.Query.Long("from") ?? 0;
        var to = call.Query.Long("to") ?? call.Now.ToUnixTimeMilliseconds();
        if (from > to)
        {
            throw new VendorException(VendorErrors.OutOfRange, "from", "0", "to");
        }

        var limit = call.Query.Integer("limit", 1, MostStatuses) ?? DefaultStatuses;
        var ascending = call.Query.Choice("sort", "desc", "desc", "asc") == "asc";
        var numbered = turn.Life.Statuses(turn.Sim).Select((entry, number) => (Entry: entry, Number: number)).Where(one => one.Entry.Time >= from && one.Entry.Time <= to);
        var ordered = ascending ? numbered : numbered.Reverse();
        if (KeyOf(call) is { } key)
        {
            ordered = ordered.Where(one => ascending ? one.Number > key : one.Number < key);
        }

        var page = Page<(StatusEntry Entry, int Number)>.Of([.. ordered.Take(limit + 1)], limit, one => one.Number.ToString(CultureInfo.InvariantCulture));
        return Answer.Page(call, page, (json, one) => Write(json, one.Entry, turn.Sim));
    }

    private static Answer Testing(SimTurn turn)
    {
        if (turn.Sim is not { Status: StatusMachine.Testing, Details.Test: { } test })
        {
            throw new VendorException(SimErrors.NotTesting);
        }

        // What a sandbox's SIM uses is nobody's measurement: a hundredth of what is free, evenly over its days.
        var share = Math.Clamp((turn.Now - DateTimeOffset.FromUnixTimeMilliseconds(test.StartedTime)) / TimeSpan.FromDays(test.Days), 0, 1) / 100;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("startedTime", test.StartedTime);
            json.WriteStartObject("usage");
            json.WriteNumber("dataBytes", (long)(test.DataBytes * share));
            json.WriteNumber("numberOfSms", (long)(test.NumberOfSms * share));
            json.WriteEndObject();
            json.WriteStartObject("usageLimit");
            json.WriteNumber("days", test.Days);
            json.WriteNumber("dataBytes", test.DataBytes);
            json.WriteNumber("numberOfSms", test.NumberOfSms);
            json.WriteString("nextStatus", test.NextStatus);
            json.WriteNumber("statusTransitionDelayDays", 0);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static long? KeyOf(Call call) => call.LastEvaluatedKey() is not { } key ? null
        : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new VendorException(VendorErrors.NotAnInteger, "last_evaluated_key");

    private static void Write(Utf8JsonWriter json, SessionEvent one, Sim sim, string operatorId)
    {
        var primary = sim.PrimarySubscriber;
        Span<char> ulid = stackalloc char[Ulid.Length];
        Ulid.Format(one.SessionId, ulid);
        json.WriteStartObject();
        json.WriteString("event", one.Kind);
        json.WriteNumber("time", one.Time);
        json.WriteString("createdTime", DateTimeOffset.FromUnixTimeMilliseconds((long)(ulong)(one.SessionId >> 80)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("operatorId", operatorId);
        json.WriteString("simId", sim.SimId);
        json.WriteString("imsi", primary.Imsi);
        json.WriteString("primaryImsi", primary.Imsi);
        json.WriteString("subscription", primary.Subscription);
        json.WriteString("sessionId", ulid);
        json.WriteString("imei", one.Imei);
        json.WriteAddress("ueIpAddress", one.Address);
        json.WriteString("apn", "soracom.io");
        json.WriteString("dns0", SessionJson.DnsServers[0]);
        json.WriteString("dns1", SessionJson.DnsServers[1]);
        if (one.Cell is { } cell)
        {
            SessionJson.WriteCell(json, cell);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StatusEntry entry, Sim sim)
    {
        var primary = sim.PrimarySubscriber;
        json.WriteStartObject();
        json.WriteString("simId", sim.SimId);
        json.WriteString("imsi", entry.Imsi);
        json.WriteString("primaryImsi", primary.Imsi);
        json.WriteBoolean("isPrimary", entry.Imsi == primary.Imsi);
        json.WriteString("status", entry.Status);
        json.WriteString("speedClass", entry.SpeedClass);
        json.WriteString("groupId", entry.GroupId);
        json.WriteString("subscription", sim.FindSubscriber(entry.Imsi)?.Subscription);
        json.WriteStrings("bundles", entry.Bundles);
        json.WriteNumber("applyDateTimeEpochSec", entry.Time / 1000);
        json.WriteEndObject();
    }
}
