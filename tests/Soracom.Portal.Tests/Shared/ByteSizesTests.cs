using System.Globalization;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Shared;

public sealed class ByteSizesTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1, "1 B")]
    [InlineData(1023, "1,023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1234567, "1.18 MiB")]
    [InlineData(12_345_678, "11.8 MiB")]
    [InlineData(123_456_789, "118 MiB")]
    // Not 1,024 KiB.
    [InlineData((1024 * 1024) - 1, "1 MiB")]
    [InlineData(1099511627776, "1 TiB")]
    public void Text_AnAmount_HasThreeFiguresInABinaryUnit(double bytes, string text)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal(text, ByteSizes.Text(bytes));
    }

    [Fact]
    public void Text_MoreThanThereAreUnitsFor_IsInTheLastOne() => Assert.EndsWith(" EiB", ByteSizes.Text(1e30), StringComparison.Ordinal);
}
