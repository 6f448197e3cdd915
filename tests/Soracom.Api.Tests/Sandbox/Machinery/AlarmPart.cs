using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Api.Tests.Sandbox.Machinery;

/// <summary>A part of the tests' own, with operations: alarms that are set for a time and ring by themselves.</summary>
internal sealed class AlarmPart() : Part<AlarmPart.State>(AlarmJson.Default.State)
{
    private readonly Agenda<string> agenda = new();
    private readonly SortedDictionary<string, DateTimeOffset> set = new(StringComparer.Ordinal);
    private readonly List<string> rung = [];

    public static IReadOnlyList<Operation> Operations { get; } =
    [
        new("POST", "/alarms/{name}/{milliseconds}", "setAlarm", "Alarm:setAlarm", Set),
        new("GET", "/alarms", "listAlarms", "Alarm:listAlarms", List),
    ];

    public override DateTimeOffset? NextDue => agenda.NextDue;

    public override void Seed() => rung.Add($"seeded for {Home.Origin.Fleet}");

    public override void Happen(DateTimeOffset at)
    {
        while (agenda.TryTake(at, out var name))
        {
            set.Remove(name);
            rung.Add($"{name} at {at:HH:mm}");
        }
    }

    protected override State Save() => new(new(set), [.. rung]);

    protected override void Load(State saved)
    {
        rung.AddRange(saved.Rung);
        foreach (var (name, time) in saved.Set)
        {
            Add(name, time);
        }
    }

    private static Answer Set(Call call)
    {
        call.Account.Part<AlarmPart>().Add(
            call.Path["name"],
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(call.Path["milliseconds"], System.Globalization.CultureInfo.InvariantCulture)));
        return Answer.EmptyOk;
    }

    private static Answer List(Call call)
    {
        string[] lines = [.. call.Account.Part<AlarmPart>().rung];
        return Answer.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var line in lines)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        });
    }

    private void Add(string name, DateTimeOffset time)
    {
        set[name] = time;
        agenda.Set(name, time);
    }

    internal sealed record State(Dictionary<string, DateTimeOffset> Set, List<string> Rung);
}

[JsonSerializable(typeof(AlarmPart.State))]
internal sealed partial class AlarmJson : JsonSerializerContext;
