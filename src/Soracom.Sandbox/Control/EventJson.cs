using System.Text.Json;
using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Control;

/// <summary>What event handlers have done, as it is told to whoever steers the sandbox. The service itself has no operation for that.</summary>
internal static class EventJson
{
    /// <summary>The records of all accounts, of each coverage that was in use; the oldest first.</summary>
    public static Action<Utf8JsonWriter> Write(World world)
    {
        var now = world.Clock.GetUtcNow();
        var records = world.Accounts.SelectMany(account => account.Run(now, changing: false, () => Of(account))).OrderBy(one => one.Record.Time).ToList();
        return json =>
        {
            json.WriteStartArray();
            foreach (var (account, coverage, record) in records)
            {
                json.WriteStartObject();
                json.WriteString("operatorId", account);
                json.WriteString("coverage", coverage.ShortName());
                json.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(record.Time));
                json.WriteString("handlerId", record.HandlerId);
                json.WriteString("action", record.Action);
                json.WriteString("simId", record.SimId);
                json.WriteString("outcome", record.Outcome);
                json.WriteString("detail", record.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        };
    }

    private static List<(string OperatorId, Coverage Coverage, EventRecord Record)> Of(OperatorAccount account) =>
        [.. from filled in account.Filled from record in filled.Data.Part<EventHandlerPart>().Log.Entries select (account.OperatorId, filled.Coverage, record)];
}
