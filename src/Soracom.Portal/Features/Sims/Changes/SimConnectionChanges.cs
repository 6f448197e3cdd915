using System.Globalization;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>Another speed class (operation updateSimSpeedClass).</summary>
/// <param name="SpeedClass">The speed class.</param>
public sealed record SimSpeedChange(string SpeedClass) : SimChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.SimSpeedChanged;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsConnectivity;

    /// <inheritdoc />
    internal override SimField Field => SimField.SpeedClass;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => SimPlans.AllSpeedClasses.Contains(SpeedClass, StringComparer.Ordinal)
        ? null
        : new InputError("SimSpeedClass", string.Join(", ", SimPlans.AllSpeedClasses));

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim) ?? SimPlans.SpeedObstacle(sim, SpeedClass);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.SpeedClass;

    /// <inheritdoc />
    public override string After(InventorySim sim) => SpeedClass;

    /// <inheritdoc />
    public override SimChange? Undoing(InventorySim sim) => SimPlans.SpeedObstacle(sim, sim.SpeedClass) is null ? new SimSpeedChange(sim.SpeedClass) : null;

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) =>
        await client.Sims.UpdateSimSpeedClassAsync(simId, new SpeedClassChoice { SpeedClass = SpeedClass }, cancellationToken);
}

/// <summary>Another time of expiry, or none (operations setSimExpiryTime, unsetSimExpiryTime).</summary>
/// <param name="At">The time; null for none.</param>
/// <param name="ExpiryAction">What happens then: one of the vendor's words; null does nothing but keep new sessions from beginning.</param>
public sealed record SimExpiryChange(DateTimeOffset? At, string? ExpiryAction = null) : SimChange
{
    /// <summary>What can happen then.</summary>
    public static IReadOnlyList<string> ExpiryActions { get; } =
    [
        Soracom.Api.Sims.ExpiryAction.DoNothing, Soracom.Api.Sims.ExpiryAction.DeleteSession, Soracom.Api.Sims.ExpiryAction.Deactivate,
        Soracom.Api.Sims.ExpiryAction.Suspend, Soracom.Api.Sims.ExpiryAction.Terminate,
    ];

    /// <inheritdoc />
    internal override string Action => AuditActions.SimExpiryChanged;

    /// <summary>A SIM that ends by itself is a SIM that was terminated.</summary>
    internal override Permission Needs => Ends ? Permission.SimsTerminate : Permission.SimsConnectivity;

    /// <inheritdoc />
    internal override SimField Field => SimField.Expiry;

    private bool Ends => string.Equals(ExpiryAction, Soracom.Api.Sims.ExpiryAction.Terminate, StringComparison.Ordinal);

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) =>
        At <= now ? new InputError("SimExpiryPast")
        : ExpiryAction is { } action && (At is null || !ExpiryActions.Contains(action, StringComparer.Ordinal)) ? new InputError("SimExpiryAction", string.Join(", ", ExpiryActions))
        : null;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim) ?? (Ends && !sim.TerminationEnabled ? new Obstacle("Protected") : null);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => Text(sim.ExpiresAt, sim.ExpiryAction);

    /// <inheritdoc />
    public override string After(InventorySim sim) => Text(At, ExpiryAction);

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => new SimExpiryChange(sim.ExpiresAt, sim.ExpiresAt is null || sim.ExpiryAction.Length == 0 ? null : sim.ExpiryAction);

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) => At is { } at
        ? await client.Sims.SetSimExpiryTimeAsync(simId, new Expiry { ExpiryTime = at, ExpiryAction = ExpiryAction }, cancellationToken)
        : await client.Sims.UnsetSimExpiryTimeAsync(simId, cancellationToken);

    // To the millisecond, as the vendor keeps it. Without an action the vendor does what it does with doNothing.
    private static string Text(DateTimeOffset? at, string? action) => at is not { } time ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {(string.IsNullOrEmpty(action) ? Soracom.Api.Sims.ExpiryAction.DoNothing : action)}");
}

/// <summary>Locked to one device, or to none (operations setSimImeiLock, unsetSimImeiLock).</summary>
/// <param name="Imei">The device's IMEI; null for no lock, unless <paramref name="InUse"/> says otherwise.</param>
/// <param name="InUse">Whether to lock it to the device that it is online in.</param>
public sealed record SimImeiLockChange(string? Imei, bool InUse = false) : SimChange
{
    /// <summary>Lets sessions through in which no IMEI is told.</summary>
    private const string Anonymous = "|ANONYMOUS";

    private const int ImeiDigits = 15;

    /// <inheritdoc />
    internal override string Action => AuditActions.SimImeiLocked;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsConnectivity;

    /// <inheritdoc />
    internal override SimField Field => SimField.ImeiLock;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => Imei is { } imei && (InUse || !IsImei(imei)) ? new InputError("Imei") : null;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim) ?? (InUse && (!sim.Online || sim.Imei.Length == 0) ? new Obstacle("NoImeiInUse") : null);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.ImeiLock;

    /// <inheritdoc />
    public override string After(InventorySim sim) => InUse ? sim.Imei : Imei ?? "";

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => new SimImeiLockChange(sim.ImeiLock.Length == 0 ? null : sim.ImeiLock);

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) =>
        InUse ? await client.Sims.SetSimImeiLockAsync(simId, imeiLock: null, cancellationToken)
        : Imei is { } imei ? await client.Sims.SetSimImeiLockAsync(simId, new ImeiLock { Imei = imei }, cancellationToken)
        : await client.Sims.UnsetSimImeiLockAsync(simId, cancellationToken);

    private static bool IsImei(string text)
    {
        var digits = text.EndsWith(Anonymous, StringComparison.Ordinal) ? text[..^Anonymous.Length] : text;
        return digits.Length == ImeiDigits && digits.All(char.IsAsciiDigit);
    }
}
