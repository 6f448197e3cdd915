using Bunit;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Shared;

public sealed class FilterMenuTests : IDisposable
{
    private static readonly FilterOption[] Few = [new("active", "Active"), new("ready", "Ready"), new("testing", "Testing")];

    private static readonly FilterOption[] Many = [.. Enumerable.Range(1, 13).Select(number => new FilterOption($"g-{number}", $"グループ {number}"))];

    private readonly ComponentScene circuit = new();
    private readonly List<string> told = [];

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void Options_AreTickedAsChosen()
    {
        var menu = Open(Few, "ready");

        Assert.Equal(["Active", "Ready", "Testing"], Labels(menu));
        Assert.Equal([false, true, false], menu.FindAll("input[type=checkbox]").Select(box => box.HasAttribute("checked")));
    }

    [Fact]
    public void Tick_TellsTheValue()
    {
        var menu = Open(Few);

        menu.Act(it => it.FindAll("input[type=checkbox]")[2].Change(value: true));

        Assert.Equal(["testing"], told);
    }

    [Theory]
    [InlineData("Status")]
    [InlineData("Status Ready", "ready")]
    [InlineData("Status 2", "ready", "active")]
    [InlineData("Status transferring", "transferring")]
    public void Summary_SaysWhatIsChosen(string summary, params string[] chosen)
    {
        var menu = Open(Few, chosen);

        Assert.Equal(summary, string.Join(' ', menu.Find("summary").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(chosen.Length > 0, menu.Find("details").ClassList.Contains("on"));
    }

    [Fact]
    public void Search_IsOfferedForManyOptionsAlone_AndTakesFullWidthForHalf()
    {
        Assert.Empty(Open(Few).FindAll("input[type=search]"));
        var menu = Open(Many);

        menu.Act(it => it.Find("input[type=search]").Input("１３"));

        Assert.Equal(["グループ 13"], Labels(menu));
    }

    [Fact]
    public void NoOptions_SaysSo() => Assert.Equal("Nothing to choose from", Open([]).Find("p").TextContent);

    private static IEnumerable<string> Labels(IRenderedComponent<FilterMenu> menu) => menu.FindAll("label span").Select(label => label.TextContent);

    private IRenderedComponent<FilterMenu> Open(IReadOnlyList<FilterOption> options, params string[] chosen) => circuit.Render<FilterMenu>(parameters => parameters
        .Add(menu => menu.Label, "Status")
        .Add(menu => menu.Options, options)
        .Add(menu => menu.Chosen, FilterValues.Of(chosen))
        .Add(menu => menu.OnToggle, told.Add));
}
