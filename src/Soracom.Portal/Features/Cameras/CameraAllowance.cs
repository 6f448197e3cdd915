using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Keeps what exports under way have set aside of a camera's quota from being played, or made stills of, and what is charged for from being used unseen.</summary>
/// <param name="reader">Reads the quota.</param>
internal sealed class CameraAllowance(CameraReader reader)
{
    /// <summary>What stands in the way of using some of a camera's quota, as far as the portal knows; what the vendor has against it, it says itself.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="needed">What is to be used.</param>
    /// <param name="agreed">What somebody has seen that it costs; null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// A <see cref="CameraQuotaSetAsideError"/> where only what exports have set aside would be enough; a <see cref="CameraCostMovedError"/> where more is charged for than was seen; where the
    /// quota can't be read, a <see cref="CameraQuotaUnreadError"/> unless that was seen, or the <see cref="VendorError"/> that stands in the way of all else too; else null.
    /// </returns>
    public async Task<PortalError?> ObstacleAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, TimeSpan needed, CameraAgreed? agreed, CancellationToken cancellationToken)
    {
        var read = await reader.QuotaAsync(tenant, coverage, deviceId, cancellationToken);
        return read.Error is { } unread ? Unread(unread, agreed ?? new CameraAgreed(needed, TimeSpan.Zero))
            : read.Value is var quota && quota.Left < needed && quota.Limit - quota.Used >= needed ? new CameraQuotaSetAsideError((int)quota.Left.TotalMinutes)
            : agreed is not null && quota.Left >= agreed.Cost && quota.BilledOf(agreed.Cost) is var billed && billed > agreed.Billed ? new CameraCostMovedError(agreed with { Billed = billed })
            : null;
    }

    /// <summary>What is not known is not used unseen.</summary>
    private static PortalError? Unread(PortalError error, CameraAgreed agreed) =>
        error is VendorError { IsAboutTheCredential: true } or VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.RateLimited } ? error
        : agreed.Unread ? null
        : new CameraQuotaUnreadError(agreed.Cost);
}
