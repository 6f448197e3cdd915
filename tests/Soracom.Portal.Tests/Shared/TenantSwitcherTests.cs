using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Shared;

public sealed class TenantSwitcherTests(SharedScene shared) : IAsyncLifetime
{
    private readonly PortalScene scene = shared.Scene;

    private ComponentScene circuit = null!;
    private SignedIn person = null!;
    private TenantContext aoba = null!;

    public async ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        aoba = await scene.OpenAsync(person, PortalScene.Aoba);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        aoba.Dispose();
    }

    [Fact]
    public void Closed_NamesTheOpenTenantAndItsReseller_AndAsksForNoOther()
    {
        var switcher = Open(aoba);

        Assert.Equal("Aoba Logistics 青葉物流", switcher.Find("summary .name").TextContent);
        Assert.Equal("Hamanasu IoT Partners", switcher.Find("summary .of").TextContent);
        Assert.Empty(switcher.FindAll(".list a"));
    }

    [Fact]
    public void Closed_WithoutATenant_AsksToChooseOne() => Assert.Equal("Choose an account", Open(tenant: null).Find("summary .name").TextContent);

    [Fact]
    public async Task Unfold_ListsTheTenantsOfThePersonWithTheRoleInEach()
    {
        var switcher = await UnfoldAsync(aoba);

        Assert.Equal(["Aoba Logistics 青葉物流 Owner", "Nagisa Energy Viewer"], switcher.FindAll(".list li a").Select(link => $"{link.Children[0].TextContent} {link.Children[1].TextContent}"));
        Assert.Equal(PortalUrls.Tenant(PortalScene.Aoba), switcher.Find(".list [aria-current=true]").GetAttribute("href"));
        Assert.Equal(PortalUrls.Tenants(), switcher.Find("a.all").GetAttribute("href"));
    }

    [Theory]
    [InlineData("NAGI", "/t/nagisa")]
    [InlineData("青葉", "/t/aoba")]
    public async Task Search_FindsByAnyPartOfTheName(string text, string address)
    {
        var switcher = await UnfoldAsync(aoba);

        switcher.Act(it => it.Find("input[type=search]").Input(text));

        Assert.Equal(address, Assert.Single(switcher.FindAll(".list li a")).GetAttribute("href"));
    }

    [Fact]
    public async Task Search_ForWhatIsNotThere_SaysSo()
    {
        var switcher = await UnfoldAsync(aoba);

        switcher.Act(it => it.Find("input[type=search]").Input("komorebi"));

        Assert.Empty(switcher.FindAll(".list li"));
        Assert.Equal("No account matches.", switcher.Find(".list p").TextContent);
    }

    private async Task<IRenderedComponent<TenantSwitcher>> UnfoldAsync(TenantContext tenant)
    {
        var switcher = Open(tenant);
        await switcher.InvokeAsync(() => switcher.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty));
        return switcher;
    }

    private IRenderedComponent<TenantSwitcher> Open(TenantContext? tenant) => circuit.Render<TenantSwitcher>(parameters => parameters
        .AddCascadingValue(person)
        .Add(switcher => switcher.Tenant, tenant));
}
