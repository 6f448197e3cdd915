using Soracom.Api;
using Soracom.Sandbox;

namespace Soracom.Portal.Benchmarks;

/// <summary>What the sandbox holds for its largest demo account once all of it is made and indexed. Goal: under 150 MB.</summary>
internal static class AccountMemory
{
    private const double Goal = 150;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var scene = await Scene.StartAsync(DemoFleets.Metro, cancellationToken);
        var client = scene.Client(SoracomCoverage.Global);
        await client.Operators.GetOperatorAsync(scene.Operator.OperatorId, cancellationToken);
        var before = Megabytes.InUse();
        await client.Sims.ListSimsAsync(cancellationToken: cancellationToken);
        await client.Sims.SearchSimsAsync(name: ["meter"], cancellationToken: cancellationToken);
        var held = Megabytes.InUse() - before;
        return [new("memory", $"{held:0} MB", $"under {Goal:0} MB", held < Goal)];
    }
}
