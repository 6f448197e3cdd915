using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Start;

/// <summary>Where people are led who come without an address in mind.</summary>
public sealed class HomePageTests(SharedScene shared) : IDisposable
{
    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    public void Dispose() => circuit.Dispose();

    [Fact]
    public async Task Reseller_WithoutACustomer_IsLedToWhereCustomersAreMade()
    {
        var rin = await scene.SignInAsync("Rin");
        var reseller = await scene.TestDatabase.AddResellerAsync($"r{Guid.NewGuid():N}");
        await scene.TestDatabase.ExecuteAsync(
            "INSERT INTO ResellerAdministrators (ResellerId, PersonId, AddedAt) VALUES ($reseller, $person, 0)",
            ("$reseller", reseller.ToString().ToUpperInvariant()),
            ("$person", rin.PersonId.ToString().ToUpperInvariant()));

        Assert.Equal(PortalUrls.Tenants(), Led(rin));
    }

    [Fact]
    public async Task Member_OfOneAccount_IsLedThere_AndSomebodyOfNoneStays()
    {
        Assert.Equal(PortalUrls.Tenant(PortalScene.Nagisa), Led(await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Viewer)));
        Assert.Equal("/", Led(await scene.SignInAsync()));
    }

    private string Led(SignedIn person)
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/");
        circuit.Render<HomePage>(parameters => parameters.AddCascadingValue(person));
        return new Uri(navigation.Uri).AbsolutePath;
    }
}
