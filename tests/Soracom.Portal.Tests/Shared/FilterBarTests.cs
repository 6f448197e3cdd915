using Bunit;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Shared;

public sealed class FilterBarTests : IDisposable
{
    private readonly ComponentScene circuit = new();

    public void Dispose() => circuit.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clear_KeepsItsPlaceButIsOnlySeenWhenThereIsAFilter(bool filtered) =>
        Assert.Equal(filtered, !Open(filtered, () => { }).Find("button").ClassList.Contains("idle"));

    [Fact]
    public void Clear_TellsThatAllAreGivenUp()
    {
        var cleared = 0;
        Open(filtered: true, () => cleared++).Find("button").Click();
        Assert.Equal(1, cleared);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-04-01")]
    public void Day_ShowsWhatIsChosenAndTellsWhatIsPicked(string? day)
    {
        var told = new List<string>();
        var field = circuit.Render<DayField>(parameters => parameters.Add(one => one.Label, "From").Add(one => one.Value, day).Add(one => one.OnPick, told.Add));

        Assert.Equal(day, field.Find("label input[type=date]").GetAttribute("value"));
        field.Act(it => it.Find("input").Change("2026-04-02"));
        field.Act(it => it.Find("input").Change(string.Empty));

        Assert.Equal(["2026-04-02", ""], told);
    }

    private IRenderedComponent<FilterBar> Open(bool filtered, Action clear) => circuit.Render<FilterBar>(parameters => parameters
        .Add(bar => bar.Filtered, filtered)
        .Add(bar => bar.OnClear, clear)
        .AddChildContent("filters"));
}
