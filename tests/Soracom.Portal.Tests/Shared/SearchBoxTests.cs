using Bunit;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Shared;

public sealed class SearchBoxTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(350);

    private readonly ComponentScene circuit = new();
    private readonly List<string> told = [];

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void Type_ThenPause_SearchesOnceForTheWhole()
    {
        var box = Open("");

        Type(box, "4");
        circuit.Clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Type(box, "42");
        circuit.Clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Type(box, "424 ");
        Assert.Empty(told);
        circuit.Clock.Advance(Pause);

        box.WaitForAssertion(() => Assert.Equal(["424"], told));
        Assert.Equal("424 ", Shown(box));
    }

    [Fact]
    public void Enter_SearchesAtOnceAndNotAgainAfterThePause()
    {
        var box = Open("");
        Type(box, "4242");

        box.Act(it => it.Find("form").Submit());
        circuit.Clock.Advance(Pause * 2);

        Assert.Equal(["4242"], told);
    }

    [Fact]
    public void Render_BeforeTheAddressChanged_KeepsWhatWasTyped()
    {
        var box = Open("");
        Type(box, "42");
        box.Act(it => it.Find("form").Submit());
        Type(box, "424");

        box.Render(parameters => parameters.Add(search => search.Value, ""));

        Assert.Equal("424", Shown(box));
    }

    [Fact]
    public void Render_WithTheSearchBeforeTheLast_KeepsWhatWasTypedSince()
    {
        var box = Open("");
        foreach (var text in (string[])["42", "424"])
        {
            Type(box, text);
            box.Act(it => it.Find("form").Submit());
        }

        Type(box, "4242");
        box.Render(parameters => parameters.Add(search => search.Value, "42"));
        Assert.Equal("4242", Shown(box));
        box.Render(parameters => parameters.Add(search => search.Value, "424"));
        Assert.Equal("4242", Shown(box));
    }

    [Fact]
    public void Render_WithASearchFromElsewhere_ShowsIt()
    {
        var box = Open("");
        Type(box, "42");
        box.Act(it => it.Find("form").Submit());
        box.Render(parameters => parameters.Add(search => search.Value, "42"));

        box.Render(parameters => parameters.Add(search => search.Value, ""));
        Assert.Equal("", Shown(box));
        box.Render(parameters => parameters.Add(search => search.Value, "42"));
        Assert.Equal("42", Shown(box));
    }

    [Fact]
    public async Task Leave_WhileWaiting_SearchesNoMore()
    {
        var box = Open("");
        Type(box, "4242");
        await circuit.Clock.TimersAsync(1, Watchdog.Token);

        await circuit.DisposeComponentsAsync();
        circuit.Clock.Advance(Pause);
        await circuit.Renderer.Dispatcher.InvokeAsync(() => { });

        Assert.Empty(told);
    }

    private static string? Shown(IRenderedComponent<SearchBox> box) => box.Find("input").GetAttribute("value");

    // Not awaited: the handler ends with the pause.
    private static void Type(IRenderedComponent<SearchBox> box, string text) => box.Act(it => _ = it.Find("input").InputAsync(text));

    private IRenderedComponent<SearchBox> Open(string value) => circuit.Render<SearchBox>(parameters => parameters
        .Add(search => search.Value, value)
        .Add(search => search.Placeholder, "Search")
        .Add(search => search.ValueChanged, told.Add));
}
