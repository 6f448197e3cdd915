using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Api;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <summary>Every address of the portal. Pages link by these methods, so that a route has one author.</summary>
public static class PortalUrls
{
    /// <summary>Name of the query parameter that says where to go after signing in.</summary>
    public const string ReturnUrlParameter = "returnUrl";

    /// <summary>Name of the query parameter that says which saved view was opened.</summary>
    public const string ViewParameter = "view";

    /// <summary>Name of the query parameter of the SIM list that says into which group the SIMs go that are selected.</summary>
    public const string IntoParameter = "into";

    /// <summary>Name of the query parameter of a SIM's page that has a command typed at once.</summary>
    public const string CommandParameter = "command";

    /// <summary>The start: picks the obvious place for whoever is signed in.</summary>
    /// <returns>The address.</returns>
    public static string Home() => "/";

    /// <summary>The sign-in page.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <returns>The address.</returns>
    public static string SignIn(string? returnUrl = null) => returnUrl is null ? "/sign-in" : $"/sign-in?{ReturnUrlParameter}={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Starts signing in at the OpenID provider.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <returns>The address.</returns>
    public static string SignInAtProvider(string? returnUrl = null) => $"/sign-in/provider?{ReturnUrlParameter}={Uri.EscapeDataString(returnUrl ?? Home())}";

    /// <summary>Where a demo account's form goes. Development only.</summary>
    /// <returns>The address.</returns>
    public static string SignInAsDemo() => "/sign-in/demo";

    /// <summary>Where signing out goes.</summary>
    /// <returns>The address.</returns>
    public static string SignOut() => "/sign-out";

    /// <summary>Says that somebody is signed out.</summary>
    /// <returns>The address.</returns>
    public static string SignedOut() => "/signed-out";

    /// <summary>Where the choice of language goes.</summary>
    /// <returns>The address.</returns>
    public static string Language() => "/preferences/language";

    /// <summary>Where the choice of theme goes.</summary>
    /// <returns>The address.</returns>
    public static string Theme() => "/preferences/theme";

    /// <summary>The page for a form that was open for too long.</summary>
    /// <returns>The address.</returns>
    public static string OldForm() => "/old-form";

    /// <summary>The page for what is not there.</summary>
    /// <returns>The address.</returns>
    public static string NotFound() => "/not-found";

    /// <summary>The tenants that one may enter.</summary>
    /// <returns>The address.</returns>
    public static string Tenants() => "/tenants";

    /// <summary>A tenant's start.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Tenant(string slug) => $"/t/{Segment(slug)}";

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

    /// <summary>A tenant's groups.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Groups(string slug, GroupQuery? query = null) => $"/t/{Segment(slug)}/groups{query?.ToQueryString()}";

    /// <summary>A part of what is played: its manifest, beside which its files are.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="id">What is played.</param>
    /// <param name="part">The part, from 0.</param>
    /// <returns>The address.</returns>
    public static string Playback(string slug, string id, int part) => string.Create(CultureInfo.InvariantCulture, $"/t/{Segment(slug)}/cameras/playback/{Segment(id)}/{part}/manifest.mpd");

    /// <summary>A tenant's cameras.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Cameras(string slug, CameraQuery? query = null) => $"/t/{Segment(slug)}/cameras{query?.ToQueryString()}";

    /// <summary>One section of a camera's page.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="tab">The section; the first by default.</param>
    /// <returns>The address.</returns>
    public static string Camera(string slug, SoracomCoverage coverage, string deviceId, CameraTab tab = CameraTab.Recordings) =>
        $"/t/{Segment(slug)}/cameras/{Segment(deviceId)}{new QueryWriter().Add("coverage", coverage.ToWireName()).Add(CameraPlace.TabParameter, tab == CameraTab.Recordings ? null : tab.ToString().ToLowerInvariant())}";

    /// <summary>What of a camera's past is in sight, and what of it is chosen.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="view">The view.</param>
    /// <returns>The address.</returns>
    public static string Camera(string slug, SoracomCoverage coverage, string deviceId, RecordingsView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var query = new QueryWriter().Add("coverage", coverage.ToWireName());
        view.Write(query);
        return $"/t/{Segment(slug)}/cameras/{Segment(deviceId)}{query}";
    }

    /// <summary>Where an export of footage is asked for.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="period">What of; chosen there where it is null.</param>
    /// <returns>The address.</returns>
    public static string NewExport(string slug, SoracomCoverage coverage, string deviceId, Period? period = null) =>
        NewExport(slug, new ExportDraft { Coverage = coverage, Camera = deviceId, From = period?.From, To = period?.To });

    /// <summary>A tenant's exports of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">Which; all of them by default.</param>
    /// <returns>The address.</returns>
    public static string Exports(string slug, ExportQuery? query = null) => $"/t/{Segment(slug)}/exports{query?.ToQueryString()}";

    /// <summary>The exports of one camera's footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="deviceId">The camera.</param>
    /// <returns>The address.</returns>
    public static string ExportsOfCamera(string slug, string deviceId) => Exports(slug, ExportQuery.All with { Camera = deviceId });

    /// <summary>Where an export of footage is planned.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="draft">What is chosen already; nothing by default.</param>
    /// <returns>The address.</returns>
    public static string NewExport(string slug, ExportDraft? draft = null) => $"/t/{Segment(slug)}/exports/new{draft?.ToQueryString()}";

    /// <summary>A tenant's rules for exports of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string ExportRules(string slug) => $"/t/{Segment(slug)}/exports/rules";

    /// <summary>One export of footage.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="pieces">Which of its pieces; the first of all by default.</param>
    /// <returns>The address.</returns>
    public static string Export(string slug, Guid exportId, PieceQuery? pieces = null) => $"/t/{Segment(slug)}/exports/{exportId}{pieces?.ToQueryString()}";

    /// <summary>All of an export's pieces as one file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <returns>The address.</returns>
    public static string ExportZip(string slug, Guid exportId) => $"/t/{Segment(slug)}/exports/{exportId}/footage.zip";

    /// <summary>One piece of an export as a file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="number">The piece.</param>
    /// <returns>The address.</returns>
    public static string ExportPiece(string slug, Guid exportId, int number) => string.Create(CultureInfo.InvariantCulture, $"/t/{Segment(slug)}/exports/{exportId}/pieces/{number}");

    /// <summary>The doors to a tenant's devices.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccess(string slug) => $"/t/{Segment(slug)}/remote-access";

    /// <summary>Where a door is opened.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="draft">What is chosen already; nothing by default.</param>
    /// <returns>The address.</returns>
    public static string NewDoor(string slug, DoorDraft? draft = null) => $"{RemoteAccess(slug)}/new{draft?.ToQueryString()}";

    /// <summary>Where a door to one SIM's device is opened.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <returns>The address.</returns>
    public static string NewDoor(string slug, SoracomCoverage coverage, string simId) => NewDoor(slug, new DoorDraft { Coverage = coverage, SimId = simId });

    /// <summary>Where a door is opened just as one was before.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The former door.</param>
    /// <returns>The address.</returns>
    public static string OpenAgain(string slug, Guid doorId) => NewDoor(slug, new DoorDraft { Again = doorId });

    /// <summary>A door to a remote desktop, as a file for the program for that.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <returns>The address.</returns>
    public static string DoorRdp(string slug, Guid doorId) => $"{Door(slug, doorId)}/door.rdp";

    /// <summary>One door: what it is and how it is used.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <returns>The address.</returns>
    public static string Door(string slug, Guid doorId) => $"{RemoteAccess(slug)}/{doorId}";

    /// <summary>Who connected through a tenant's doors.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What is looked for; everything when null.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccessLog(string slug, RemoteLogQuery? query = null) => $"{RemoteAccess(slug)}/log{query?.ToQueryString()}";

    /// <summary>The same as a CSV file, from the newest on.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What is looked for.</param>
    /// <returns>The address.</returns>
    public static string RemoteLogFile(string slug, RemoteLogQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"{RemoteAccess(slug)}/log.csv{(query with { Before = null }).ToQueryString()}";
    }

    /// <summary>A tenant's policy for doors to its devices.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string RemoteAccessPolicy(string slug) => $"{RemoteAccess(slug)}/policy";

    /// <summary>What a month of a tenant's accounts costs.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to show; the newest month when null.</param>
    /// <returns>The address.</returns>
    public static string Billing(string slug, BillQuery? query = null) => $"/t/{Segment(slug)}/billing{query?.ToQueryString()}";

    /// <summary>All months of one of a tenant's accounts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage; null for the first that there is.</param>
    /// <returns>The address.</returns>
    public static string BillingHistory(string slug, SoracomCoverage? coverage = null) => $"{Billing(slug)}/history{new QueryWriter().Add("coverage", coverage?.ToWireName())}";

    /// <summary>All months of all of a tenant's accounts as a CSV file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string BillingFile(string slug) => $"{Billing(slug)}/months.csv";

    /// <summary>Coupons, long term discounts and statements of payments of one of a tenant's accounts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage; null for the first that there is.</param>
    /// <returns>The address.</returns>
    public static string Payments(string slug, SoracomCoverage? coverage = null) => $"{Billing(slug)}/payments{new QueryWriter().Add("coverage", coverage?.ToWireName())}";

    /// <summary>The file of a statement of a payment.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="statementId">The statement.</param>
    /// <returns>The address.</returns>
    public static string PaymentStatement(string slug, SoracomCoverage coverage, string statementId) => $"{Billing(slug)}/statements/{coverage.ToWireName()}/{Segment(statementId)}";

    /// <summary>What the accounts of all tenants cost that one may enter.</summary>
    /// <param name="query">What to show; the month that is under way when null.</param>
    /// <returns>The address.</returns>
    public static string PortfolioBilling(PortfolioBillQuery? query = null) => $"/portfolio/billing{query?.ToQueryString()}";

    /// <summary>The same as a CSV file.</summary>
    /// <param name="query">What to show.</param>
    /// <returns>The address.</returns>
    public static string PortfolioBillingFile(PortfolioBillQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"/portfolio/billing.csv{query.ToQueryString()}";
    }

    /// <summary>The open doors of all tenants that one may enter.</summary>
    /// <returns>The address.</returns>
    public static string PortfolioRemoteAccess() => "/portfolio/remote-access";

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

    /// <summary>A tenant's credentials.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Credentials(string slug) => $"/t/{Segment(slug)}/credentials";

    /// <summary>A tenant's members.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Members(string slug) => $"/t/{Segment(slug)}/members";

    /// <summary>A tenant's audit trail.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; the newest entries by default.</param>
    /// <returns>The address.</returns>
    public static string Audit(string slug, AuditQuery? query = null) => $"/t/{Segment(slug)}/audit{query?.ToQueryString()}";

    /// <summary>What a tenant's audit trail says of one thing.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="objectId">The thing's id.</param>
    /// <returns>The address.</returns>
    public static string AuditOf(string slug, string objectId) => Audit(slug, AuditQuery.All with { Text = objectId });

    /// <summary>
    /// A way back that a browser may be sent to: a path of this portal. Anything else (another host, a scheme, a
    /// protocol-relative address, control characters) becomes the start.
    /// </summary>
    /// <param name="returnUrl">What the browser asked for.</param>
    /// <returns>The address.</returns>
    public static string Local([StringSyntax(StringSyntaxAttribute.Uri)] string? returnUrl) =>
        LocalUrl.OrRoot(returnUrl);

    private static string WithView(string address, Guid? view) => view is null ? address : QueryHelpers.AddQueryString(address, ViewParameter, view.Value.ToString("N"));

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
