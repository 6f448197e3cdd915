using Soracom.Api;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>Has the SIMs of accounts read, for whoever has to know all of them.</summary>
internal interface ISimWalks
{
    /// <summary>Has an account walked through soon, unless that is under way. Nothing where another instance does that.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    void Ask(Guid tenantId, SoracomCoverage coverage);
}
