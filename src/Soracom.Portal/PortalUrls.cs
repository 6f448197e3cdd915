using System.Diagnostics.CodeAnalysis;
using Soracom.Portal.Features.Audit;
using Soracom.Portal.Features.Audit.AtVendor;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal;

/// <summary>Every address of the portal. Pages link by these methods, so that a route has one author.</summary>
public static partial class PortalUrls
{
    /// <summary>Name of the query parameter that says where to go after signing in.</summary>
    public const string ReturnUrlParameter = "returnUrl";

    /// <summary>Name of the query parameter that says at which of several OpenID providers to sign in.</summary>
    public const string ProviderParameter = "provider";

    /// <summary>Name of the query parameter that says on the sign-in page that the provider of the session before is no more.</summary>
    public const string EndedParameter = "ended";

    /// <summary>The start: picks the obvious place for whoever is signed in.</summary>
    /// <returns>The address.</returns>
    public static string Home() => "/";

    /// <summary>The sign-in page.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <returns>The address.</returns>
    public static string SignIn(string? returnUrl = null) => returnUrl is null ? "/sign-in" : $"/sign-in?{ReturnUrlParameter}={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Starts signing in at an OpenID provider.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <param name="provider">The provider's key, where there are several; empty for the one that has none.</param>
    /// <returns>The address.</returns>
    public static string SignInAtProvider(string? returnUrl = null, string provider = "") =>
        $"/sign-in/provider?{ReturnUrlParameter}={Uri.EscapeDataString(returnUrl ?? Home())}{(string.IsNullOrEmpty(provider) ? null : $"&{ProviderParameter}={Uri.EscapeDataString(provider)}")}";

    /// <summary>Where somebody who is signed in proves anew who they are.</summary>
    /// <returns>The address.</returns>
    public static string SignInAgain() => "/sign-in/again";

    /// <summary>Starts that at the OpenID provider by which the session came.</summary>
    /// <returns>The address.</returns>
    public static string SignInAgainAtProvider() => "/sign-in/provider/again";

    /// <summary>Where a demo account's form goes. Development only.</summary>
    /// <returns>The address.</returns>
    public static string SignInAsDemo() => "/sign-in/demo";

    /// <summary>Where signing out goes.</summary>
    /// <returns>The address.</returns>
    public static string SignOut() => "/sign-out";

    /// <summary>Says that somebody is signed out.</summary>
    /// <returns>The address.</returns>
    public static string SignedOut() => "/signed-out";

    /// <summary>Who is signed in, and where else.</summary>
    /// <returns>The address.</returns>
    public static string Profile() => "/profile";

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

    /// <summary>The tenants that one may enter, and how they are.</summary>
    /// <param name="query">Which of them, and in which order; all by name by default.</param>
    /// <returns>The address.</returns>
    public static string Tenants(PortfolioQuery? query = null) => $"/portfolio{query?.ToQueryString()}";

    /// <summary>Where a reseller makes a tenant for a customer.</summary>
    /// <returns>The address.</returns>
    public static string NewTenant() => "/tenants/new";

    /// <summary>A reseller's customers, also those that are suspended.</summary>
    /// <param name="query">Which of them; all by default.</param>
    /// <returns>The address.</returns>
    public static string Customers(CustomersQuery? query = null) => $"/customers{query?.ToQueryString()}";

    /// <summary>One of a reseller's customers, from outside its tenant.</summary>
    /// <param name="slug">The customer's tenant.</param>
    /// <param name="refusal">The key of the error by which taking everything along was just refused; null where nothing was.</param>
    /// <returns>The address.</returns>
    public static string Customer(string slug, string? refusal = null) => $"/customers/{Segment(slug)}{(refusal is null ? null : $"?refused={Segment(refusal)}")}";

    /// <summary>Where the form goes that asks for all that the portal holds of a customer, as a file.</summary>
    /// <param name="slug">The customer's tenant.</param>
    /// <returns>The address.</returns>
    public static string CustomerFiles(string slug) => $"/customers/{Segment(slug)}/everything.zip";

    /// <summary>A tenant's start.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Tenant(string slug) => $"/t/{Segment(slug)}";

    /// <summary>Where a logo is, as a route.</summary>
    public const string LogoRoute = "/logos/{logoId:guid}.png";

    /// <summary>A reseller's brand.</summary>
    /// <returns>The address.</returns>
    public static string Brand() => "/brand";

    /// <summary>A logo.</summary>
    /// <param name="logoId">What it goes by.</param>
    /// <returns>The address.</returns>
    public static string Logo(Guid logoId) => $"/logos/{logoId}.png";

    /// <summary>A tenant's credentials.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Credentials(string slug) => $"/t/{Segment(slug)}/credentials";

    /// <summary>Where the link of an invitation leads.</summary>
    /// <param name="code">The invitation's code.</param>
    /// <returns>The address.</returns>
    public static string Join(string code) => $"/join/{Segment(code)}";

    /// <summary>The mail that would have been sent. Development only.</summary>
    /// <returns>The address.</returns>
    public static string DevelopmentMail() => "/dev/mail";

    /// <summary>A tenant's members.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Members(string slug) => $"/t/{Segment(slug)}/members";

    /// <summary>What one person may do in a tenant, and why.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="personId">The person.</param>
    /// <returns>The address.</returns>
    public static string Person(string slug, Guid personId) => $"/t/{Segment(slug)}/members/{personId}";

    /// <summary>What each role of a tenant may do.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Roles(string slug) => $"/t/{Segment(slug)}/roles";

    /// <summary>One of a tenant's own roles.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="roleId">The role; null to make one.</param>
    /// <returns>The address.</returns>
    public static string CustomRole(string slug, Guid? roleId = null) => $"/t/{Segment(slug)}/roles/{roleId?.ToString() ?? "new"}";

    /// <summary>What owners of a suspended tenant are told about that, and can do.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Suspended(string slug) => $"/suspended/{Segment(slug)}";

    /// <summary>What a tenant lets its partner do.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Delegation(string slug) => $"/t/{Segment(slug)}/delegation";

    /// <summary>A tenant's name, time zone and language.</summary>
    /// <param name="slug">The tenant.</param>
    /// <returns>The address.</returns>
    public static string Settings(string slug) => $"/t/{Segment(slug)}/settings";

    /// <summary>A tenant's audit trail.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; the newest entries by default.</param>
    /// <returns>The address.</returns>
    public static string Audit(string slug, AuditQuery? query = null) => $"/t/{Segment(slug)}/audit{query?.ToQueryString()}";

    /// <summary>The vendor's own record of the calls of a tenant's accounts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for; the newest calls by default.</param>
    /// <returns>The address.</returns>
    public static string AuditAtVendor(string slug, VendorAuditQuery? query = null) => $"/t/{Segment(slug)}/audit/soracom{query?.ToQueryString()}";

    /// <summary>A tenant's audit trail as a file.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="kind">The file's form.</param>
    /// <returns>The address.</returns>
    public static string AuditFile(string slug, AuditQuery query, AuditFileKind kind)
    {
        ArgumentNullException.ThrowIfNull(query);
        return $"/t/{Segment(slug)}/audit.{(kind == AuditFileKind.Csv ? "csv" : "jsonl")}{(query with { Before = null }).ToQueryString()}";
    }

    /// <summary>What a tenant's audit trail says of one thing.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="objectId">The thing's id.</param>
    /// <returns>The address.</returns>
    public static string AuditOf(string slug, string objectId) => Audit(slug, AuditQuery.All with { ObjectId = objectId });

    /// <summary>What a tenant's audit trail says of some people's acts.</summary>
    /// <param name="slug">The tenant.</param>
    /// <param name="people">The people.</param>
    /// <returns>The address.</returns>
    public static string AuditOf(string slug, IEnumerable<Guid> people) => Audit(slug, AuditQuery.All with { People = FilterValues.Of(people.Select(person => person.ToString())) });

    /// <summary>
    /// A way back that a browser may be sent to: a path of this portal. Anything else (another host, a scheme, a
    /// protocol-relative address, control characters) becomes the start.
    /// </summary>
    /// <param name="returnUrl">What the browser asked for.</param>
    /// <returns>The address.</returns>
    public static string Local([StringSyntax(StringSyntaxAttribute.Uri)] string? returnUrl) =>
        LocalUrl.OrRoot(returnUrl);

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
