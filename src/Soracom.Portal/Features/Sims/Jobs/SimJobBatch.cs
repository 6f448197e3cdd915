using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>What the holder of a job is to do next.</summary>
/// <param name="Items">Items that are marked as being sent; empty when there is nothing to do, or nobody may do it.</param>
internal sealed record SimJobBatch(IReadOnlyList<SimJobTask> Items)
{
    /// <summary>Nothing to do.</summary>
    public static readonly SimJobBatch Nothing = new([]);
}

/// <summary>A job that was taken.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Language">The language of its owner.</param>
/// <param name="Account">Whose SIMs it changes.</param>
internal sealed record SimJobTaken(JobTurn Turn, string Language, SimJobAccount Account);
