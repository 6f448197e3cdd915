using Microsoft.AspNetCore.WebUtilities;
using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <content>Addresses of SIMs and of jobs over many of them.</content>
public static partial class PortalUrls
{
    /// <summary>Name of the query parameter that says which saved view was opened.</summary>
    public const string ViewParameter = "view";

    /// <summary>Name of the query parameter of the SIM list that says into which group the SIMs go that are selected.</summary>
    public const string IntoParameter = "into";

    /// <summary>Name of the query parameter of a SIM's page that has a command typed at once.</summary>
    public const string CommandParameter = "command";

    /// <summary>Where SIMs come into a tenant's account.</summary>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <returns>The path.</returns>
    public static string AddSims(string slug) => $"/t/{Segment(slug)}/sims/add";

    /// <summary>A tenant's SIMs.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <param name="view">The saved view to mark as the one that was opened; the address is whole without it.</param>
    /// <returns>The address.</returns>
    public static string Sims(string slug, SimQuery? query = null, Guid? view = null) =>
        WithView($"/t/{Segment(slug)}/sims{query?.ToQueryString()}", view);

    /// <summary>The SIMs of all tenants that one may enter.</summary>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string PortfolioSims(SimQuery? query = null) => $"/portfolio/sims{query?.ToQueryString()}";

    /// <summary>What is found of a text among the SIMs of all tenants.</summary>
    /// <param name="text">What is looked for.</param>
    /// <returns>The address.</returns>
    public static string FindSims(string text) => PortfolioSims(SimQuery.All with { Text = text });

    /// <summary>The SIMs of all tenants that one may enter as a CSV file.</summary>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string PortfolioExport(SimQuery? query = null) => $"/portfolio/sims/export.csv{query?.ToQueryString()}";

    /// <summary>A tenant's SIMs as a CSV file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string SimsExport(string slug, SimQuery? query = null) => $"/t/{Segment(slug)}/sims/export.csv{query?.ToQueryString()}";

    /// <summary>Where the choice of the SIM list's columns goes.</summary>
    /// <returns>The address.</returns>
    public static string SimColumns() => "/preferences/sim-columns";

    /// <summary>One SIM.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage: jp or g.</param>
    /// <param name="simId">The SIM id.</param>
    /// <returns>The address.</returns>
    public static string Sim(string slug, string coverage, string simId) => $"/t/{Segment(slug)}/sims/{Segment(simId)}?coverage={Segment(coverage)}";

    /// <summary>One SIM, where a command for its device can be typed.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="ssh">Whether it is one for its shell rather than a call of its web server.</param>
    /// <returns>The address.</returns>
    public static string SimCommand(string slug, SoracomCoverage coverage, string simId, bool ssh) =>
        $"/t/{Segment(slug)}/sims/{Segment(simId)}{new QueryWriter().Add("coverage", coverage.ToWireName()).Add(CommandParameter, ssh ? "ssh" : "http")}";

    /// <summary>One view of a SIM.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="view">What to show of it.</param>
    /// <returns>The address.</returns>
    internal static string Sim(string slug, SoracomCoverage coverage, string simId, ISimView view)
    {
        var query = new QueryWriter().Add("coverage", coverage.ToWireName()).Add(SimView.Parameter, SimView.NameOf(view.Tab));
        view.Write(query);
        return $"/t/{Segment(slug)}/sims/{Segment(simId)}{query}";
    }

    /// <summary>A tenant's jobs over many SIMs.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Jobs(string slug) => $"/t/{Segment(slug)}/jobs";

    /// <summary>Where a job is planned: over all SIMs that a view of the list finds, or from a file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">The view; null for a file.</param>
    /// <param name="into">The group that they go into; null where what becomes of them is still to be chosen.</param>
    /// <returns>The address.</returns>
    public static string NewJob(string slug, SimQuery? query = null, string? into = null) =>
        $"/t/{Segment(slug)}/jobs/new{(query is null ? null : NewJobQuery.Of(query) + (into is null ? null : NewJobQuery.ToGroupOf(into)))}";

    /// <summary>Where a job is planned over SIMs that were picked.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="draftId">Where they are kept.</param>
    /// <param name="into">The group that they go into; null where what becomes of them is still to be chosen.</param>
    /// <returns>The address.</returns>
    public static string NewJob(string slug, Guid draftId, string? into = null) =>
        $"/t/{Segment(slug)}/jobs/new?{NewJobQuery.DraftName}={draftId}{(into is null ? null : NewJobQuery.ToGroupOf(into))}";

    /// <summary>One job.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="query">Which of its items to show; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Job(string slug, Guid jobId, SimJobQuery? query = null) => $"/t/{Segment(slug)}/jobs/{jobId}{query?.ToQueryString()}";

    /// <summary>What came of a job, as a CSV file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <returns>The address.</returns>
    public static string JobResult(string slug, Guid jobId) => $"/t/{Segment(slug)}/jobs/{jobId}/result.csv";

    /// <summary>A CSV file with the columns that a job's file may have.</summary>
    /// <returns>The address.</returns>
    public static string JobTemplate() => "/job-template.csv";

    /// <summary>The file of a recording of a SIM's traffic.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="sessionId">The recording.</param>
    /// <returns>The address.</returns>
    public static string Capture(string slug, SoracomCoverage coverage, string simId, string sessionId) =>
        $"/t/{Segment(slug)}/sims/{Segment(simId)}/captures/{Segment(sessionId)}?coverage={coverage.ToWireName()}";

    private static string WithView(string address, Guid? view) => view is null ? address : QueryHelpers.AddQueryString(address, ViewParameter, view.Value.ToString("N"));
}
