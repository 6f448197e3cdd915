using Bunit;
using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Shared;

/// <summary>Each state has a look of its own.</summary>
public sealed class DataPanelTests : IDisposable
{
    private readonly ComponentScene circuit = new();

    private int retries;

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void Loading_SaysThatItIsBusy()
    {
        var panel = Open(new Loadable<string>.Loading());

        var status = panel.Find("[role=status][aria-busy=true]");
        Assert.Equal(("Loading…", "loading"), (status.GetAttribute("aria-label"), status.TextContent));
    }

    [Fact]
    public void Ready_ShowsTheValue() => Assert.Equal("ready: 42", Open(new Loadable<string>.Ready("42", circuit.Clock.GetUtcNow())).Markup);

    [Theory]
    [InlineData(false, "empty")]
    [InlineData(true, "filtered")]
    public void Empty_TellsNothingThereFromNothingThatPasses(bool filtered, string shown) =>
        Assert.Equal(shown, Open(new Loadable<string>.Empty(filtered, circuit.Clock.GetUtcNow())).Markup);

    [Fact]
    public void Failed_SaysWhatHappenedAndWhatHelps_AndAsksAgain()
    {
        var panel = Open(new Loadable<string>.Failed(new VendorError(VendorErrorKind.Unavailable, SoracomCoverage.Japan) { Code = "SEM0001", RequestId = "r-1" }));

        Assert.Equal("Soracom does not answer", panel.Find("[role=alert] h2").TextContent);
        Assert.Contains("SEM0001", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("r-1", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("remedy for Vendor", panel.Find("em").TextContent);
        panel.Act(it => it.Find("button").Click());
        Assert.Equal(1, retries);
    }

    [Fact]
    public void Failed_ByWhatWasPutIn_DoesNotOfferToAskTheSameAgain()
    {
        var panel = Open(new Loadable<string>.Failed(new InputError("CredentialIncomplete")));

        Assert.NotEmpty(panel.FindAll("h2"));
        Assert.Empty(panel.FindAll("button"));
    }

    private static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private IRenderedComponent<DataPanel<string>> Open(Loadable<string> state) => circuit.Render<DataPanel<string>>(parameters => parameters
        .Add(panel => panel.State, state)
        .Add(panel => panel.Loading, Text("loading"))
        .Add(panel => panel.Ready, value => Text($"ready: {value}"))
        .Add(panel => panel.Empty, Text("empty"))
        .Add(panel => panel.Filtered, Text("filtered"))
        .Add(panel => panel.Remedy, error => builder => builder.AddMarkupContent(0, $"<em>remedy for {error.Key}</em>"))
        .Add(panel => panel.OnRetry, () => retries++));
}
