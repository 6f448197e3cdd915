using Soracom.Portal.Shared.Charts;

namespace Soracom.Portal.Tests.Shared.Charts;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, 1000, 1, new[] { 0.0 })]
    [InlineData(7, 1000, 8, new[] { 0.0, 2, 4, 6, 8 })]
    [InlineData(10, 1000, 10, new[] { 0.0, 2.5, 5, 7.5, 10 })]
    [InlineData(999, 1000, 1000, new[] { 0.0, 250, 500, 750, 1000 })]
    [InlineData(18 * 1048576.0, 1024, 20 * 1048576.0, new[] { 0, 5 * 1048576.0, 10 * 1048576.0, 15 * 1048576.0, 20 * 1048576.0 })]
    // A quarter of 1 KiB is 0.25 KiB.
    [InlineData(1024, 1024, 1024, new[] { 0.0, 256, 512, 768, 1024 })]
    [InlineData(double.NaN, 1000, 1, new[] { 0.0 })]
    public void Of_ALargestValue_EndsRoundAboveItInFewEqualSteps(double largest, int unitStep, double top, double[] marks)
    {
        var scale = ChartScale.Of(largest, unitStep);

        Assert.Equal(top, scale.Top, 6);
        Assert.Equal(marks, scale.Marks);
    }

    [Fact]
    public void Of_AnyValue_HoldsItAndHasFewMarks()
    {
        for (var largest = 1e-3; largest < 1e15; largest *= 1.37)
        {
            foreach (var unitStep in new[] { 1000, 1024 })
            {
                var scale = ChartScale.Of(largest, unitStep);
                Assert.InRange(largest, scale.Top * 0.5, scale.Top * (1 + 1e-9));
                Assert.InRange(scale.Marks.Count, 2, 6);
            }
        }
    }
}
