using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Reading;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Reading;

/// <summary>What a SIM's page knows without the vendor.</summary>
public sealed class RememberedSimsTests : IAsyncLifetime
{
    private const string Truck = "8999811100000000051";

    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Find_ASimThatAWalkMet_IsAsItWasThen()
    {
        Assert.Null(await FindAsync(Truck));
        await WalkAsync();
        var walked = scene.Clock.GetUtcNow();
        scene.Clock.Advance(TimeSpan.FromHours(3));

        var sim = await FindAsync(Truck);

        Assert.Equal(("冷蔵トラック 1号車", walked, "001101100000005"), (sim!.Name, sim.ReadAt, sim.Imsi));
        Assert.Equal("配送トラック", sim.GroupLabel);
    }

    [Fact]
    public async Task Find_ACredentialOfAnotherOperator_ShowsNothingOfTheFormerOnes()
    {
        await WalkAsync();
        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = $other", ("$other", "OP0000000000"));

        Assert.Null(await FindAsync(Truck));
    }

    [Theory]
    [InlineData("8942310022000000000")]
    [InlineData("")]
    public async Task Find_AnIdThatIsNone_IsNothing(string simId)
    {
        await WalkAsync();

        Assert.Null(await FindAsync(simId));
        Assert.Null(await FindAsync(new string('8', 4000)));
    }

    [Fact]
    public async Task Page_TheVendorIsDown_ShowsWhatIsRememberedAndSinceWhen_AndTheOtherSectionsStay()
    {
        await WalkAsync();
        scene.Clock.Advance(TimeSpan.FromHours(3));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 503, Count = 100 });

        var page = Open(Truck);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice.failed")));
        page.WaitForAssertion(() => Assert.Equal("冷蔵トラック 1号車", page.Find("h1").TextContent));
        Assert.Contains("3 h ago", page.Find(".badge.warn").TextContent, StringComparison.Ordinal);
        Assert.Contains("配送トラック", page.Find(".known").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".tabs a"));
    }

    [Fact]
    public void Page_ASimThatIsNowhere_HasNoSections()
    {
        var page = Open("8942310022000000000");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".notice")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".tabs a")));
    }

    private async Task WalkAsync() => Assert.Equal(SyncOutcome.Complete, await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(PortalScene.Aoba), SoracomCoverage.Japan, Watchdog.Token));

    private Task<SimGlance?> FindAsync(string simId) => scene.Get<RememberedSims>().FindAsync(tenant, SoracomCoverage.Japan, simId, Watchdog.Token);

    private IRenderedComponent<SimPage> Open(string simId) => circuit.Render<SimPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Sim(PortalScene.Aoba, "jp", simId)}")
        .Add(page => page.Slug, PortalScene.Aoba)
        .Add(page => page.SimId, simId));
}
