using Soracom.Api;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Shared.Cameras;

/// <summary>Periods in addresses.</summary>
public sealed class PeriodAddressTests
{
    private static readonly Period Chosen = new(new(2026, 11, 22, 1, 2, 3, TimeSpan.Zero), new(2026, 11, 22, 1, 5, 0, TimeSpan.Zero));

    [Fact]
    public void NewExport_OfAPeriod_HoldsItInUtc_AndIsReadAsTheSame()
    {
        var address = PortalUrls.NewExport("aoba", SoracomCoverage.Japan, "02CA00000001", Chosen with { From = Chosen.From.ToOffset(TimeSpan.FromHours(9)) });

        Assert.Equal("/t/aoba/exports/new?coverage=jp&camera=02CA00000001&from=2026-11-22T01%3A02%3A03Z&to=2026-11-22T01%3A05%3A00Z", address);
        Assert.Equal(Chosen, new QueryReader(address).Period());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?from=2026-11-22T01:02:03Z")]
    [InlineData("?from=2026-11-22T01:02:03Z&to=2026-11-22T01:02:03Z")]
    [InlineData("?from=2026-11-22T01:02:03Z&to=2026-11-22T01:02:02Z")]
    [InlineData("?from=2026-11-22&to=2026-11-23")]
    [InlineData("?from=9999-99-99T01:02:03Z&to=2026-11-22T01:02:03Z")]
    public void Read_WhatIsNoPeriod_IsNone(string address) => Assert.Null(new QueryReader(address).Period());
}
