using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Layout;

/// <summary>A page to go to.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Text">Its name.</param>
/// <param name="Match">Whether the pages below it count as this one.</param>
internal sealed record NavPage(string Address, string Icon, string Text, NavLinkMatch Match = NavLinkMatch.Prefix);

/// <summary>The pages that somebody may go to.</summary>
internal static class NavPages
{
    /// <summary>Those of the navigation: of the tenant that is open, or of none.</summary>
    public static IEnumerable<NavPage> Shown(IStringLocalizer<Strings> words, TenantContext? tenant, bool forPartner) => tenant is null ? Portfolio(words, forPartner) : Of(words, tenant);

    /// <summary>Those over all tenants, and of whoever acts for a reseller.</summary>
    public static IEnumerable<NavPage> Portfolio(IStringLocalizer<Strings> words, bool forPartner) =>
    [
        new(PortalUrls.Tenants(), "building-2", words["Nav.Tenants"], NavLinkMatch.All),
        new(PortalUrls.PortfolioSims(), "cpu", words["Portfolio.Sims"]),
        new(PortalUrls.PortfolioRemoteAccess(), "plug", words["DoorBoard.Title"]),
        new(PortalUrls.PortfolioBilling(), "receipt", words["PortfolioBilling.Title"]),
        .. forPartner ? (NavPage[])[new(PortalUrls.Customers(), "users", words["Customers.Title"]), new(PortalUrls.Brand(), "pencil", words["Brand.Title"])] : [],
    ];

    /// <summary>What else whoever acts for a reseller may begin.</summary>
    public static IEnumerable<NavPage> FurtherOfPartner(IStringLocalizer<Strings> words) => [new(PortalUrls.NewTenant(), "plus", words["NewTenant.Title"])];

    /// <summary>What else one may begin or look at in a tenant: a click away from the pages of the navigation.</summary>
    public static IEnumerable<NavPage> Further(IStringLocalizer<Strings> words, TenantContext tenant)
    {
        var slug = tenant.Slug;
        return Permitted(
            tenant,
            (Permission.SimsAdd, new(PortalUrls.AddSims(slug), "plus", words["AddSims.Title"])),
            (Permission.RemoteAccessOpen, new(PortalUrls.NewDoor(slug), "plug", words["RemoteAccess.New"])),
            (Permission.RemoteAccessRead, new(PortalUrls.RemoteAccessLog(slug), "plug", words["RemoteLog.Title"])),
            (Permission.RemoteAccessRead, new(PortalUrls.RemoteAccessPolicy(slug), "shield-check", words["RemoteAccess.Policy"])),
            (Permission.CamerasExport, new(PortalUrls.NewExport(slug), "film", words["Exports.New"])),
            (Permission.CamerasExport, new(PortalUrls.ExportRules(slug), "shield-check", words["Exports.Rules"])),
            (Permission.BillingRead, new(PortalUrls.BillingHistory(slug), "receipt", words["Billing.History"])),
            (Permission.BillingRead, new(PortalUrls.Payments(slug), "receipt", words["Payments.Title"])),
            (Permission.MembersRead, new(PortalUrls.Roles(slug), "shield-check", words["Roles.Title"])));
    }

    private static IEnumerable<NavPage> Of(IStringLocalizer<Strings> words, TenantContext tenant)
    {
        var slug = tenant.Slug;
        yield return new(PortalUrls.Tenant(slug), "house", words["Nav.Overview"], NavLinkMatch.All);
        var pages = Permitted(
            tenant,
            (Permission.SimsRead, new(PortalUrls.Sims(slug), "cpu", words["Nav.Sims"])),
            (Permission.SimsRead, new(PortalUrls.Jobs(slug), "list-checks", words["Nav.Jobs"])),
            (Permission.GroupsRead, new(PortalUrls.Groups(slug), "layers", words["Nav.Groups"])),
            (Permission.RemoteAccessRead, new(PortalUrls.RemoteAccess(slug), "plug", words["Nav.RemoteAccess"])),
            (Permission.CamerasRead, new(PortalUrls.Cameras(slug), "video", words["Nav.Cameras"])),
            (Permission.CamerasExport, new(PortalUrls.Exports(slug), "film", words["Nav.Exports"])),
            (Permission.BillingRead, new(PortalUrls.Billing(slug), "receipt", words["Nav.Billing"])),
            (Permission.CredentialsRead, new(PortalUrls.Credentials(slug), "key-round", words["Nav.Credentials"])),
            (Permission.MembersRead, new(PortalUrls.Members(slug), "users", words["Nav.Members"])),
            (tenant.Tenant.ResellerName is null ? Permission.DelegationManage : Permission.MembersRead, new(PortalUrls.Delegation(slug), "building-2", words["Nav.Delegation"])),
            (Permission.AuditRead, new(PortalUrls.Audit(slug), "scroll-text", words["Nav.Audit"])),
            (Permission.TenantManage, new(PortalUrls.Settings(slug), "pencil", words["Nav.Settings"])));
        foreach (var page in pages)
        {
            yield return page;
        }
    }

    private static IEnumerable<NavPage> Permitted(TenantContext tenant, params (Permission Needs, NavPage Page)[] pages) =>
        from page in pages where tenant.May(page.Needs) select page.Page;
}
