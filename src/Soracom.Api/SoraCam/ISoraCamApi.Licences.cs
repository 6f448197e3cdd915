using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <content>Licences: which recordings are made, and how long they are kept.</content>
public partial interface ISoraCamApi
{
    /// <summary>
    /// Vendor operation assignSoraCamDeviceAtomCamLicense: gives a camera a licence, instead of the one that it may have. Answers null when it has
    /// that one already (304). 403 when none is free or the camera is another operator's that is only shared.
    /// </summary>
    [SoracomOperation("assignSoraCamDeviceAtomCamLicense", Effect = CallEffect.Repeatable, MayAnswerNothing = true)]
    [Put("/sora_cam/devices/{device_id}/atom_cam/license")]
    Task<LicenceAssignment?> AssignSoraCamDeviceAtomCamLicenseAsync(
        [Path("device_id")] string deviceId, [Body] LicenceAssignment licence, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation unassignSoraCamDeviceAtomCamLicense: takes a camera's licence away. Recording stops and what was recorded can't be seen any
    /// more; the licence goes on costing. 403 for a shared camera, 404 when it has none.
    /// </summary>
    [SoracomOperation("unassignSoraCamDeviceAtomCamLicense"), Delete("/sora_cam/devices/{device_id}/atom_cam/license")]
    Task UnassignSoraCamDeviceAtomCamLicenseAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamLicensePacks: how many licences of each kind there are, and are in use. Japan coverage only.</summary>
    [SoracomOperation("listSoraCamLicensePacks"), Get("/sora_cam/license_packs")]
    Task<IReadOnlyList<LicencePack>> ListSoraCamLicensePacksAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation updateSoraCamLicensePackQuantity: buys or cancels licences, with effect on the monthly fee. Japan coverage only. 400 when the
    /// present quantity is not as given.
    /// </summary>
    /// <param name="licencePackId">One of <see cref="LicenceType"/>.</param>
    /// <param name="quantity">What it is and what it is to be.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("updateSoraCamLicensePackQuantity"), Put("/sora_cam/license_packs/{license_pack_id}/quantity")]
    Task UpdateSoraCamLicensePackQuantityAsync(
        [Path("license_pack_id"), WireValues(typeof(LicenceType))] string licencePackId,
        [Body] LicencePackQuantity quantity,
        CancellationToken cancellationToken = default);
}
