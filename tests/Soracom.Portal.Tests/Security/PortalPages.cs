using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Tests.Security;

/// <summary>The portal's pages, as the router finds them.</summary>
internal static class PortalPages
{
    public static IEnumerable<(Type Page, string Route)> All =>
        from page in typeof(PortalApplication).Assembly.GetTypes()
        from route in page.GetCustomAttributes<RouteAttribute>()
        select (page, route.Template);

    /// <summary>Pages of a tenant.</summary>
    public static IEnumerable<(Type Page, string Route)> OfTenants => All.Where(page => page.Route.StartsWith("/t/{Slug}", StringComparison.Ordinal));

    /// <summary>An address of a tenant's page. A new kind of route value has to be named here.</summary>
    public static string Address(string route, string slug, string simId)
    {
        var address = route.Replace("{Slug}", slug, StringComparison.Ordinal).Replace("{SimId}", simId, StringComparison.Ordinal).Replace("{GroupId}", "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal).Replace("{DeviceId}", "02CA00000000", StringComparison.Ordinal).Replace("{ExportId}", "019a0000-0000-7000-8000-000000000000", StringComparison.Ordinal).Replace("{DoorId}", "019a0000-0000-7000-8000-000000000000", StringComparison.Ordinal).Replace("{PersonId}", "019a0000-0000-7000-8000-000000000000", StringComparison.Ordinal).Replace("{Code}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{RoleId}", "019a0000-0000-7000-8000-000000000000", StringComparison.Ordinal).Replace("{JobId}", "019a0000-0000-7000-8000-000000000000", StringComparison.Ordinal);
        Assert.DoesNotContain('{', address);
        return address;
    }
}
