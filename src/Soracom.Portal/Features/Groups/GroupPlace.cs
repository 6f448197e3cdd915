using Soracom.Api;

namespace Soracom.Portal.Features.Groups;

/// <summary>Which group a page is about. A section that is given another one reads anew.</summary>
/// <param name="Slug">The tenant's name in addresses.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Reading">Grows when somebody asks for everything to be read again.</param>
public sealed record GroupPlace(string Slug, SoracomCoverage Coverage, string GroupId, int Reading = 0)
{
    /// <summary>The address of a view of the group.</summary>
    /// <param name="view">What to show.</param>
    /// <returns>The address.</returns>
    public string To(GroupView view) => PortalUrls.Group(Slug, Coverage, GroupId, view);
}
