using Soracom.Api.Sims;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>An item that is to be made.</summary>
/// <param name="Number">Its place in the job.</param>
/// <param name="SimId">The SIM.</param>
/// <param name="SimName">What the SIM was called.</param>
/// <param name="Change">The change.</param>
/// <param name="Known">The SIM as the inventory has it; null when it does not.</param>
/// <param name="Doubted">Whether a call of it went unanswered and the SIM could not be asked: where the SIM does not show it then, nobody knows.</param>
internal sealed record SimJobTask(int Number, string SimId, string SimName, SimChange Change, InventorySim? Known, bool Doubted = false);

/// <summary>What came of an item.</summary>
/// <param name="Task">The item.</param>
/// <param name="State">Where it is now.</param>
internal sealed record SimJobOutcome(SimJobTask Task, SimJobItemState State)
{
    /// <summary>The SIM just before; null where it was not looked at.</summary>
    public InventorySim? Before { get; init; }

    /// <summary>Why it was refused or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>What that speaks of, as a JSON array.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the vendor was asked to make the change: then it is in the audit trail.</summary>
    public bool Sent { get; init; }

    /// <summary>The vendor's id of the call that was to make it; null where none was answered.</summary>
    public string? VendorRequestId { get; init; }

    /// <summary>What the vendor told of the SIM meanwhile.</summary>
    public Sim? Learned { get; init; }

    /// <summary>When it was asked for that.</summary>
    public DateTimeOffset LearnedAt { get; init; }

    /// <summary>Whether the vendor knows nothing of the SIM any more.</summary>
    public bool Gone { get; init; }

    /// <summary>Why nothing more can be sent for now.</summary>
    public SimJobStop? Stop { get; init; }
}

/// <summary>Why a job can't go on.</summary>
/// <param name="Reason">The kind of failure.</param>
/// <param name="RetryAfter">When it makes sense to go on; null when the vendor did not say.</param>
/// <param name="NeedsSomebody">Whether it goes on only when somebody has mended something.</param>
internal sealed record SimJobStop(string Reason, TimeSpan? RetryAfter, bool NeedsSomebody);
