using Soracom.Api;

namespace Soracom.Portal.Features.Sims;

/// <summary>Which SIM a page is about. A section that is given another one reads anew.</summary>
/// <param name="Slug">The tenant's name in addresses.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="SimId">The SIM.</param>
/// <param name="Reading">Grows when somebody asks for everything to be read again.</param>
public sealed record SimPlace(string Slug, SoracomCoverage Coverage, string SimId, int Reading = 0)
{
    /// <summary>The address of a section as it is when it is opened.</summary>
    /// <param name="tab">The section.</param>
    /// <returns>The address.</returns>
    internal string To(SimTab tab) => To(new SimView(tab));

    /// <summary>The address of a view of the SIM.</summary>
    /// <param name="view">What to show.</param>
    /// <returns>The address.</returns>
    internal string To(ISimView view) => PortalUrls.Sim(Slug, Coverage, SimId, view);
}
