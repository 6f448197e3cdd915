using Soracom.Sandbox;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;

namespace Soracom.Api.Tests.Cases;

/// <summary>The SIM IDs that are printed on the cards in somebody's drawer: no operation tells them.</summary>
internal static class SimStockOf
{
    public static IReadOnlyList<string> Japan(SandboxServer server, string operatorId)
    {
        var account = server.World.Find(operatorId)!;
        return account.Run(server.World.Clock.GetUtcNow(), changing: false, () =>
            account.Data(Coverage.Japan).Part<SimStock>().Waiting.Select(sim => sim.SimId).ToList());
    }
}
