using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Shared;

public sealed class VirtualWindowTests
{
    private const double Row = 36;

    public static TheoryData<int, double> Lists => new()
    {
        { 0, 600 }, { 1, 600 }, { 10, 600 }, { 50, 600 }, { 1_000, 600 }, { 222_222, 600 }, { 222_223, 777 }, { 1_000_000, 600 }, { 1_000_000, 2_000 }, { 20_000_000, 600 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Window_WhereverItIsScrolled_ShowsRowsThroughout(int total, double view)
    {
        var space = new VirtualWindow(total, Row, view, 0).SpaceHeight;
        for (var step = 0; step <= 1_000; step++)
        {
            var window = new VirtualWindow(total, Row, view, Math.Max(0, space - view) * step / 1_000);
            Assert.InRange(window.First, 0, Math.Max(0, total - 1));
            Assert.InRange(window.Count, 0, total - window.First);

            // What is drawn covers the view, as far as there are rows.
            Assert.True(window.Offset <= window.ScrollTop + 0.5, $"{window} begins below the view.");
            Assert.True(window.Offset + (window.Count * Row) >= Math.Min(window.ScrollTop + view, space) - 0.5, $"{window} ends above the view's end.");
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Window_AtItsEnds_ShowsTheFirstAndTheLastRow(int total, double view)
    {
        var top = new VirtualWindow(total, Row, view, 0);
        Assert.Equal((0, 0), (top.First, top.Offset));

        var end = top with { ScrollTop = top.SpaceHeight };
        Assert.Equal(total, end.First + end.Count);
        Assert.Equal(end.SpaceHeight, end.Offset + (end.Count * Row), 0.5);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void ScrollTopOf_ARow_ShowsItAtTheTop(int total)
    {
        var window = new VirtualWindow(total, Row, 600, 0);
        foreach (var row in new[] { 0, 1, 17, total / 3, total / 2 })
        {
            var there = window with { ScrollTop = window.ScrollTopOf(row) };
            var place = there.Offset + ((row - there.First) * Row) - there.ScrollTop;
            Assert.InRange(place, -0.5, 0.5);
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 42)]
    [InlineData(1e300, 1e300, 1e-300)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    [InlineData(-1e300, -1, 1.0001)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0, 1e9, 2)]
    public void Moved_ToWhereNoBrowserIs_DrawsNoMoreThanTheHighestWindowHolds(double scrollTop, double viewHeight, double rowHeight)
    {
        var window = new VirtualWindow(1_000_000, Row, 600, 0).Moved(scrollTop, viewHeight, rowHeight);

        Assert.InRange(window.First, 0, 999_999);
        Assert.InRange(window.Count, 1, (int)(VirtualWindow.HighestView / VirtualWindow.LowestRow) + 2 + (2 * VirtualWindow.Beyond));
        Assert.InRange(window.First + window.Count, 1, 1_000_000);
        Assert.True(double.IsFinite(window.Offset));
    }

    [Fact]
    public void Moved_AsABrowserSays_IsWhereItSays() =>
        Assert.Equal(new VirtualWindow(1_000, 38, 700, 4_200), new VirtualWindow(1_000, Row, 600, 0).Moved(4_200, 700, 38));
}
