using System.Text.Json.Serialization;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>
/// One change of one SIM's settings, whichever SIM: what it needs, what stands against it, what it does and what would undo it. A page
/// applies it to one SIM, a job to many; stored as JSON.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SimNameChange), "name")]
[JsonDerivedType(typeof(SimTagChange), "tag")]
[JsonDerivedType(typeof(SimTagRemoval), "tag-removal")]
[JsonDerivedType(typeof(SimGroupChange), "group")]
[JsonDerivedType(typeof(SimStatusChange), "status")]
[JsonDerivedType(typeof(SimTermination), "termination")]
[JsonDerivedType(typeof(SimProtectionChange), "protection")]
[JsonDerivedType(typeof(SimSpeedChange), "speed")]
[JsonDerivedType(typeof(SimExpiryChange), "expiry")]
[JsonDerivedType(typeof(SimImeiLockChange), "imei-lock")]
public abstract record SimChange
{
    /// <summary>The most characters of a name, and of a tag's key or value. The vendor documents no limit.</summary>
    public const int MostCharacters = 200;

    /// <summary>What the audit trail calls it: one of <see cref="Data.Audit.AuditActions"/>.</summary>
    internal abstract string Action { get; }

    /// <summary>What a person needs to make it.</summary>
    internal abstract Permission Needs { get; }

    /// <summary>What of the SIM it is about.</summary>
    internal abstract SimField Field { get; }

    /// <summary>What is wrong with the values, whatever the SIM.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The error; null when nothing is.</returns>
    public virtual InputError? Wrong(DateTimeOffset now) => null;

    /// <summary>Why a SIM as it is does not allow it.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The obstacle; null when none is known.</returns>
    public abstract Obstacle? ObstacleFor(InventorySim sim);

    /// <summary>The value before, in the vendor's words; empty for none.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The value.</returns>
    public abstract string Before(InventorySim sim);

    /// <summary>The value after, in the vendor's words; empty for none.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The value.</returns>
    public abstract string After(InventorySim sim);

    /// <summary>Whether the SIM is so already: there is nothing to do.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>True when it is.</returns>
    public virtual bool IsIn(InventorySim sim) => string.Equals(Before(sim), After(sim), StringComparison.Ordinal);

    /// <summary>The change that makes the SIM what it was.</summary>
    /// <param name="sim">The SIM before this change.</param>
    /// <returns>The change; null where nothing can.</returns>
    public abstract SimChange? Undoing(InventorySim sim);

    /// <summary>Makes the change at the vendor.</summary>
    /// <param name="client">The vendor.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIM as it is then; null where the vendor does not say.</returns>
    internal abstract Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken);

    /// <summary>What no SIM allows that is at its end.</summary>
    private protected static Obstacle? AtItsEnd(InventorySim sim) =>
        string.Equals(sim.Status, SimStatus.Terminated, StringComparison.Ordinal) ? new Obstacle("Terminated") : null;
}
