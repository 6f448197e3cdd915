using System.Globalization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Fleets;

/// <summary>12 SIMs in refrigerated containers of a forwarder that is billed in euros.</summary>
internal static class HansaFleet
{
    private const int Sims = 12;

    public static CoverageData Make(SeededRandom random, DateTimeOffset start)
    {
        var data = new CoverageData();
        var containers = new GroupFactory(random, start).Make("Kühlcontainer", [("site", "Hamburg")], ("SoracomHarvest", "enabled", "true"));
        data.Put(containers);
        var sims = new SimFactory(Coverage.Global, block: 41, random, start);
        for (var i = 1; i <= Sims; i++)
        {
            data.Seed(sims.Make(new SimPlan(
                string.Create(CultureInfo.InvariantCulture, $"Kühlcontainer {i:D2}"), i % 3 == 0 ? "planX1" : "plan01s", "trio", "s1.standard", "active", i % 4 == 0 ? Connection.Offline : Connection.Online)
            {
                GroupId = i % 5 == 0 ? null : containers.GroupId,
                Tags = [("route", i % 2 == 0 ? "Hamburg-Oslo" : "Hamburg-Gdańsk")],
            }));
        }

        return data;
    }
}
