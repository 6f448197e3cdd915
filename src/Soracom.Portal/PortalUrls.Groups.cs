using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Api;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <content>Addresses of groups.</content>
public static partial class PortalUrls
{
    /// <summary>A tenant's groups.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Groups(string slug, GroupQuery? query = null) => $"/t/{Segment(slug)}/groups{query?.ToQueryString()}";

    /// <summary>One view of a group.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="view">What to show of it; what is set for its SIMs by default.</param>
    /// <returns>The address.</returns>
    public static string Group(string slug, SoracomCoverage coverage, string groupId, GroupView? view = null)
    {
        var query = new QueryWriter().Add("coverage", coverage.ToWireName());
        view?.Write(query);
        return $"/t/{Segment(slug)}/groups/{Segment(groupId)}{query}";
    }

    /// <summary>A group's configuration as a file, with its secrets masked.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="number">The revision.</param>
    /// <returns>The address.</returns>
    public static string GroupExport(string slug, SoracomCoverage coverage, string groupId, int number) =>
        $"/t/{Segment(slug)}/groups/{Segment(groupId)}/configuration.json{new QueryWriter().Add("coverage", coverage.ToWireName()).Add("revision", number.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>The SIMs of one group.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <returns>The address.</returns>
    public static string SimsOfGroup(string slug, SoracomCoverage coverage, string groupId) =>
        Sims(slug, SimQuery.All with { Coverage = coverage, Groups = FilterValues.Of([groupId]) });

    /// <summary>The SIM list, where those are selected that go into a group.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <returns>The address.</returns>
    public static string AddSimsToGroup(string slug, SoracomCoverage coverage, string groupId) => Into(Sims(slug, SimQuery.All with { Coverage = coverage }), groupId);

    /// <summary>Where a job is planned that takes all SIMs out of a group.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <returns>The address.</returns>
    public static string RemoveSimsFromGroup(string slug, SoracomCoverage coverage, string groupId) =>
        NewJob(slug, SimQuery.All with { Coverage = coverage, Groups = FilterValues.Of([groupId]) }) + NewJobQuery.ToGroupOf("");

    /// <summary>A view of the SIM list in which those are selected that go into a group.</summary>
    /// <param name="address">The address of the view.</param>
    /// <param name="groupId">The group id; null when none are to be selected.</param>
    /// <returns>The address.</returns>
    internal static string Into(string address, string? groupId) => groupId is null ? address : QueryHelpers.AddQueryString(address, IntoParameter, groupId);
}
