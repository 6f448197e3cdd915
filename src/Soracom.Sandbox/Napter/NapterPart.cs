using System.Text.Json.Serialization;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Napter;

/// <summary>The mappings of a coverage and the record of what happened to them. A mapping ends by itself.</summary>
internal sealed class NapterPart() : Part<NapterState>(NapterStateJson.Default.NapterState)
{
    private const int MostRemembered = 40;
    private const int LiveOnes = 3;

    private static readonly int[] Ports = [22, 80, 443, 3389, 5900, 8080];

    private readonly KeyedList<PortMapping> mappings = new(mapping => mapping.Endpoint);
    private readonly Agenda<string> agenda = new();
    private int made;

    public TimeLog<NapterEvent> Log { get; } = new(entry => entry.Time);

    public override DateTimeOffset? NextDue => agenda.NextDue;

    public PortMapping? Find(string endpoint) => mappings.Find(endpoint);

    public Page<PortMapping> List(string? after, int limit) => mappings.PageAfter(after, limit);

    public List<PortMapping> FindAll(Func<PortMapping, bool> matches) => mappings.FindAll(matches);

    /// <summary>Makes a mapping; address, port and visitors are added.</summary>
    public PortMapping Add(Func<string, int, PortMapping> make)
    {
        var random = Home.Random($"remote access {made++}");
        PortMapping mapping;
        do
        {
            mapping = make($"{(Home.Coverage == Coverage.Japan ? "203.0.113" : "198.51.100")}.{random.Next(10, 60)}", random.Next(10_000, 65_536));
        }
        while (mappings.Find(mapping.Endpoint) is not null);

        mapping = mapping with { Visits = Visitors.Of(mapping, random) };
        Put(mapping);
        Note(mapping, "CREATED", mapping.CreatedTime);
        return mapping;
    }

    /// <summary>Takes a mapping away, and with it the connections that are open. One that has run out had its end on record before.</summary>
    public void Delete(PortMapping mapping, DateTimeOffset at)
    {
        if (!mapping.Expired)
        {
            NoteEnd(mapping, "DELETED", at);
        }

        Remove(mapping);
    }

    /// <inheritdoc/>
    public override void Happen(DateTimeOffset at)
    {
        while (agenda.TryTake(at, out var endpoint))
        {
            var mapping = mappings.Find(endpoint)!;
            if (mapping.Expired)
            {
                Remove(mapping);
            }
            else if (mapping.ExpiredTime <= at.ToUnixTimeMilliseconds())
            {
                NoteEnd(mapping, "EXPIRED", at);
                Put(mapping with { Expired = true, Visits = [], Open = [] });
            }
            else
            {
                Visit(mapping, mapping.Visits[0], at);
            }
        }
    }

    /// <summary>Some of the past, as far as SIMs remember one, and a few mappings that live.</summary>
    public override void Seed()
    {
        var random = Home.Random("remote access");
        var data = Home.Account.Data(Home.Coverage ?? throw new InvalidOperationException("Remote access belongs to a coverage."));
        var start = Home.Origin.Start.ToUnixTimeMilliseconds();
        var remembered = data.Sims(sim => sim.CreatedTime < start && sim.LastPortMappingCreatedTime is not null);
        foreach (var sim in remembered.Take(MostRemembered).OrderBy(sim => sim.LastPortMappingCreatedTime))
        {
            Past(Made(sim, sim.LastPortMappingCreatedTime!.Value, random), random);
        }

        // Somebody may have added SIMs before the first look: they have no such past.
        var online = data.Sims(sim => sim.CreatedTime < start && sim.Online);
        for (var i = 0; i < LiveOnes && online.Count > 0; i++)
        {
            var sim = random.Pick(online);
            var created = Home.Origin.Start.AddMinutes((i - LiveOnes) * 20).ToUnixTimeMilliseconds();
            var plan = Made(sim, created, random);
            Add((address, port) => plan with { IpAddress = address, Port = port, Duration = 28_800 });
        }
    }

    protected override NapterState Save() => new([.. mappings.FindAll(_ => true)], [.. Log.Entries], made);

    protected override void Load(NapterState saved)
    {
        saved.Mappings.ForEach(Put);
        saved.Log.ForEach(Log.Add);
        made = saved.Made;
    }

    private static PortMapping Made(Sim sim, long created, SeededRandom random) => new()
    {
        IpAddress = "",
        Port = 0,
        Target = PortMappingRequest.TargetOf(sim, "DYNAMIC", random.Pick(Ports)) ?? new PortMappingTarget(sim.SimId, sim.Profiles[0].Subscribers[0].Imsi, "DYNAMIC", "10.128.0.1", 22),
        Duration = random.Pick([1800, 3600, 14_400]),
        CreatedTime = created,
        IpRanges = ["198.51.100.77/32"],
        TlsRequired = random.Chance(30),
    };

    private void Past(PortMapping mapping, SeededRandom random)
    {
        Note(mapping, "CREATED", mapping.CreatedTime);
        foreach (var visit in Visitors.Of(mapping, random).Where(visit => visit.Type != "CONNECTED"))
        {
            Note(mapping, visit, visit.Time);
        }

        Note(mapping, random.Chance(50) ? "EXPIRED" : "DELETED", mapping.ExpiredTime);
    }

    private void NoteEnd(PortMapping mapping, string type, DateTimeOffset at)
    {
        foreach (var open in mapping.Open)
        {
            Note(mapping, open with { Type = "CLOSED" }, at.ToUnixTimeMilliseconds());
        }

        Note(mapping, type, at.ToUnixTimeMilliseconds());
    }

    private void Remove(PortMapping mapping)
    {
        mappings.Remove(mapping.Endpoint);
        agenda.Set(mapping.Endpoint, due: null);
    }

    private void Put(PortMapping mapping)
    {
        mappings.Put(mapping);
        agenda.Set(mapping.Endpoint, mapping.NextDue);
    }

    private void Visit(PortMapping mapping, Visit visit, DateTimeOffset at)
    {
        Note(mapping, visit, at.ToUnixTimeMilliseconds());
        Put(mapping with
        {
            Visits = [.. mapping.Visits.Skip(1)],
            Open = visit.Type switch
            {
                "CONNECTED" => [.. mapping.Open, visit],
                "CLOSED" => [.. mapping.Open.Where(open => open.ConnectionId != visit.ConnectionId)],
                _ => mapping.Open,
            },
        });
    }

    private void Note(PortMapping mapping, string type, long time) => Log.Add(new NapterEvent(
        Log.TimeAt(DateTimeOffset.FromUnixTimeMilliseconds(time)), type, Home.Random($"{mapping.Endpoint}/{mapping.CreatedTime}").Uuid(), mapping.Target, mapping.TlsRequired, From: null));

    private void Note(PortMapping mapping, Visit visit, long time) => Log.Add(new NapterEvent(
        Log.TimeAt(DateTimeOffset.FromUnixTimeMilliseconds(time)), visit.Type, visit.ConnectionId, mapping.Target, mapping.TlsRequired, visit));
}

/// <param name="Mappings">Those that live, or have run out a moment ago.</param>
/// <param name="Log">The oldest first.</param>
/// <param name="Made">How many were made so far.</param>
internal sealed record NapterState(List<PortMapping> Mappings, List<NapterEvent> Log, int Made);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(NapterState))]
internal sealed partial class NapterStateJson : JsonSerializerContext;
