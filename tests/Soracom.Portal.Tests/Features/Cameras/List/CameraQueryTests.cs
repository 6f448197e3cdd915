using Soracom.Api;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Cameras.List;

/// <summary>The address of the list of cameras, and what it finds.</summary>
public sealed class CameraQueryTests
{
    [Fact]
    public void Address_OfEveryPart_ReadsBackAsItWas()
    {
        var query = new CameraQuery
        {
            Coverage = SoracomCoverage.Japan,
            Text = "横浜 02CA",
            Connections = FilterValues.Of([CameraQuery.Offline]),
            Powers = FilterValues.Of(["sleep"]),
            Licences = FilterValues.Of(["none", "motion"]),
            FirmwareWaiting = true,
            SortBy = CameraColumn.Quota,
            Descending = true,
            Cards = true,
        };

        Assert.Equal(query, CameraQuery.Parse($"/t/aoba/cameras{query.ToQueryString()}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?coverage=mars&sort=price&order=up&firmware=yes&view=wall")]
    public void Address_OfNonsense_IsTheWholeList(string query) => Assert.Equal(CameraQuery.All, CameraQuery.Parse($"/t/aoba/cameras{query}"));

    [Fact]
    public void All_NeedsNoQueryString() => Assert.Equal("", CameraQuery.All.ToQueryString());

    [Fact]
    public void Cleared_KeepsCoverageOrderAndForm() =>
        Assert.Equal(
            "?coverage=jp&sort=quota&view=cards",
            CameraQuery.Parse("?coverage=jp&q=a&licence=none&sort=quota&view=cards").Cleared.ToQueryString());
}
