using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.State;

/// <summary>Where an account comes from.</summary>
/// <param name="Fleet">The demo fleet, from <see cref="DemoFleets"/>; null for an account that somebody made.</param>
/// <param name="Seed">The sandbox's seed.</param>
/// <param name="Start">The moment from which the past of the demo is counted back.</param>
internal sealed record Origin(string? Fleet, int Seed, DateTimeOffset Start);

/// <summary>Whose a part is.</summary>
/// <param name="Account">The account.</param>
/// <param name="Coverage">The coverage, or null for what belongs to the account as a whole.</param>
/// <param name="Origin">Where the account comes from.</param>
internal sealed record PartHome(OperatorAccount Account, Coverage? Coverage, Origin Origin)
{
    /// <summary>Chance that is the same each time, and independent of other purposes.</summary>
    public SeededRandom Random(string purpose) => new(Origin.Seed, $"{Account.OperatorId}/{Coverage?.ShortName()}/{purpose}");
}
