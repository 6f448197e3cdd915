using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Security;

/// <summary>Every page, asked for over HTTP by those who may and those who may not.</summary>
public sealed partial class PageMatrixTests(SharedScene shared)
{
    private const string NoSuchSim = "8942310099999999999";

    /// <summary>Pages that belong to no tenant, each with the reason why that is right.</summary>
    private static readonly Dictionary<string, string> WithoutTenant = new(StringComparer.Ordinal)
    {
        ["/"] = "leads to the tenants that one may enter",
        ["/dev/mail"] = "is there in Development alone",
        ["/customers"] = "asks whether one acts for a reseller",
        ["/brand"] = "asks whether one acts for a reseller",
        ["/customers/{CustomerSlug}"] = "asks whether one acts for the reseller that runs the tenant",
        ["/join/{Code}"] = "shows what a link offers to whoever brings it, signed in",
        ["/profile"] = "shows whoever is signed in their own sessions",
        ["/portfolio/billing"] = "asks each tenant that one may enter for the permission",
        ["/portfolio/remote-access"] = "asks each tenant that one may enter for the permission",
        ["/portfolio/sims"] = "asks each tenant that one may enter for the permission",
        ["/suspended/{Account}"] = "asks whether one is an owner of that suspended tenant",
        ["/tenants/new"] = "asks whether one acts for a reseller",
        ["/portfolio"] = "lists the tenants that one may enter, and of each what is permitted there",
        ["/sign-in"] = "stands before signing in",
        ["/sign-in/again"] = "shows whoever is signed in how to prove anew who they are",
        ["/sign-in/failed"] = "stands before signing in",
        ["/signed-out"] = "stands after signing out",
        ["/old-form"] = "says nothing of anybody",
        ["/not-found"] = "says nothing of anybody",
        ["/error"] = "says nothing of anybody",
    };

    /// <summary>Those of them that anybody may open.</summary>
    private static readonly string[] ForAnybody = ["/sign-in", "/sign-in/failed", "/signed-out", "/old-form", "/not-found", "/error"];

    private readonly PortalScene scene = shared.Scene;

    public static TheoryData<string> RoutesForPeople => [.. WithoutTenant.Keys.Except(ForAnybody)];

    public static TheoryData<string> TenantRoutes => [.. PortalPages.OfTenants.Select(page => page.Route)];

    public static TheoryData<string, TenantRole?> TenantRoutesByRole =>
        new(from page in PortalPages.OfTenants from role in (TenantRole?[])[.. Enum.GetValues<TenantRole>().Cast<TenantRole?>(), null] select (page.Route, role));

    [Fact]
    public void Matrix_HoldsEveryPage() =>
        Assert.Equal(WithoutTenant.Keys.Order(StringComparer.Ordinal), PortalPages.All.Select(page => page.Route).Except(PortalPages.OfTenants.Select(page => page.Route)).Order(StringComparer.Ordinal));

    [Fact]
    public void TenantPage_SaysWhomItIsFor() =>
        Assert.All(PortalPages.OfTenants, page =>
        {
            var decisions = page.Page.GetCustomAttributes<RequirePermissionAttribute>().Count() + page.Page.GetCustomAttributes<AnyMemberAttribute>().Count();
            Assert.True(decisions == 1, $"{page.Page.Name} needs [RequirePermission] or [AnyMember].");
            Assert.NotNull(page.Page.GetCustomAttribute<AuthorizeAttribute>());
            Assert.Null(page.Page.GetCustomAttribute<AllowAnonymousAttribute>());
        });

    [Fact]
    public void PageWithoutATenant_IsForAnybodyOnlyWhereThatIsRight() => Assert.Equal(
        ForAnybody.Order(StringComparer.Ordinal),
        PortalPages.All.Where(page => page.Page.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Select(page => page.Route).Order(StringComparer.Ordinal));

    private static string AddressOf(string route) => PortalPages.Address(
        route.Replace("{CustomerSlug}", PortalScene.Aoba, StringComparison.Ordinal).Replace("{Account}", PortalScene.Aoba, StringComparison.Ordinal), PortalScene.Aoba, NoSuchSim);

    [Theory]
    [MemberData(nameof(RoutesForPeople))]
    public async Task OpenWithoutATenant_WithoutASession_LeadsToSignIn(string route)
    {
        using var visitor = new Visitor(scene);

        var page = await visitor.GetAsync(AddressOf(route));

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Contains("/sign-in?returnUrl=", page.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/customers")]
    [InlineData("/brand")]
    [InlineData("/customers/{CustomerSlug}")]
    [InlineData("/tenants/new")]
    public async Task OpenAResellersPage_AsAMemberOfACustomer_ShowsNothingOfIt(string route)
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));

        var page = await visitor.GetAsync(AddressOf(route));

        Assert.DoesNotContain("Hamanasu", page.Body, StringComparison.Ordinal);
        // No field to fill in: the frame has hidden ones alone.
        Assert.DoesNotContain("class=\"input", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TenantRoutes))]
    public async Task Open_AnotherTenantsPage_AnswersAsForATenantThatDoesNotExist(string route)
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));
        var theirSim = await TheirSimAsync();
        await visitor.GetAsync(PortalUrls.NotFound()); // which sets the antiforgery cookie

        var theirs = await visitor.GetAsync(PortalPages.Address(route, PortalScene.Nagisa, theirSim));
        var nobodys = await visitor.GetAsync(PortalPages.Address(route, "nobody", theirSim));

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(HttpStatusCode.NotFound, nobodys.Status);
        Assert.Equal(WithoutNoise(nobodys.Body, "nobody"), WithoutNoise(theirs.Body, PortalScene.Nagisa));
        Assert.Equal(Headers(nobodys), Headers(theirs));
        Assert.DoesNotContain("Nagisa", theirs.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TenantRoutes))]
    public async Task Open_WithoutASession_LeadsToSignInAndBack(string route)
    {
        using var visitor = new Visitor(scene);
        var address = PortalPages.Address(route, PortalScene.Aoba, NoSuchSim);

        var known = await visitor.GetAsync(address);
        var unknown = await visitor.GetAsync(PortalPages.Address(route, "nobody", NoSuchSim));

        Assert.Equal(HttpStatusCode.Redirect, known.Status);
        Assert.Equal($"{scene.Address.GetLeftPart(UriPartial.Authority)}/sign-in?returnUrl={Uri.EscapeDataString(address)}", known.Location);
        Assert.Equal(HttpStatusCode.Redirect, unknown.Status);
    }

    [Theory]
    [MemberData(nameof(TenantRoutesByRole))]
    public async Task Open_ByRole_ShowsThePageOrSaysThatTheRoleLacksIt(string route, TenantRole? role)
    {
        var needed = PortalPages.OfTenants.Single(page => page.Route == route).Page.GetCustomAttribute<RequirePermissionAttribute>()?.Permission;
        var permissions = role is { } given ? RolePermissions.Of(given) : RolePermissions.ResellerAdministrator;
        var person = await scene.MemberAsync(PortalScene.Aoba, role);
        using var visitor = new Visitor(scene, person);

        var page = await visitor.GetAsync(PortalPages.Address(route, PortalScene.Aoba, NoSuchSim));

        var allowed = needed is not { } permission || permissions.Contains(permission);
        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, page.Status);
        Assert.Equal(allowed, !page.Body.Contains("Your role does not include this page", StringComparison.Ordinal));
        var refused = (await scene.TrailOfAsync(person.PersonId, PortalScene.Aoba)).Where(entry => entry.Outcome == AuditOutcome.Denied).Select(entry => entry.ObjectId);
        Assert.Equal(allowed ? [] : [needed.ToString()], refused);
    }

    [Fact]
    public async Task Open_AnotherTenantsPage_IsInTheirAuditTrailOnce()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        using var visitor = new Visitor(scene, person);

        await visitor.GetAsync(PortalUrls.Sims(PortalScene.Nagisa));
        await visitor.GetAsync(PortalUrls.Members(PortalScene.Nagisa));

        var entry = Assert.Single(await scene.TrailOfAsync(person.PersonId, PortalScene.Nagisa));
        Assert.Equal((AuditActions.TenantOpened, AuditOutcome.Denied, "127.0.0.1"), (entry.Action, entry.Outcome, entry.Address));
        Assert.NotNull(entry.RequestId);
    }

    [Fact]
    public async Task Open_TenantThatOneBelongsTo_IsInItsAuditTrailOnceASession()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var visitor = new Visitor(scene, person);

        await visitor.GetAsync(PortalUrls.Sims(PortalScene.Aoba));
        await visitor.GetAsync(PortalUrls.Tenant(PortalScene.Aoba));

        var entry = Assert.Single(await scene.TrailOfAsync(person.PersonId, PortalScene.Aoba));
        Assert.Equal((AuditActions.TenantOpened, AuditOutcome.Succeeded, person.Name), (entry.Action, entry.Outcome, entry.ActorName));
    }

    [Theory]
    [InlineData("AOBA")]
    [InlineData("..%2Faoba")]
    [InlineData("aoba'--")]
    [InlineData("%E3%81%82%E3%81%8A%E3%81%B0")]
    [InlineData("-aoba")]
    public async Task Open_SlugThatIsNone_AnswersNotFound(string slug)
    {
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/t/{slug}/sims")).Status);
    }

    private static string Headers(VisitedPage page) => string.Join(
        '\n', page.Headers.Where(header => header.Key is not "Date" and not "Content-Length").Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));

    /// <summary>The page without its own address and what is random on every page: sealed state, ids of elements.</summary>
    private static string WithoutNoise(string body, string slug) =>
        Noise().Replace(body, string.Empty).Replace($"/t/{slug}", "/t/-", StringComparison.Ordinal);

    [GeneratedRegex("<!--Blazor.*?-->|(?<=RequestVerificationToken\" value=\")[^\"]+|(?<=\"language-)[0-9a-f]{8}", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Noise();

    private async Task<string> TheirSimAsync()
    {
        using var opened = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        return (await scene.VendorSimAsync(opened, DemoFleets.SharedImsi)).SimId;
    }
}
