using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>A walk through an account's SIMs that somebody holds.</summary>
/// <param name="holder">Who; only they may write on.</param>
/// <param name="clock">The clock.</param>
internal sealed class InventoryTurn(Guid holder, TimeProvider clock) : Turn(holder, HeldFor, clock)
{
    /// <summary>How long a walk is held without a word from its holder.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(1);

    /// <summary>The walk's number.</summary>
    public required int Walk { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The vendor's key of the page to go on with; null for the first.</summary>
    public required string? NextKey { get; init; }

    /// <summary>Whose SIMs they are.</summary>
    public required string OperatorId { get; init; }
}
