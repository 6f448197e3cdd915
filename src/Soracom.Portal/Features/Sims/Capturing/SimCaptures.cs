using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Capturing;

/// <summary>
/// Records the traffic of SIMs (operations of ISimPacketCaptures). The vendor hands recordings out at signed addresses, which whoever knows
/// them can read; they never leave this service, and files go to the browser by way of the portal.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Does what the trail tells of before and after.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="files">Fetches recordings.</param>
internal sealed class SimCaptures(TenantSoracom soracom, VendorActs acts, AuditTrail audit, VendorFiles files)
{
    /// <summary>Recordings on a page.</summary>
    public const int PageSize = 20;

    /// <summary>The shortest recording.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    /// <summary>The longest recording.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>A page of a SIM's recordings.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="after">The vendor's key of the page; null for the first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The recordings, the newest first; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CapturePage>> ListAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var page = await soracom.ReadAsync(
            tenant, coverage, (client, token) => client.PacketCaptures.ListSimPacketCaptureSessionsAsync(simId, after, PageSize, token), cancellationToken);
        return page.Then(captures => new CapturePage([.. captures.Items.Select(CaptureInfo.Of).OfType<CaptureInfo>().OrderByDescending(capture => capture.RequestedAt)], captures.NextKey));
    }

    /// <summary>Asks for a recording of a SIM's traffic.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The recording; an <see cref="InputError"/> when it would be too short or too long; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CaptureInfo>> StartAsync(TenantContext tenant, SoracomCoverage coverage, string simId, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCapture, cancellationToken);
        return duration < Shortest || duration > Longest
            ? new InputError("CaptureDuration", (int)Shortest.TotalSeconds, (int)Longest.TotalHours)
            : await DoAsync(
                tenant,
                coverage,
                new AuditAct(AuditActions.SimCaptureStarted, AuditOutcome.Begun) { ObjectId = simId, Detail = duration.ToString("c") },
                (client, token) => client.PacketCaptures.CreateSimPacketCaptureSessionAsync(simId, new PacketCaptureOrder { Duration = (int)duration.TotalSeconds }, token),
                cancellationToken);
    }

    /// <summary>Ends a recording before its time; what was recorded until then is kept.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="sessionId">The recording.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>The recording, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CaptureInfo>> StopAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string sessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCapture, cancellationToken);
        return await DoAsync(
            tenant, coverage, Act(AuditActions.SimCaptureStopped, simId, sessionId), (client, token) => client.PacketCaptures.StopSimPacketCaptureSessionAsync(simId, sessionId, token), cancellationToken);
    }

    /// <summary>Deletes a recording and its file, for good.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="sessionId">The recording.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>What it was, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CaptureInfo>> DeleteAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string sessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCapture, cancellationToken);
        return await DoAsync(
            tenant, coverage, Act(AuditActions.SimCaptureDeleted, simId, sessionId), (client, token) => client.PacketCaptures.DeleteSimPacketCaptureSessionAsync(simId, sessionId, token), cancellationToken);
    }

    /// <summary>Opens the file of a recording.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="sessionId">The recording.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file, to be disposed of; a <see cref="GoneError"/> when there is none (yet); or a <see cref="VendorError"/>.</returns>
    public async Task<Result<VendorFile>> OpenAsync(TenantContext tenant, SoracomCoverage coverage, string simId, string sessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsCapture, cancellationToken);
        var capture = await soracom.ReadAsync(tenant, coverage, (client, token) => client.PacketCaptures.GetSimPacketCaptureSessionAsync(simId, sessionId, token), cancellationToken);
        var opened = capture.Error is { } error ? error
            : capture.Value is { Status: PacketCaptureStatus.Done, Url: { } url } ? await files.OpenAsync(url, coverage, cancellationToken)
            : (Result<VendorFile>)new GoneError();
        await audit.RecordAsync(
            tenant,
            Act(AuditActions.SimCaptureDownloaded, simId, sessionId) with { Outcome = opened.Error is null ? AuditOutcome.Succeeded : AuditOutcome.Failed },
            CancellationToken.None);
        return opened;
    }

    private static AuditAct Act(string action, string simId, string sessionId) => new(action, AuditOutcome.Begun) { ObjectId = simId, Detail = sessionId };

    private async Task<Result<CaptureInfo>> DoAsync(
        TenantContext tenant, SoracomCoverage coverage, AuditAct act, Func<ISoracomClient, CancellationToken, Task<PacketCapture>> call, CancellationToken cancellationToken)
    {
        var done = await acts.DoAsync(tenant, coverage, act, call, look: null, cancellationToken);
        return done.Error is { } error ? error
            : CaptureInfo.Of(done.Value) is { } capture ? capture
            : new VendorError(VendorErrorKind.NotUnderstood, coverage);
    }
}
