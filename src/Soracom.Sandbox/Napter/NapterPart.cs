using System.Net;
using System.Net.Sockets;
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

    private Coverage Coverage => Home.Coverage ?? throw new InvalidOperationException("Remote access belongs to a coverage.");

    private Doors? Doors => Home.Account.World.Doors;

    public PortMapping? Find(string endpoint) => mappings.Find(endpoint);

    public Page<PortMapping> List(string? after, int limit) => mappings.PageAfter(after, limit);

    public List<PortMapping> FindAll(Func<PortMapping, bool> matches) => mappings.FindAll(matches);

    /// <summary>Makes a mapping of a plan without an address. Who comes to it is made up, unless people can really connect.</summary>
    public PortMapping Open(PortMapping plan)
    {
        if (Doors is not { } doors)
        {
            return Add(plan);
        }

        var listener = Doors.Listen();
        var mapping = (doors.GivesOutListeners ? Named(plan, ref listener) : Named(plan, NextChance())) with { Listens = true };
        Begin(mapping);
        doors.Open(Home.Account, Coverage, mapping, listener);
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

    /// <summary>Somebody comes to a mapping that people can connect to.</summary>
    /// <returns>Whether they are let in.</returns>
    public bool Enter(string endpoint, Visit visit, DateTimeOffset at)
    {
        if (Find(endpoint) is not { Expired: false } mapping)
        {
            return false;
        }

        var isLetIn = mapping.IpRanges.Any(range => IPNetwork.Parse(range).Contains(IPAddress.Parse(visit.Address)));
        Note(mapping, visit with { Type = isLetIn ? "ACCESS" : "DENIED" }, at.ToUnixTimeMilliseconds());
        return isLetIn;
    }

    /// <summary>Somebody who was let in wants to speak with the device.</summary>
    /// <returns>Whether it answers: it is online as it has to be, and listens there.</returns>
    public bool Reach(string endpoint, Visit visit, DateTimeOffset at)
    {
        if (Find(endpoint) is not { Expired: false } mapping)
        {
            return false;
        }

        var (target, sim) = (mapping.Target, Home.Account.Data(Coverage).FindSim(mapping.Target.SimId));
        var isThere = sim is not null && PortMappingRequest.TargetOf(sim, target.Strategy, target.Port, target.IsByImsi ? target.Imsi : null) is not null;
        var answers = isThere && DeviceSockets.ListensOn(target.Port);
        Visit(mapping, visit with { Type = answers ? "CONNECTED" : "REFUSED" }, at);
        return answers;
    }

    /// <summary>Somebody has gone who was connected.</summary>
    /// <returns>Whether that is new: the end of a mapping ends its connections.</returns>
    public bool Leave(string endpoint, Visit visit, DateTimeOffset at)
    {
        if (Find(endpoint) is not { } mapping || mapping.Open.All(open => open.ConnectionId != visit.ConnectionId))
        {
            return false;
        }

        Visit(mapping, visit with { Type = "CLOSED" }, at);
        return true;
    }

    /// <summary>Goes on where an earlier run of the sandbox has ended: connections were cut, and mappings that live are listened for again.</summary>
    public void Resume(DateTimeOffset at)
    {
        foreach (var mapping in mappings.FindAll(mapping => mapping is { Listens: true, Expired: false }))
        {
            foreach (var cut in mapping.Open)
            {
                Leave(mapping.Endpoint, cut, at);
            }

            Doors?.TryReopen(Home.Account, Coverage, mapping);
        }
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
        var data = Home.Account.Data(Coverage);
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
            Add(plan with { Duration = 28_800 });
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

    private PortMapping Add(PortMapping plan)
    {
        var random = NextChance();
        var mapping = Named(plan, random);
        return Begin(mapping with { Visits = Visitors.Of(mapping, random) });
    }

    private SeededRandom NextChance() => Home.Random($"remote access {made++}");

    /// <summary>Gives a public address that is free.</summary>
    private PortMapping Named(PortMapping plan, SeededRandom random)
    {
        PortMapping mapping;
        do
        {
            mapping = plan with { IpAddress = $"{(Coverage == Coverage.Japan ? "203.0.113" : "198.51.100")}.{random.Next(10, 60)}", Port = random.Next(10_000, 65_536) };
        }
        while (mappings.Find(mapping.Endpoint) is not null);
        return mapping;
    }

    /// <summary>Gives the listener's own address, which a mapping may have that could not be opened again.</summary>
    private PortMapping Named(PortMapping plan, ref TcpListener listener)
    {
        while (true)
        {
            var at = (IPEndPoint)listener.LocalEndpoint;
            var mapping = plan with { IpAddress = at.Address.ToString(), Port = at.Port };
            if (mappings.Find(mapping.Endpoint) is null)
            {
                return mapping;
            }

            var taken = listener;
            listener = Doors.Listen();
            taken.Dispose();
        }
    }

    private PortMapping Begin(PortMapping mapping)
    {
        Put(mapping);
        Note(mapping, "CREATED", mapping.CreatedTime);
        return mapping;
    }

    private void NoteEnd(PortMapping mapping, string type, DateTimeOffset at)
    {
        Doors?.Close(Home.Account, Coverage, mapping.Endpoint);
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
