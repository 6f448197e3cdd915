using System.Globalization;
using System.Text.Json;
using Bunit;
using Soracom.Portal.Shared.Charts;

namespace Soracom.Portal.Tests.Shared.Charts;

public sealed class ColumnChartTests : IDisposable
{
    private readonly ComponentScene circuit = new();

    public void Dispose() => circuit.Dispose();

    [Fact]
    public void Chart_TellsEachColumnWithItsSeriesAndTheirSum()
    {
        var chart = Open(["in", "out"], [new("one", [1, 2], "1st"), new("two", [3, 4])]);

        Assert.Equal(
            ["one\nin: 1 m\nout: 2 m\nall: 3 m", "two\nin: 3 m\nout: 4 m\nall: 7 m"],
            JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)!);
        Assert.Equal(["in", "out"], chart.FindAll(".legend li").Select(series => series.TextContent.Trim()));
        Assert.Equal(["1st"], chart.FindAll(".marks > span").Select(mark => mark.TextContent));
    }

    [Fact]
    public void ValuesThatAreNotKnown_AreAGap_OnTopOfNothing()
    {
        var chart = circuit.Render<ColumnChart>(parameters => parameters
            .Add(it => it.Label, "How much")
            .Add(it => it.Series, ["in", "out"])
            .Add(it => it.Columns, [new("one", [1, 2]), new("two", [double.NaN, 2])])
            .Add(it => it.Format, value => double.IsNaN(value) ? "unknown" : $"{value} m")
            .Add(it => it.Missing, "no figure"));

        Assert.Equal(["in", "out", "no figure"], chart.FindAll(".legend li").Select(entry => entry.TextContent.Trim()));
        Assert.StartsWith("M1.12 100v-100", chart.Find("path.gap").GetAttribute("d"), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", chart.Markup, StringComparison.Ordinal);
        Assert.Contains("in: unknown", chart.Find("[data-chart]").GetAttribute("data-chart"), StringComparison.Ordinal);
    }

    [Fact]
    public void Column_ThatSaysNothingOfASeries_IsToldWithoutIt()
    {
        var chart = Open(["is", "expected"], [new("closed", [4]), new("open", [1, 2])]);

        Assert.Equal(
            ["closed\nis: 4 m\nall: 4 m", "open\nis: 1 m\nexpected: 2 m\nall: 3 m"],
            JsonSerializer.Deserialize<string[]>(chart.Find("[data-chart]").GetAttribute("data-chart")!)!);
    }

    [Fact]
    public void Slider_CanBeReachedByKeysAndSaysTheLastColumn()
    {
        var slider = Open(["in", "out"], [new("one", [1, 2]), new("two", [3, 4])]).Find("input[type=range]");

        Assert.Equal(("0", "1", "1"), (slider.GetAttribute("min"), slider.GetAttribute("max"), slider.GetAttribute("value")));
        Assert.Equal("How much", slider.GetAttribute("aria-label"));
        Assert.Equal("two, in: 3 m, out: 4 m, all: 7 m", slider.GetAttribute("aria-valuetext"));
    }

    [Fact]
    public void Columns_StandOnTopOfEachOtherWithinTheScale()
    {
        var chart = Open(["in", "out"], [new("one", [1, 3]), new("none", [0, 0]), new("three", [2, 0])]);

        // Up to 4: a quarter and three quarters above it, nothing, and a half.
        Assert.Equal(
            ["M0.12 100v-25h0.76v25zM2.12 100v-50h0.76v50z", "M0.12 75v-75h0.76v75z"],
            chart.FindAll("path").Select(path => path.GetAttribute("d")));
        Assert.Equal(["0 m", "1 m", "2 m", "3 m", "4 m"], chart.FindAll(".scale > span").Select(mark => mark.TextContent));
    }

    [Fact]
    public void Columns_WithNothingInAnyOfThem_DrawNothingAndDoNotFail() =>
        Assert.Equal([""], Open(["in"], [new("one", [0])]).FindAll("path").Select(path => path.GetAttribute("d")));

    private IRenderedComponent<ColumnChart> Open(string[] series, ChartColumn[] columns) => circuit.Render<ColumnChart>(parameters => parameters
        .Add(chart => chart.Label, "How much")
        .Add(chart => chart.Series, series)
        .Add(chart => chart.Columns, columns)
        .Add(chart => chart.Format, value => value.ToString(CultureInfo.InvariantCulture) + " m")
        .Add(chart => chart.Total, "all"));
}
