using Bunit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Pages;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>What the switch says it did is what it did.</summary>
public sealed class KillSwitchCardTests : IAsyncLifetime
{
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData(false, "2 closed. Doors that were opened outside the portal stay open.")]
    [InlineData(true, "2 closed; none is left that the portal knows of.")]
    public async Task Done_SaysWhatStaysOpen(bool elsewhere, string said)
    {
        var card = await PressAsync(new KillReport(2, [], elsewhere), elsewhere);

        Assert.Equal(said, card.Find(".done").TextContent.Trim());
    }

    [Fact]
    public async Task Done_NamesTheTenantsWhereNothingWasClosed()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var card = await PressAsync(new KillReport(0, [], Elsewhere: true) { NotPermitted = [tenant.Tenant] }, elsewhere: true);

        Assert.Contains($"as you may not close doors there: {tenant.Tenant.Name}", card.Markup, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<KillSwitchCard>> PressAsync(KillReport report, bool elsewhere)
    {
        var asked = !elsewhere;
        var card = circuit.Render<KillSwitchCard>(parameters => parameters.Add(one => one.Word, "aoba").Add(one => one.OnPressed, others =>
        {
            asked = others;
            return Task.FromResult(report);
        }));
        await card.InvokeAsync(() => card.Find("input[type=checkbox]").Change(elsewhere));
        await card.InvokeAsync(() => card.Find("#kill-word").Input("aoba"));
        await card.InvokeAsync(() => card.Find("button").ClickAsync(new()));
        Assert.Equal(elsewhere, asked);
        return card;
    }
}
