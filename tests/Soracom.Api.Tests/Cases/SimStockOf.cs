using Soracom.Api.Tests.Sandbox;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;

namespace Soracom.Api.Tests.Cases;

/// <summary>The SIM IDs that are printed on the cards in somebody's drawer: no operation tells them.</summary>
internal static class SimStockOf
{
    public static IReadOnlyList<string> Japan(SandboxHost host, string operatorId)
    {
        var account = host.Server.World.Find(operatorId)!;
        return account.Run(host.Server.World.Clock.GetUtcNow(), changing: false, () =>
            account.Data(Coverage.Japan).Part<SimStock>().Waiting.Select(sim => sim.SimId).ToList());
    }
}
