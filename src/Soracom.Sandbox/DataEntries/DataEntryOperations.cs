using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.DataEntries;

/// <summary>The tag DataEntry: what SIMs send by themselves, and what is kept for other resources. The tags Sim and Subscriber have a list each.</summary>
internal static class DataEntryOperations
{
    private const string BySim = "Sim";
    private const string ByImsi = "Subscriber";

    private static readonly string[] ResourceTypes = [ByImsi, "LoraDevice", BySim, "SigfoxDevice", "Device", "SoraCam"];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/data/categories/{category}", "getDataEntriesByCategory", "DataEntry:getDataEntriesByCategory", ListOfCategory),
        new("GET", "/data/metadata/resources", "listDataResourceMetadata", "DataEntry:listDataResourceMetadata", ListResources),
        new("GET", "/data/resources", "listDataSourceResources", "DataEntry:listDataSourceResources", ListResources),
        new("GET", "/data/{resource_type}/{resource_id}", "getDataEntries", "DataEntry:getDataEntries", List),
        new("GET", "/data/{resource_type}/{resource_id}/{time}", "getDataEntry", "DataEntry:getDataEntry", Get),
        new("DELETE", "/data/{resource_type}/{resource_id}/{time}", "deleteDataEntry", "DataEntry:deleteDataEntry", Delete),
        new("GET", "/sims/{sim_id}/data", "getDataFromSim", "Sim:getDataFromSim", call => ListOf(call, BySim, call.Path["sim_id"], SimTurn.BySimId(call).Sim)),
        new("GET", "/subscribers/{imsi}/data", "getDataFromSubscriber", "Subscriber:getDataFromSubscriber", call => ListOf(call, ByImsi, call.Path["imsi"], SimTurn.ByImsi(call).Sim)),
    ];

    private static Answer List(Call call)
    {
        var (type, id, sim) = Resource(call);
        return ListOf(call, type, id, sim);
    }

    private static Answer ListOf(Call call, string type, string id, Sim? sim)
    {
        var query = DataEntryQuery.Read(call);
        return Answer.Page(call, query.Of([Entries(call, type, id, sim, query)]), Write);
    }

    private static Answer ListOfCategory(Call call)
    {
        var query = DataEntryQuery.Read(call);
        var members = call.Path["category"] == call.Data.Part<SimDataPart>().Telemetry.Category ? Senders(call) : [];
        return Answer.Page(call, query.Of(members.Select(sim => Entries(call, BySim, sim.SimId, sim, query))), Write);
    }

    private static Answer Get(Call call)
    {
        var entry = Find(call) ?? throw new VendorException(DataEntryErrors.NoSuchEntry);
        return Answer.Ok(json => Write(json, entry));
    }

    /// <summary>The definition knows no answer for an entry that does not exist: it is gone either way.</summary>
    private static Answer Delete(Call call)
    {
        if (Find(call) is { } entry)
        {
            var (_, _, sim) = Resource(call);
            if (sim is null)
            {
                call.Data.Part<DataEntriesPart>().Remove(entry);
            }
            else
            {
                call.Data.Part<SimDataPart>().Delete(sim, entry.Time);
            }
        }

        return Answer.NoContent;
    }

    /// <summary>Each SIM that has sent anything, by its SIM ID and by its IMSI, and whatever else has entries.</summary>
    private static Answer ListResources(Call call)
    {
        var type = call.Query.Choice("resource_type", "", ResourceTypes);
        var (part, others) = (call.Data.Part<SimDataPart>(), call.Data.Part<DataEntriesPart>());
        var (after, limit) = (call.LastEvaluatedKey(), call.PageSize());
        var names = part.Telemetry.Measures.Select(measure => measure.Name).ToList();
        var found = Senders(call)
            .SelectMany(sim => new[] { (Sim: (Sim?)sim, Type: BySim, Id: sim.SimId), (Sim: (Sim?)sim, Type: ByImsi, Id: sim.PrimarySubscriber.Imsi) })
            .Concat(others.Resources.Select(other => (Sim: (Sim?)null, other.Type, other.Id)))
            .Where(one => (type.Length == 0 || type == one.Type) && (after is null || string.CompareOrdinal($"{one.Type}_{one.Id}", after) > 0))
            .OrderBy(one => $"{one.Type}_{one.Id}", StringComparer.Ordinal)
            .Select(one => (one.Type, one.Id, Names: one.Sim is null ? [] : names, Last: one.Sim is null
                ? Kept(call, one.Type, one.Id).LastOrDefault()?.Time ?? 0
                : part.Times(one.Sim, 0, long.MaxValue, newestFirst: true, call.Now).FirstOrDefault()))
            .Where(one => one.Last > 0)
            .Take(limit + 1)
            .ToList();
        return Answer.Page(call, Page<(string Type, string Id, List<string> Names, long Last)>.Of(found, limit, one => $"{one.Type}_{one.Id}"), (json, one) =>
        {
            json.WriteStartObject();
            json.WriteString("resourceType", one.Type);
            json.WriteString("resourceId", one.Id);
            json.WriteStrings("attributeNames", one.Names);
            json.WriteNumber("lastModifiedTime", one.Last);
            json.WriteEndObject();
        });
    }

    /// <summary>The SIMs that may have sent something.</summary>
    private static List<Sim> Senders(Call call) => call.Data.Sims(sim => sim is { Session: not null, GroupId: not null });

    private static IEnumerable<DataEntry> Entries(Call call, string type, string id, Sim? sim, DataEntryQuery query)
    {
        if (sim is not null)
        {
            return call.Data.Part<SimDataPart>().Entries(sim, type, id, query.From, query.To, query.NewestFirst, call.Now);
        }

        var kept = Kept(call, type, id).Where(entry => entry.Time >= query.From && entry.Time <= query.To);
        return query.NewestFirst ? kept.Reverse() : kept;
    }

    /// <summary>What others than SIMs have sent, as far back as the account keeps it, in the order of time.</summary>
    private static IEnumerable<DataEntry> Kept(Call call, string type, string id)
    {
        var earliest = (call.Now - call.Account.Part<AccountPart>().HarvestKept).ToUnixTimeMilliseconds();
        return call.Data.Part<DataEntriesPart>().EntriesOf(type, id).Where(entry => entry.Time >= earliest);
    }

    /// <summary>The entry of the path, if there is one.</summary>
    private static DataEntry? Find(Call call)
    {
        var (type, id, sim) = Resource(call);
        var time = TimeOf(call);
        return sim is null
            ? Kept(call, type, id).FirstOrDefault(entry => entry.Time == time)
            : call.Data.Part<SimDataPart>().Entries(sim, type, id, time, time, newestFirst: false, call.Now).FirstOrDefault();
    }

    /// <summary>The SIM that the path names, if it does.</summary>
    private static (string Type, string Id, Sim? Sim) Resource(Call call)
    {
        var (type, id) = (call.Path["resource_type"], call.Path["resource_id"]);
        return type switch
        {
            BySim => (type, id, call.Data.FindSim(id)),
            ByImsi => (type, id, call.Data.FindSimByImsi(id)),
            _ when ResourceTypes.Contains(type, StringComparer.Ordinal) => (type, id, null),
            _ => throw new VendorException(VendorErrors.NotAChoice, "resource_type", string.Join(", ", ResourceTypes)),
        };
    }

    private static long TimeOf(Call call) => long.TryParse(call.Path["time"], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        ? time
        : throw new VendorException(VendorErrors.NotAnInteger, "time");

    private static void Write(Utf8JsonWriter json, DataEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", entry.ResourceType);
        json.WriteString("resourceId", entry.ResourceId);
        json.WriteNumber("time", entry.Time);
        json.WriteString("contentType", entry.ContentType);
        json.WriteString("content", entry.Content);
        if (entry.Category is { } category)
        {
            json.WriteString("category", category);
        }

        json.WriteEndObject();
    }
}
