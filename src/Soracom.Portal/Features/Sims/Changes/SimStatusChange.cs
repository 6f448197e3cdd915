using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>Another status, but for the last one (operations activateSim, deactivateSim, setSimToStandby, suspendSim).</summary>
/// <param name="Status">active, inactive, standby or suspended.</param>
public sealed record SimStatusChange(string Status) : SimChange
{
    /// <summary>The statuses that can be given, and taken back.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [SimStatus.Active, SimStatus.Inactive, SimStatus.Standby, SimStatus.Suspended];

    /// <inheritdoc />
    internal override string Action => AuditActions.SimStatusChanged;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsConnectivity;

    /// <inheritdoc />
    internal override SimField Field => SimField.Status;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => Statuses.Contains(Status, StringComparer.Ordinal) ? null : new InputError("SimStatus", string.Join(", ", Statuses));

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) =>
        AtItsEnd(sim)
        ?? (Status != SimStatus.Active && SimPlans.IsVirtual(sim) ? new Obstacle("Virtual") : null)
        ?? (Status == SimStatus.Standby && SimPlans.Primary(sim) is { } plan && !SimPlans.HasStandby(plan) ? new Obstacle("NoStandby", plan) : null);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.Status;

    /// <inheritdoc />
    public override string After(InventorySim sim) => Status;

    /// <summary>Nothing returns to ready.</summary>
    public override SimChange? Undoing(InventorySim sim) => Statuses.Contains(sim.Status, StringComparer.Ordinal) ? new SimStatusChange(sim.Status) : null;

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) => Status switch
    {
        SimStatus.Active => await client.Sims.ActivateSimAsync(simId, cancellationToken),
        SimStatus.Inactive => await client.Sims.DeactivateSimAsync(simId, cancellationToken),
        SimStatus.Standby => await client.Sims.SetSimToStandbyAsync(simId, cancellationToken),
        SimStatus.Suspended => await client.Sims.SuspendSimAsync(simId, cancellationToken),
        _ => throw new InvalidOperationException($"{Status} is no status to be given."),
    };
}

/// <summary>The end of a SIM, for ever (operation terminateSim).</summary>
public sealed record SimTermination : SimChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.SimTerminated;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsTerminate;

    /// <inheritdoc />
    internal override SimField Field => SimField.Status;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim) ?? (sim.TerminationEnabled ? null : new Obstacle("Protected"));

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.Status;

    /// <inheritdoc />
    public override string After(InventorySim sim) => SimStatus.Terminated;

    /// <summary>Nothing brings it back.</summary>
    public override SimChange? Undoing(InventorySim sim) => null;

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) =>
        await client.Sims.TerminateSimAsync(simId, cancellationToken);
}

/// <summary>Termination protection on or off (operations disableSimTermination, enableSimTermination).</summary>
/// <param name="On">Whether the SIM can't be terminated.</param>
public sealed record SimProtectionChange(bool On) : SimChange
{
    /// <summary>The value of a protected SIM.</summary>
    public const string IsOn = "on";

    /// <summary>The value of an unprotected SIM.</summary>
    public const string IsOff = "off";

    /// <inheritdoc />
    internal override string Action => AuditActions.SimProtectionChanged;

    /// <summary>To take protection away is the first half of a termination.</summary>
    internal override Permission Needs => On ? Permission.SimsConnectivity : Permission.SimsTerminate;

    /// <inheritdoc />
    internal override SimField Field => SimField.TerminationProtection;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.TerminationEnabled ? IsOff : IsOn;

    /// <inheritdoc />
    public override string After(InventorySim sim) => On ? IsOn : IsOff;

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => new SimProtectionChange(!sim.TerminationEnabled);

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) => On
        ? await client.Sims.DisableSimTerminationAsync(simId, cancellationToken)
        : await client.Sims.EnableSimTerminationAsync(simId, cancellationToken);
}
