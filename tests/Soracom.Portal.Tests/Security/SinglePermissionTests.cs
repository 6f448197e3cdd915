using System.Net;
using System.Reflection;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Security;

/// <summary>A tenant's own role may hold any one permission, with those that it needs: the pages that it opens ask for no other behind their reader's back.</summary>
public sealed class SinglePermissionTests(SharedScene shared)
{
    private readonly PortalScene scene = shared.Scene;

    public static TheoryData<string, Permission> Routes => new(
        from page in PortalPages.OfTenants
        let needed = page.Page.GetCustomAttribute<RequirePermissionAttribute>()
        where needed is not null && !RolePermissions.OfOwnersAlone.Contains(needed.Permission)
        select (page.Route, needed.Permission));

    public static TheoryData<Permission> Permissions => [.. Enum.GetValues<Permission>().Except(RolePermissions.OfOwnersAlone)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Open_WithThePagesPermissionAlone_ShowsThePage_AndAsksForNothingElse(string route, Permission permission)
    {
        var person = await HoldingAsync(permission);
        using var visitor = new Visitor(scene, person);

        var page = await visitor.GetAsync(PortalPages.Address(route, PortalScene.Aoba, "8942310099999999999"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("Something went wrong on our side", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Your role does not include this page", page.Body, StringComparison.Ordinal);
        Assert.Empty(await RefusedAsync(person));
    }

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task Open_ThePagesThatAnybodyMayOpen_WithOnePermissionAlone_AsksForNothingElse(Permission permission)
    {
        var person = await HoldingAsync(permission);
        using var visitor = new Visitor(scene, person);

        foreach (var address in (string[])[PortalUrls.Tenant(PortalScene.Aoba), PortalUrls.Tenants(), PortalUrls.Profile()])
        {
            var page = await visitor.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("Something went wrong on our side", page.Body, StringComparison.Ordinal);
        }

        Assert.Empty(await RefusedAsync(person));
    }

    private Task<SignedIn> HoldingAsync(Permission permission) => scene.HoldingAsync(PortalScene.Aoba, PermissionFamily.Completed(new PermissionSet([permission])));

    private async Task<IEnumerable<string?>> RefusedAsync(SignedIn person) =>
        (await scene.TrailOfAsync(person.PersonId, PortalScene.Aoba)).Where(entry => entry.Outcome == AuditOutcome.Denied).Select(entry => entry.ObjectId);
}
