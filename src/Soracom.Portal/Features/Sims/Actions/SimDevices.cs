using System.Globalization;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Actions;

/// <summary>What is done with a SIM's session and device and leaves its settings alone. What is sent may be secret: the audit trail names its kind only.</summary>
/// <param name="acts">Does it.</param>
/// <param name="inventory">Takes in what is learned.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimDevices(VendorActs acts, InventoryStore inventory, TimeProvider clock)
{
    /// <summary>The most characters of a short message in any writing (UCS-2).</summary>
    public const int MostSmsCharacters = 70;

    /// <summary>The most bytes of a command.</summary>
    public const int MostCommandBytes = 8192;

    /// <summary>The most bytes of a UDP payload.</summary>
    public const int MostUdpBytes = 1472;

    /// <summary>The code with which the vendor says that a SIM is offline; see the vendor's operation deleteSimSession.</summary>
    private const string OfflineCode = "SEM0016";

    /// <summary>Ends the session (operation deleteSimSession); the device normally begins another.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The SIM after it; an <see cref="ObstacleError"/> when it is offline; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<Sim>> EndSessionAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsConnectivity, cancellationToken);
        var ended = await acts.DoAsync(tenant, coverage, Act(AuditActions.SimSessionDeleted, simId), (client, token) => client.Sims.DeleteSimSessionAsync(simId, token), look: null, cancellationToken);
        if (ended.Error is null)
        {
            await inventory.LearnAsync(tenant.TenantId, coverage, [ended.Value], clock.GetUtcNow(), CancellationToken.None);
        }

        return ended.Error is VendorError { Code: OfflineCode } ? new ObstacleError(new Obstacle("Offline")) : ended;
    }

    /// <summary>Pings the device (operation sendDownlinkPing).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="times">How often, 1 to 5.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>What became of it, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<PingResult>> PingAsync(TenantContext tenant, SoracomCoverage coverage, string simId, int times, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCommand, cancellationToken);
        var ping = new Ping { NumberOfPingRequests = Math.Clamp(times, 1, 5), TimeoutSeconds = 3 };
        return await acts.DoAsync(tenant, coverage, Act(AuditActions.SimPinged, simId), (client, token) => client.SimMessages.SendDownlinkPingAsync(simId, ping, token), look: null, cancellationToken);
    }

    /// <summary>Sends a short message (operation sendSmsToSim), which is charged.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="text">The text; at most <see cref="MostSmsCharacters"/> characters.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>That it was accepted; an <see cref="InputError"/>; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<SmsReport>> SendSmsAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(text);
        await tenant.RequireAsync(Permission.SimsCommand, cancellationToken);
        if (text.Length is 0 or > MostSmsCharacters)
        {
            return new InputError("SmsText", MostSmsCharacters);
        }

        var message = new SmsMessage { Payload = text, EncodingType = SmsEncoding.Ucs2 };
        return await acts.DoAsync(
            tenant, coverage, Act(AuditActions.SimMessaged, simId, $"{text.Length} characters"), (client, token) => client.SimMessages.SendSmsToSimAsync(simId, message, token), look: null, cancellationToken);
    }

    /// <summary>Has the SIM report of its device (operation reportSimLocalInfo), by a charged short message.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>True when it was asked; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<bool>> AskLocalInfoAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCommand, cancellationToken);
        var asked = await acts.DoAsync(
            tenant, coverage, Act(AuditActions.SimInfoAsked, simId), (client, token) => client.SimMessages.ReportSimLocalInfoAsync(simId, token), look: null, cancellationToken);
        return asked.Then(_ => true);
    }

    /// <summary>Sends a command to the device (operations sendDownlinkHttp, sendDownlinkSsh, sendDownlinkTcp, sendDownlinkUdp).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="command">The command. Nothing of what it sends is kept.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>What the device answered; an <see cref="InputError"/>; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<DeviceAnswer>> SendAsync(TenantContext tenant, SoracomCoverage coverage, string simId, RemoteCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(command);
        await tenant.RequireAsync(Permission.SimsCommand, cancellationToken);
        return command.Wrong() is { } wrong
            ? wrong
            : await acts.DoAsync(
                tenant,
                coverage,
                Act(AuditActions.SimCommanded, simId, string.Create(CultureInfo.InvariantCulture, $"{command.Protocol} {command.Port}")),
                (client, token) => command.SendAsync(client, simId, token),
                look: null,
                cancellationToken);
    }

    private static AuditAct Act(string action, string simId, string? detail = null) => new(action, AuditOutcome.Begun) { ObjectId = simId, Detail = detail };
}
