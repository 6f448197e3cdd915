using Bunit;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Start;

/// <summary>Everybody's start shows what they may do, and says plainly what not.</summary>
public sealed class TenantPageTests(SharedScene shared) : IDisposable
{
    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    public void Dispose() => circuit.Dispose();

    [Theory]
    [InlineData(TenantRole.Owner, 5)]
    [InlineData(TenantRole.Operator, 3)]
    [InlineData(TenantRole.Viewer, 1)]
    [InlineData(TenantRole.Billing, 1)]
    public async Task Start_OfARole_ShowsItsPagesAndRights(TenantRole role, int pages)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, role);

        var page = circuit.Render<TenantPage>(parameters => parameters.AddCascadingValue(tenant).Add(start => start.Slug, PortalScene.Aoba));

        var words = scene.Get<IStringLocalizer<Strings>>();
        var rights = RolePermissions.Of(role);
        var missing = Enum.GetValues<Permission>().Except(rights).Select(permission => words[$"Permission.{permission}"].Value).ToList();
        page.WaitForAssertion(() => Assert.Equal(pages, page.FindAll("a.go").Count));
        Assert.Equal(rights.Count, page.FindAll(".rights li").Count);
        Assert.Equal(
            rights.Count == 0 ? "To look at SIMs, ask an owner of this account for another role."
            : missing.Count == 0 ? null
            : $"Not part of your role: {string.Join(" · ", missing)}.",
            page.FindAll(".card p.muted").SingleOrDefault()?.TextContent);
    }

    [Fact]
    public async Task Start_WithoutACredential_IsNoBusinessOfBilling()
    {
        var slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        using var tenant = await scene.OpenAsync(slug, TenantRole.Billing);

        var page = circuit.Render<TenantPage>(parameters => parameters.AddCascadingValue(tenant).Add(start => start.Slug, slug));

        Assert.DoesNotContain("Connect this account", page.Markup, StringComparison.Ordinal);
    }
}
