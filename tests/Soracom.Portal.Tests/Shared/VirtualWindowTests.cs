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
}
