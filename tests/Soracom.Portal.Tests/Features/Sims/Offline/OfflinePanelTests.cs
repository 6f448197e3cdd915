using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Offline;

/// <summary>The panel that says why a SIM is offline.</summary>
public sealed class OfflinePanelTests(ClassScene own) : IClassFixture<ClassScene>, IAsyncLifetime
{
    private readonly PortalScene scene = own.Scene;
    private readonly ComponentScene circuit = new(own.Scene);

    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync() => tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
    }

    [Theory]
    [InlineData("8999811100000000465", "The SIM is suspended")]
    [InlineData("8999811100000000366", "The SIM is inactive")]
    [InlineData("8999811100000000549", "The SIM is terminated")]
    [InlineData("8999811100000000622", "It has never connected")]
    public void Page_OfASimThatIsOffline_SaysWhyAtOnce(string simId, string cause)
    {
        var page = Open(simId);

        page.WaitForAssertion(() => Assert.StartsWith(cause, page.Find(".offline h3").TextContent, StringComparison.Ordinal));
        Assert.Contains("Next step:", page.Find(".offline .next").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".offline .unread"));
    }

    [Fact]
    public void Page_OfASimThatIsOnline_HasNoSuchPanel()
    {
        var page = Open("8999811100000000051");

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=table]")));
        Assert.Empty(page.FindAll(".offline"));
    }

    [Fact]
    public void Page_WhatCanNotBeRead_IsSaidBesideTheRest()
    {
        const string SimId = "8999811100000000465";
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{SimId}/events/", Status = 403 });
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups/", Status = 503 });

        var page = Open(SimId);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".offline .unread").Count));
        Assert.StartsWith("The SIM is suspended", page.Find(".offline h3").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<SimPage> Open(string simId) => circuit.Render<SimPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Sim(PortalScene.Aoba, "jp", simId)}")
        .Add(page => page.Slug, PortalScene.Aoba)
        .Add(page => page.SimId, simId));
}
