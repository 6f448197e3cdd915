using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Start;

namespace Soracom.Portal.Tests.Features.Start;

/// <summary>Everybody's start shows what they may do, and says plainly what not.</summary>
public sealed class TenantPageTests(SharedScene shared) : IDisposable
{
    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    public void Dispose() => circuit.Dispose();

    [Theory]
    [InlineData(TenantRole.Owner, 4, 7, null)]
    [InlineData(TenantRole.Operator, 3, 4, "Not part of your role: Store, test and delete credentials · Change roles and remove members · Read the audit trail.")]
    [InlineData(TenantRole.Viewer, 1, 2, "Not part of your role: See the state of credentials · Store, test and delete credentials · See the members · Change roles and remove members · Read the audit trail.")]
    [InlineData(TenantRole.Billing, 0, 0, "To look at SIMs, ask an owner of this account for another role.")]
    public async Task Start_OfARole_ShowsItsPagesAndRights(TenantRole role, int pages, int rights, string? missing)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, role);

        var page = circuit.Render<TenantPage>(parameters => parameters.AddCascadingValue(tenant).Add(start => start.Slug, PortalScene.Aoba));

        page.WaitForAssertion(() => Assert.Equal((pages, rights), (page.FindAll("a.go").Count, page.FindAll(".rights li").Count)));
        Assert.Equal(missing, page.FindAll(".card p.muted").SingleOrDefault()?.TextContent);
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
