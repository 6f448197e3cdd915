using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class SimPageTests(SharedScene shared) : IAsyncLifetime
{
    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync() => tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
    }

    [Fact]
    public async Task Open_ASim_IsTitledByItsNameAndTellsOfItsProfiles()
    {
        var sim = await scene.VendorSimAsync(tenant, "冷蔵トラック 3号車");

        var page = Open(sim.SimId);

        page.WaitForAssertion(() => Assert.Equal("冷蔵トラック 3号車", page.Find("h1").TextContent));
        var row = Assert.Single(page.FindAll("[role=table] tbody tr"));
        Assert.Contains(sim.PrimarySubscriber!.Imsi!, row.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            page.FindAll("[role=columnheader]").Select(heading => heading.TextContent),
            row.QuerySelectorAll("[role=cell]").Select(cell => cell.GetAttribute("data-label")));
    }

    [Fact]
    public void Open_AnIdThatIsNone_IsTitledByTheAddressAndSaysThatThereIsNone()
    {
        var page = Open("8942310022000000000");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice")));
        Assert.Equal("8942310022000000000", page.Find("h1").TextContent);
    }

    [Fact]
    public void Open_AnEndlessId_IsTitledByItsBeginning()
    {
        var page = Open(new string('8', 2000));

        Assert.Equal(new string('8', 32) + "…", page.Find("h1").TextContent);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice")));
        Assert.DoesNotContain(new string('8', 100), page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<SimPage> Open(string simId) => circuit.Render<SimPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Sim(PortalScene.Aoba, "jp", simId)}")
        .Add(page => page.Slug, PortalScene.Aoba)
        .Add(page => page.SimId, simId));
}
