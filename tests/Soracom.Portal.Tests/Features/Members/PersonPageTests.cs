using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>What one person may do, and why.</summary>
public sealed class PersonPageTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Theory]
    [InlineData(TenantRole.Owner)]
    [InlineData(TenantRole.Operator)]
    [InlineData(TenantRole.Viewer)]
    [InlineData(TenantRole.Billing)]
    [InlineData(TenantRole.Guard)]
    public async Task Page_ExplainsExactlyWhatTheContextAllows(TenantRole role)
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, role, $"Somebody {role}");
        using var theirs = await scene.OpenAsync(person, PortalScene.Aoba);
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, owner, person.PersonId);

        Assert.Equal(Enum.GetValues<Permission>().Count(theirs.May), page.FindAll(".rights li").Count);
        Assert.Equal(Enum.GetValues<Permission>().Count(permission => !theirs.May(permission)), page.FindAll("tbody tr").Count);
        Assert.Contains($"role {role}", page.Find(".stack p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfSomebodyOfThePartner_SaysWhatThePartnerIsLet()
    {
        var partner = await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin");
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, owner, partner.PersonId);

        Assert.StartsWith("Works for the partner", page.Find(".stack p").TextContent, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<Permission>().Except(RolePermissions.ResellerAdministrator).Count(), page.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Page_OfAMembershipThatHasEnded_SaysSo_AndListsNothing()
    {
        var guest = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer, "Guest");
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Until = 630822816000000000 WHERE PersonId = $person", ("$person", guest.PersonId.ToString().ToUpperInvariant()));
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, owner, guest.PersonId);

        Assert.StartsWith("The membership ended", page.Find(".stack p").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".rights, tbody"));
    }

    [Fact]
    public async Task Page_OfSomebodyOfAnotherTenant_IsThatOfNobody()
    {
        var theirs = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Viewer, "Nagisa Insider");
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, owner, theirs.PersonId);

        Assert.Equal("Nobody of this account", page.Find(".notice h2").TextContent);
        Assert.DoesNotContain("Nagisa", page.Markup, StringComparison.Ordinal);
    }

    private static IRenderedComponent<PersonPage> Open(ComponentScene circuit, TenantContext tenant, Guid personId)
    {
        var page = circuit.Render<PersonPage>(parameters => parameters.AddCascadingValue(tenant).Add(it => it.Slug, tenant.Slug).Add(it => it.PersonId, personId.ToString()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("p[role=status]")));
        return page;
    }
}
