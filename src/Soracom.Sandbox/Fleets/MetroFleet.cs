using System.Globalization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>100,000 SIMs in water and gas meters of European and American cities, grouped by district.</summary>
internal static class MetroFleet
{
    private const int Sims = 100_000;

    private static readonly string[] Cities =
    [
        "Aachen", "Antwerp", "Austin", "Bergen", "Bilbao", "Bologna", "Bordeaux", "Boston", "Bristol", "Cardiff", "Cologne", "Denver", "Dresden", "Dublin",
        "Eindhoven", "Geneva", "Ghent", "Gothenburg", "Graz", "Leeds", "Leipzig", "Lille", "Linz", "Lyon", "Madison", "Malmo", "Nantes", "Odense", "Porto",
        "Portland", "Seville", "Tampere", "Toulouse", "Trieste", "Turin", "Utrecht", "Valencia", "Verona", "Vilnius", "Zurich",
    ];

    private static readonly string[] Districts = ["North", "East", "South", "West", "Centre"];

    private static readonly (string Medium, string Model, string Subscription, string ModuleType, string SpeedClass)[] Meters =
    [
        ("water", "Hydra 2", "plan01s", "embedded", "s1.minimum"),
        ("water", "Hydra 3", "plan01s-low_data_volume", "embedded", "s1.minimum"),
        ("gas", "Vesta 110", "plan01s", "nano", "s1.minimum"),
        ("gas", "Vesta 120", "planX1", "nano", "s1.slow"),
        ("heat", "Ember L", "planX3", "trio", "s1.standard"),
    ];

    public static CoverageData Make(SeededRandom random, DateTimeOffset start)
    {
        var data = new CoverageData();
        var groupFactory = new GroupFactory(random, start);
        Group[] groups = [.. from city in Cities from district in Districts select groupFactory.Make($"{city} {district}", [("city", city)], ("SoracomHarvest", "enabled", "true"))];
        foreach (var group in groups)
        {
            data.Put(group);
        }

        var sims = new SimFactory(Coverage.Global, block: 31, random, start);
        for (var i = 0; i < Sims; i++)
        {
            data.Seed(sims.Make(Plan(i, groups, random)));
        }

        return data;
    }

    private static SimPlan Plan(int index, Group[] groups, SeededRandom random)
    {
        var group = random.Next(groups.Length);
        var (medium, model, subscription, moduleType, speedClass) = random.Pick(Meters);
        var (status, connection) = FleetStatus.Pick(random, onlinePercent: 40, canStandBy: true);
        var name = random.Chance(1) ? "" : string.Create(CultureInfo.InvariantCulture, $"{Cities[group / Districts.Length]} {medium} {index:D6}");
        return new SimPlan(name, subscription, moduleType, speedClass, status, connection)
        {
            GroupId = random.Chance(3) ? null : groups[group].GroupId,
            Tags = [("model", model)],
        };
    }
}
